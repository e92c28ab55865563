package org.sparkberry.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
    /**
     * Hours of sleep gained under two drugs: Student, "The probable error of a mean", Biometrika 6 (1908); the dataset
     * {@code sleep} of R.
     */
    private static final Sample DRUG_1 = Sample.of(List.of(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0));

    private static final Sample DRUG_2 = Sample.of(List.of(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4));

    @Test
    void theDifferenceHasWelchsInterval() {
        // R 4: t.test(extra ~ group, data = sleep) prints: df = 17.776, 95 percent confidence interval: -3.3654832
        // 0.2054832, means 0.75 and 2.33.
        Interval difference = DRUG_1.minus(DRUG_2);
        assertThat(difference.value()).isCloseTo(-1.58, within(1e-12));
        assertThat(difference.low()).isCloseTo(-3.3654832, within(2e-5));
        assertThat(difference.high()).isCloseTo(0.2054832, within(2e-5));
    }

    @Test
    void theMeanHasStudentsInterval() {
        // By hand: mean 0, s = 1, standard error 1/√3 = 0.577350, t(0.975; 2) = 4.302653 (any table of t): ± 2.484138.
        Interval mean = Sample.of(List.of(-1.0, 0.0, 1.0)).interval();
        assertThat(mean.value()).isZero();
        assertThat(mean.low()).isCloseTo(-2.484138, within(1e-6));
        assertThat(mean.high()).isCloseTo(2.484138, within(1e-6));
    }

    @Test
    void aConstantScalesMeanAndInterval() {
        Interval mean = Sample.of(List.of(1.0, 2.0, 3.0)).times(10).interval();
        assertThat(mean.value()).isEqualTo(20);
        assertThat(mean.high()).isCloseTo(20 + 24.84138, within(1e-5));
    }

    @Test
    void aSingleInvocationHasNoInterval() {
        Sample single = Sample.of(List.of(5.0));
        assertThat(single.interval()).isEqualTo(new Interval(5, Double.NaN, Double.NaN));
        assertThat(single.minus(DRUG_1).isKnown()).isFalse();
    }

    @Test
    void withoutScatterTheIntervalIsAPoint() {
        assertThat(Sample.of(List.of(4.0, 4.0)).minus(Sample.of(List.of(3.0, 3.0, 3.0))))
                .isEqualTo(new Interval(1, 1, 1));
    }
}
