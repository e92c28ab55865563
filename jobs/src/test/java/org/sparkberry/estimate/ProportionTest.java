package org.sparkberry.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {
    /** Newcombe 1998, Statistics in Medicine 17, 857–872, table I, method 3; 28/29 and 20/20 are 1/29 and 0/20 turned round. */
    @ParameterizedTest
    @CsvSource({
        "81, 263, 0.2553, 0.3662",
        "15, 148, 0.0624, 0.1605",
        "0, 20, 0, 0.1611",
        "1, 29, 0.0061, 0.1718",
        "28, 29, 0.8282, 0.9939",
        "20, 20, 0.8389, 1"
    })
    void theIntervalIsTheOnePublished(long successes, long trials, double low, double high) {
        Estimate estimate = proportion(successes, trials).estimate("share");

        assertThat(estimate.low()).isEqualTo(low, within(0.00005));
        assertThat(estimate.high()).isEqualTo(high, within(0.00005));
    }

    @Test
    void theShareHasItsBinomialStandardError() {
        // A fair coin: ½ ± ½/√n.
        Estimate estimate = proportion(50, 100).estimate("heads");

        assertThat(estimate.name()).isEqualTo("heads");
        assertThat(estimate.value()).isEqualTo(0.5);
        assertThat(estimate.standardError()).isEqualTo(0.05);
        assertThat(estimate.resolution()).isZero();
        assertThat(estimate.reference()).isNull();
    }

    @Test
    void withoutAnySuccessTheIntervalStillHasWidth() {
        for (long n = 1; n <= 5000; n++) {
            // Wilson's equation at p̂ = 0: the ends are 0 and z²/(n + z²), with z² = 3.841458820694124.
            double high = 3.841458820694124 / (n + 3.841458820694124);

            Estimate none = proportion(0, n).estimate("none");
            assertThat(none.low()).isEqualTo(0.0);
            assertThat(none.high()).isEqualTo(high, within(1e-14));
            Estimate all = proportion(n, n).estimate("all");
            assertThat(all.low()).isEqualTo(1 - high, within(1e-14));
            assertThat(all.high()).isEqualTo(1.0);
        }
    }

    @Test
    void theIntervalCoversTheTrueShareAsOftenAsItShould() {
        int runs = 20_000;
        int trials = 200;
        double share = 0.3;
        // The coverage of Wilson's interval at this share and n, from its definition: the probability of those counts
        // whose distance from n·p is at most z standard deviations of Binomial(n, p).
        BinomialDistribution distribution = BinomialDistribution.of(trials, share);
        double coverage = 0;
        for (int k = 0; k <= trials; k++) {
            if (Math.abs(k - trials * share) <= 1.959963984540054 * Math.sqrt(distribution.getVariance())) {
                coverage += distribution.probability(k);
            }
        }
        int covered = 0;
        SplittableRandom random = new SplittableRandom(7);
        for (int run = 0; run < runs; run++) {
            long successes = random.doubles(trials).filter(u -> u < share).count();
            Estimate estimate = proportion(successes, trials).estimate("share");
            covered += estimate.low() <= share && share <= estimate.high() ? 1 : 0;
        }

        // False alarm: 6·10^-7 (5 standard deviations of the number of intervals that cover).
        assertThat((double) covered / runs)
                .isEqualTo(coverage, within(5 * Math.sqrt(coverage * (1 - coverage) / runs)));
    }

    @Test
    void mergingAddsTheCounts() {
        Proportion left = proportion(3, 10);
        Proportion right = proportion(4, 5);
        left.merge(right);

        assertThat(left.successes()).isEqualTo(7);
        assertThat(left.trials()).isEqualTo(15);
        assertThat(right.successes()).isEqualTo(4);
        assertThat(right.trials()).isEqualTo(5);
    }

    @Test
    void refusesImpossibleCounts() {
        assertThatIllegalArgumentException().isThrownBy(() -> proportion(-1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> proportion(4, 3)).withMessage("4 successes in 3 trials");
        assertThatIllegalArgumentException().isThrownBy(() -> proportion(0, -1));
    }

    @Test
    void saysSoWhenThereWasNoTrial() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Proportion().estimate("share"))
                .withMessageContaining("share");
    }

    private static Proportion proportion(long successes, long trials) {
        Proportion proportion = new Proportion();
        proportion.add(successes, trials);
        return proportion;
    }
}
