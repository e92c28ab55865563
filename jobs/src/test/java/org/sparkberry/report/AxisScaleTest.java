package org.sparkberry.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected labels are what a person would write by hand. */
class AxisScaleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | 0      | 10    | 0 2 4 6 8 10             | ''",
                "false | -0.15  | 0.1   | −0.15 −0.10 −0.05 0.00 0.05 0.10 | ''",
                "false | -2e-6  | 2e-6  | −2 −1 0 1 2              | ×10⁻⁶",
                "false | 1e6    | 3e6   | 1.0 1.5 2.0 2.5 3.0      | ×10⁶",
                "false | 28     | 32    | 28 29 30 31 32           | ''",
                "true  | 1      | 1000  | 1 10 100 1000            | ''",
                "true  | 1e-24  | 1e-21 | 10⁻²⁴ 10⁻²³ 10⁻²² 10⁻²¹  | ''",
                "true  | 1e3    | 1e6   | 10³ 10⁴ 10⁵ 10⁶          | ''",
                "true  | 1e-12  | 1     | 10⁻¹² 10⁻¹⁰ 10⁻⁸ 10⁻⁶ 10⁻⁴ 10⁻² 10⁰ | ''",
                "true  | 20     | 1600  | 20 50 100 200 500 1000   | ''",
                "true  | 1      | 5     | 1 2 5                    | ''",
                "true  | 7      | 24    | 10 15 20                 | ''",
            })
    void ticksAreRoundNumbersShortlyWritten(
            boolean isLogarithmic, double low, double high, String labels, String factor) {
        AxisScale scale = AxisScale.of(isLogarithmic, low, high, 5);

        assertThat(String.join(
                        " ", scale.ticks().stream().map(AxisScale.Tick::label).toList()))
                .isEqualTo(labels);
        assertThat(scale.factor()).isEqualTo(factor);
    }

    @Test
    void sharesGoFromTheLowEndToTheHighOne() {
        assertThat(AxisScale.of(false, 2, 6, 5).share(3)).isEqualTo(0.25);
        assertThat(AxisScale.of(true, 1, 10_000, 5).share(10)).isCloseTo(0.25, within(1e-12));
    }
}
