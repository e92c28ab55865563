package org.sparkberry.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Result;

class PrecisionTest {
    private static final Result RESULT =
            new Result(1000, List.of(estimate("price", -4, 0.1), estimate("delta", 0.5, Double.NaN)), List.of());

    @Test
    void anAbsoluteErrorIsComparedAsItIs() {
        Precision precision = new Precision(0.1, false, Optional.empty());
        assertThat(precision.isReached(estimate("price", -4, 0.1))).isTrue();
        assertThat(precision.isReached(estimate("price", -4, 0.1000001))).isFalse();
    }

    @Test
    void aRelativeErrorIsAShareOfTheValuesSize() {
        Precision precision = new Precision(0.025, true, Optional.empty());
        assertThat(precision.isReached(estimate("price", -4, 0.1))).isTrue();
        assertThat(precision.isReached(estimate("price", -3.9, 0.1))).isFalse();
        assertThat(precision.isReached(estimate("price", 0, 1e-9))).isFalse();
    }

    @Test
    void anUnknownErrorIsNotSmallEnough() {
        Precision precision = new Precision(1, false, Optional.of("delta"));
        assertThat(precision.isReached(precision.estimate(RESULT).orElseThrow()))
                .isFalse();
    }

    @Test
    void theTargetIsTheNamedEstimateOrTheFirst() {
        assertThat(new Precision(1, false, Optional.empty())
                        .estimate(RESULT)
                        .orElseThrow()
                        .name())
                .isEqualTo("price");
        assertThat(new Precision(1, false, Optional.of("delta"))
                        .estimate(RESULT)
                        .orElseThrow()
                        .name())
                .isEqualTo("delta");
        assertThat(new Precision(1, false, Optional.of("vega")).estimate(RESULT))
                .isEmpty();
    }

    @Test
    void theTrialsNeededGrowWithTheSquareOfTheError() {
        // Half the error: four times the trials, and two per cent more.
        Precision precision = new Precision(0.05, false, Optional.empty());
        assertThat(precision.factor(estimate("price", -4, 0.1))).isEqualTo(4 * 1.02);
        assertThat(precision.nextBlocks(estimate("price", -4, 0.1), 100)).isEqualTo(408);
    }

    @Test
    void aRoundIsAtMostEightTimesTheLastAndAtLeastABlockMore() {
        Precision precision = new Precision(1e-6, false, Optional.empty());
        assertThat(precision.nextBlocks(estimate("price", -4, 0.1), 100)).isEqualTo(800);
        assertThat(precision.nextBlocks(estimate("price", -4, Double.NaN), 100)).isEqualTo(800);
        assertThat(precision.nextBlocks(estimate("price", -4, 1e-6), 10)).isEqualTo(11);
        assertThat(precision.nextBlocks(estimate("price", -4, 0.99e-6), 1)).isEqualTo(2);
    }

    private static Estimate estimate(String name, double value, double standardError) {
        return new Estimate(name, value, standardError, Double.NaN, Double.NaN, 0, null);
    }
}
