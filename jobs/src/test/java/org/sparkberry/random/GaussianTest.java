package org.sparkberry.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaussianTest {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    @ParameterizedTest
    @CsvSource({
        // Wichura 1988 (AS 241), the values to check an implementation against.
        "0.25, -0.6744897501960817",
        "0.001, -3.090232306167814",
    })
    void theQuantileHasThePublishedValues(double p, double expected) {
        double x = 2 * p - 1;
        assertThat(Gaussian.quantile(x)).isCloseTo(expected, within(Math.ulp(expected) * 64));
    }

    @Test
    void theQuantileIsRightTo15Digits() {
        // Against Commons Statistics. In the tails p is as exact as x: 1 + x loses nothing.
        double worst = 0;
        for (int i = 1; i < 20_000; i++) {
            double x = -1 + i * 1e-4;
            worst = Math.max(
                    worst, Math.abs(Gaussian.quantile(x) - reference(x)) / Math.max(1e-3, Math.abs(reference(x))));
        }
        for (double tail = 0.5; tail >= 0x1p-52; tail *= 0.93) {
            double x = -1 + tail;
            worst = Math.max(worst, Math.abs(Gaussian.quantile(x) / reference(x) - 1));
        }
        assertThat(worst).isLessThan(2e-15);
    }

    @Test
    void theEndsAreFiniteAndTheMiddleIsOdd() {
        double least = Gaussian.centred(0);
        double most = Gaussian.centred(-1);

        assertThat(least).isEqualTo(-1 + 0x1p-52);
        assertThat(most).isEqualTo(1 - 0x1p-52);
        // Φ(−8.2095…) = 2⁻⁵³, from R: qnorm(2^-53).
        assertThat(Gaussian.quantile(least)).isCloseTo(-8.209536151601387, within(1e-13));
        assertThat(Gaussian.quantile(most)).isEqualTo(-Gaussian.quantile(least));
        assertThat(Gaussian.centred(Long.MIN_VALUE)).isEqualTo(0x1p-52);
        assertThat(Gaussian.quantile(0x1p-52))
                .isEqualTo(-Gaussian.quantile(-0x1p-52))
                .isPositive();
    }

    @Test
    void theQuantileRises() {
        double before = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < 1 << 20; i++) {
            double z = Gaussian.quantile(Gaussian.centred((long) i << 44));
            assertThat(z).isGreaterThan(before);
            before = z;
        }
        // Where one polynomial follows the other: w = 6.25 and w = 16.
        for (double seam : new double[] {Math.sqrt(1 - StrictMath.exp(-6.25)), Math.sqrt(1 - StrictMath.exp(-16))}) {
            before = Double.NEGATIVE_INFINITY;
            for (int i = -2000; i <= 2000; i++) {
                double z = Gaussian.quantile(seam + i * 0x1p-50);
                assertThat(z).isGreaterThanOrEqualTo(before);
                before = z;
            }
        }
    }

    @Test
    void drawsHaveTheMomentsOfTheNormalDistribution() {
        RandomStream random = new Streams(5, "gaussian").stream(0);
        int n = 1_000_000;
        double[] sums = new double[5];
        for (int i = 0; i < n; i++) {
            double z = Gaussian.quantile(Gaussian.centred(random.nextLong()));
            double power = 1;
            for (int k = 1; k <= 4; k++) {
                power *= z;
                sums[k] += power / n;
            }
        }
        // Means 0, 1, 0, 3, of variances 1, 2, 15, 96 over n; false alarm 6·10^-5 (4 standard deviations) each.
        assertThat(sums[1]).isCloseTo(0, within(4 * Math.sqrt(1.0 / n)));
        assertThat(sums[2]).isCloseTo(1, within(4 * Math.sqrt(2.0 / n)));
        assertThat(sums[3]).isCloseTo(0, within(4 * Math.sqrt(15.0 / n)));
        assertThat(sums[4]).isCloseTo(3, within(4 * Math.sqrt(96.0 / n)));
    }

    @Test
    void theDistributionFunctionIsRightTo12Digits() {
        for (int i = -370; i <= 370; i++) {
            double z = i * 0.1;
            double expected = NORMAL.cumulativeProbability(z);

            assertThat(Gaussian.cumulative(z)).isCloseTo(expected, within(expected * (4e-16 * z * z + 1e-15)));
        }
        assertThat(Gaussian.cumulative(0)).isCloseTo(0.5, within(1e-16));
        assertThat(Gaussian.cumulative(60)).isEqualTo(1);
        assertThat(Gaussian.cumulative(-60)).isBetween(0.0, 1e-300);
        assertThat(Gaussian.density(0)).isCloseTo(NORMAL.density(0), within(1e-16));
        assertThat(Gaussian.density(2.5)).isCloseTo(NORMAL.density(2.5), within(1e-17));
    }

    private static double reference(double x) {
        return x < 0
                ? NORMAL.inverseCumulativeProbability(0.5 * (1 + x))
                : -NORMAL.inverseCumulativeProbability(0.5 * (1 - x));
    }
}
