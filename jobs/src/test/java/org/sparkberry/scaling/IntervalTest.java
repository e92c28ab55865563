package org.sparkberry.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IntervalTest {
    @Test
    void aFallingFunctionSwapsTheEnds() {
        assertThat(new Interval(2, 1, 4).map(x -> 1 / x)).isEqualTo(new Interval(0.5, 0.25, 1));
        assertThat(new Interval(2, 1, 4).map(x -> x + 1)).isEqualTo(new Interval(3, 2, 5));
    }

    @Test
    void aConstantScalesTheNumberAndBothEnds() {
        assertThat(new Interval(2, 1, 4).times(0.5)).isEqualTo(new Interval(1, 0.5, 2));
    }

    @Test
    void whatIsNotKnownStaysNotKnown() {
        Interval vague = new Interval(2, Double.NaN, Double.NaN);
        assertThat(vague.isKnown()).isFalse();
        assertThat(vague.map(x -> 1 / x)).isEqualTo(new Interval(0.5, Double.NaN, Double.NaN));
        assertThat(vague.times(2)).isEqualTo(new Interval(4, Double.NaN, Double.NaN));
        assertThat(Interval.UNKNOWN.isKnown()).isFalse();
        assertThat(new Interval(1, 1, 1).isKnown()).isTrue();
    }
}
