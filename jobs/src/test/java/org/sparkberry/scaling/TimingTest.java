package org.sparkberry.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;

class TimingTest {
    /**
     * Hours of sleep gained under two drugs: Student, "The probable error of a mean", Biometrika 6 (1908); the dataset
     * {@code sleep} of R. All values with 10 added, so that they could be seconds: variances do not change by that.
     */
    private static final List<Double> DRUG_1 = List.of(10.7, 8.4, 9.8, 8.8, 9.9, 13.4, 13.7, 10.8, 10.0, 12.0);

    private static final List<Double> DRUG_2 = List.of(11.9, 10.8, 11.1, 10.1, 9.9, 14.4, 15.5, 11.6, 14.6, 13.4);

    @Test
    void theIntervalIsStudentsOnTheLogarithm() {
        // By hand: mean 10, s = 1, standard error 1/√3 = 0.57735, t(0.975; 2) = 4.30265 (any table of t),
        // exp(4.30265 · 0.057735) = exp(0.248414) = 1.281990; 10/1.281990 = 7.80037.
        Interval interval = Timing.of(List.of(9.0, 10.0, 11.0)).interval();
        assertThat(interval.value()).isEqualTo(10);
        assertThat(interval.high()).isCloseTo(12.81990, within(1e-4));
        assertThat(interval.low()).isCloseTo(7.80037, within(1e-4));
    }

    @Test
    void ratiosHaveWelchsInterval() {
        // R 4: t.test(extra ~ group, data = sleep) prints: t = -1.8608, df = 17.776, p-value = 0.07939, 95 percent
        // confidence interval: -3.3654832 0.2054832. Half of it, 1.7854832, is t(0.975; 17.776) times the standard
        // error of the difference.
        Timing first = new Timing(1, standardError(DRUG_1), 10);
        Timing second = new Timing(1, standardError(DRUG_2), 10);
        Interval ratio = second.speedupOver(first);
        assertThat(ratio.value()).isEqualTo(1);
        assertThat(Math.log(ratio.high())).isCloseTo(1.7854832, within(2e-5));
        assertThat(Math.log(ratio.low())).isCloseTo(-1.7854832, within(2e-5));
        assertThat(Math.log(first.speedupOver(second).high())).isCloseTo(1.7854832, within(2e-5));
    }

    @Test
    void samplesOfDifferentSizeHaveWelchsDegreesOfFreedom() {
        // Welch 1947, by Commons Statistics' t: (a + b)²/(a²/(n−1) + b²/(m−1)) with a = 0.02², b = 0.01², n = 3, m = 5:
        // 2.5e-7/(8e-8 + 0.25e-8) = 3.0303.
        double t = TDistribution.of(3.030303030303030).inverseCumulativeProbability(0.975);
        Interval ratio = new Timing(4, 0.02, 3).speedupOver(new Timing(8, 0.01, 5));
        assertThat(ratio.value()).isEqualTo(2);
        // Between whole degrees of freedom t is interpolated: right to three digits here.
        assertThat(Math.log(ratio.high() / 2)).isCloseTo(t * Math.sqrt(5e-4), within(1e-4));
    }

    @Test
    void theIntervalOfARatioReadsTheSameBothWays() {
        Timing slow = Timing.of(List.of(8.1, 7.7, 8.3));
        Timing fast = Timing.of(List.of(4.2, 4.0, 4.1, 4.4));
        Interval there = fast.speedupOver(slow);
        Interval back = slow.speedupOver(fast);
        assertThat(back.value()).isCloseTo(1 / there.value(), within(1e-12));
        assertThat(back.low()).isCloseTo(1 / there.high(), within(1e-12));
        assertThat(back.high()).isCloseTo(1 / there.low(), within(1e-12));
    }

    @Test
    void aSingleInvocationHasNoInterval() {
        Timing single = Timing.of(List.of(5.0));
        assertThat(single.interval()).isEqualTo(new Interval(5, Double.NaN, Double.NaN));
        Timing three = Timing.of(List.of(9.0, 10.0, 11.0));
        assertThat(single.speedupOver(three)).isEqualTo(new Interval(2, Double.NaN, Double.NaN));
        assertThat(three.speedupOver(single)).isEqualTo(new Interval(0.5, Double.NaN, Double.NaN));
        assertThat(single.speedupOver(single)).isEqualTo(new Interval(1, Double.NaN, Double.NaN));
    }

    @Test
    void withoutScatterTheIntervalIsAPoint() {
        Timing steady = Timing.of(List.of(4.0, 4.0, 4.0));
        assertThat(steady.interval()).isEqualTo(new Interval(4, 4, 4));
        assertThat(steady.speedupOver(Timing.of(List.of(8.0, 8.0)))).isEqualTo(new Interval(2, 2, 2));
    }

    @Test
    void beingSteadyOnOneSideLeavesTheOtherSidesFreedom() {
        // Welch's degrees of freedom are then n − 1 of the side that scatters: t(0.975; 2) = 4.302653.
        Interval ratio = new Timing(4, 0, 7).speedupOver(new Timing(8, 0.01, 3));
        assertThat(Math.log(ratio.high() / 2)).isCloseTo(0.04302653, within(1e-8));
    }

    /** Of the mean, from the textbook formula s/√n with s² = Σ(x − x̄)²/(n − 1). */
    private static double standardError(List<Double> values) {
        double[] x = values.stream().mapToDouble(Double::doubleValue).toArray();
        double mean = Arrays.stream(x).sum() / x.length;
        double squares = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (x.length - 1) / x.length);
    }
}
