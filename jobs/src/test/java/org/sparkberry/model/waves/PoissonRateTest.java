package org.sparkberry.model.waves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PoissonRateTest {
    /** Half of the quantiles of χ² with 2(n + 1) degrees of freedom, from its tables. */
    @ParameterizedTest
    @CsvSource({"0, 0.0253, 3.6889", "5, 2.2019, 11.6683", "9, 4.7954, 17.0848"})
    void quantilesAreThoseOfTheGammaDistribution(long count, double low, double high) {
        PoissonRate rate = new PoissonRate(count, 1);

        assertThat(rate.quantile(0.025)).isCloseTo(low, within(1e-4));
        assertThat(rate.quantile(0.975)).isCloseTo(high, within(1e-4));
    }

    /** With many counts, a Gamma distribution is nearly normal: n + 1 ± 1.96·√(n + 1), skewed by (1.96² − 1)/3. */
    @ParameterizedTest
    @CsvSource({"999", "50000"})
    void manyCountsHaveNearlyNormalIntervals(long count) {
        PoissonRate rate = new PoissonRate(count, 2);
        double half = 1.959964 * Math.sqrt(count + 1.0);

        assertThat(2 * rate.quantile(0.025)).isCloseTo(count + 1 - half + 0.947, within(0.1));
        assertThat(2 * rate.quantile(0.975)).isCloseTo(count + 1 + half + 0.947, within(0.1));
        assertThat(2 * rate.mean()).isCloseTo(count + 1.0, within(1e-6));
    }
}
