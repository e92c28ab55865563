package org.sparkberry.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudentTTest {
    /** Abramowitz and Stegun 1964, table 26.10, column A = 0.95. */
    @ParameterizedTest
    @CsvSource({"1, 12.706", "2, 4.303", "5, 2.571", "10, 2.228", "20, 2.086", "30, 2.042", "40, 2.021", "120, 1.980"})
    void agreesWithThePrintedTable(double degrees, double quantile) {
        assertThat(StudentT.quantile975(degrees)).isEqualTo(quantile, within(0.0005));
    }

    @Test
    void agreesWithCommonsStatisticsAtWholeDegrees() {
        for (int degrees = 1; degrees <= 200; degrees++) {
            assertThat(StudentT.quantile975(degrees))
                    .as("%d degrees", degrees)
                    .isEqualTo(commons(degrees), within(degrees <= 30 ? 1e-8 : error(degrees)));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {30.01, 30.5, 31.25, 47.11, 99.9, 123.456, 1e3, 12345.6, 1e6, 1e12})
    void agreesWithCommonsStatisticsAtAnyDegreesFromThirtyOn(double degrees) {
        assertThat(StudentT.quantile975(degrees)).isEqualTo(commons(degrees), within(error(degrees)));
    }

    /** Each line: degrees above which, up to the next whole number, the relative error is at most this. */
    @ParameterizedTest
    @CsvSource({"1, 0.19", "2, 0.02", "3, 0.004", "4, 0.0013", "5, 0.0013", "9, 0.0013", "17, 0.0013", "29, 0.0013"})
    void betweenWholeDegreesItErrsToTheWideSide(int below, double error) {
        for (int hundredth = 1; hundredth < 100; hundredth++) {
            double degrees = below + hundredth / 100.0;
            assertThat(StudentT.quantile975(degrees) / commons(degrees) - 1)
                    .as("%s degrees", degrees)
                    .isBetween(0.0, error);
        }
    }

    @Test
    void withEndlessDegreesItIsTheNormalQuantile() {
        // Abramowitz and Stegun 1964, table 26.5, with more digits: Wichura 1988, algorithm AS 241.
        assertThat(StudentT.quantile975(Double.POSITIVE_INFINITY)).isEqualTo(1.959963984540054);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.999, -1, Double.NaN})
    void refusesLessThanOneDegree(double degrees) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StudentT.quantile975(degrees))
                .withMessageContaining(Double.toString(degrees));
    }

    /** The expansion stops before the term of degrees⁻⁵, whose factor is near 0.75; Commons' own solver stops at 10⁻¹⁰. */
    private static double error(double degrees) {
        return Math.pow(degrees, -5) + 1e-10;
    }

    private static double commons(double degrees) {
        return TDistribution.of(degrees).inverseSurvivalProbability(0.025);
    }
}
