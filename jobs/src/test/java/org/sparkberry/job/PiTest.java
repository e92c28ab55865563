package org.sparkberry.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkberry.dataflow.SingleThread;
import org.sparkberry.dataflow.Tables;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Result;

final class PiTest {
    private static final Pi PI = new Pi();

    @Test
    void itIsPiAndSaysHowFarOff() {
        Result result = run(Map.of("trials", "4M", "seed", "3"));

        assertThat(result.trials()).isEqualTo(4_000_000);
        Estimate pi = result.estimates().get(0);
        assertThat(pi.name()).isEqualTo("pi");
        assertThat(pi.reference()).isEqualTo(Math.PI);
        // The binomial's √(π(4 − π)/n); 5 of them are missed once in 1.7 million seeds, and seed 3 is fixed.
        double error = Math.sqrt(Math.PI * (4 - Math.PI) / 4e6);
        assertThat(pi.standardError()).isCloseTo(error, within(1e-6));
        assertThat(pi.value()).isCloseTo(Math.PI, within(5 * error));
    }

    @Test
    void trialsAreExactBesideFullBlocks() {
        for (String trials : List.of("1", "1048575", "1048576", "1048577")) {
            assertThat(run(Map.of("trials", trials)).trials()).isEqualTo(Long.parseLong(trials));
        }
    }

    @Test
    void theSeedDecidesTheBits() {
        assertThat(run(Map.of("trials", "1k")).digest())
                .isEqualTo(run(Map.of("trials", "1000", "seed", "1")).digest())
                .isNotEqualTo(run(Map.of("trials", "1k", "seed", "2")).digest());
    }

    @Test
    void aBillionDartsAreTheDefault() {
        assertThat(new Parameters(Jobs.options(PI), Map.of()).get(PI.size())).isEqualTo(1_000_000_000L);
    }

    private static Result run(Map<String, String> texts) {
        Tables none = new Tables(
                () -> {
                    throw new AssertionError("π needs no Spark");
                },
                Path.of(""));
        return PI.prepare(new Parameters(Jobs.options(PI), texts), none).run(new SingleThread());
    }
}
