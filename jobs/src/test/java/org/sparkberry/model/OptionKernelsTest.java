package org.sparkberry.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkberry.random.Streams;

/** Vectors give the bits of path by path, for every number of trials, short last rounds too. */
final class OptionKernelsTest {
    private static final Market MARKET = new Market(100, 0.05, 0.2);

    @ParameterizedTest
    @CsvSource({
        "RANDOM, CALL, 90, 1", "RANDOM, PUT, 110, 7", "RANDOM, PUT, 100, 8", "RANDOM, CALL, 100, 20001",
        "ANTITHETIC, CALL, 90, 1", "ANTITHETIC, PUT, 110, 9", "ANTITHETIC, CALL, 100, 264",
                "ANTITHETIC, PUT, 100, 20003"
    })
    void aEuropeanOptionHasTheSameSums(Sampling sampling, Right right, double strike, long trials) {
        EuropeanOption option = new EuropeanOption(MARKET, new Contract(right, strike, 1.5));
        OptionSampling model = new OptionSampling(option, sampling);
        Block block = new Block(new Streams(3, "options"), 5, 5 * trials, trials);

        assertThat(model.random(block, option.lanes(new EuropeanOptionSimd(), sampling == Sampling.ANTITHETIC)))
                .isDeepEqualTo(model.random(block));
    }

    @ParameterizedTest
    @CsvSource({
        "RANDOM, CALL, 90, 1, 1",
        "RANDOM, PUT, 110, 12, 7",
        "RANDOM, CALL, 100, 12, 2001",
        "RANDOM, PUT, 100, 250, 41",
        "ANTITHETIC, CALL, 90, 1, 1",
        "ANTITHETIC, PUT, 110, 7, 1003",
        "ANTITHETIC, PUT, 100, 50, 512"
    })
    void anAsianOptionHasTheSameSums(Sampling sampling, Right right, double strike, int dates, long trials) {
        AsianOption option = new AsianOption(MARKET, new Contract(right, strike, 1.5), dates, sampling);
        OptionSampling model = new OptionSampling(option, sampling);
        Block block = new Block(new Streams(3, "options"), 5, 5 * trials, trials);

        assertThat(model.random(block, option.lanes(new AsianOptionSimd(), sampling == Sampling.ANTITHETIC)))
                .isDeepEqualTo(model.random(block));
    }
}
