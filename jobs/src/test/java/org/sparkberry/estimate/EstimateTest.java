package org.sparkberry.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EstimateTest {
    private static final Estimate QUARTER = new Estimate("share", 0.75, 0.25, 0.25, 1, 0.125, null);

    @Test
    void timesAFactorTakesTheErrorBarWithIt() {
        // By hand, in quarters: 4 times 0.75 ± 0.25.
        assertThat(QUARTER.times(4)).isEqualTo(new Estimate("share", 3, 1, 1, 4, 0.5, null));
        assertThat(QUARTER.withReference(0.5).times(4)).isEqualTo(new Estimate("share", 3, 1, 1, 4, 0.5, 2.0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAFactorThatWouldTurnTheIntervalRound(double factor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QUARTER.times(factor))
                .withMessageContaining(Double.toString(factor));
    }

    @Test
    void aReferenceIsKeptBesideTheEstimate() {
        assertThat(QUARTER.withReference(0.5)).isEqualTo(new Estimate("share", 0.75, 0.25, 0.25, 1, 0.125, 0.5));
    }

    @Test
    void zIsTheDistanceFromTheReferenceInStandardErrors() {
        // (0.75 − 0.5)/0.25 and (0.75 − 1.25)/0.25.
        assertThat(QUARTER.withReference(0.5).z()).hasValue(1);
        assertThat(QUARTER.withReference(1.25).z()).hasValue(-2);
    }

    @Test
    void withoutAReferenceOrAnErrorThereIsNoZ() {
        assertThat(QUARTER.z()).isEmpty();
        assertThat(new Estimate("x", 1, 0, 1, 1, 0, 1.0).z()).isEmpty();
        assertThat(new Estimate("x", 1, Double.NaN, 1, 1, 0, 1.0).z()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pi", "value-at-risk.99", "X", "9"})
    void aNameIsOfLettersDigitsDotsAndHyphens(String name) {
        assertThat(named(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "-x", ".x", "a/b", "a,b", "a\nb", "π", "a_b"})
    void refusesNamesThatFilesAndTablesCannotHold(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> named(name)).withMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.NEGATIVE_INFINITY})
    void refusesAResolutionBelowZero(double resolution) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Estimate("x", 1, 1, 0, 2, resolution, null))
                .withMessageContaining(Double.toString(resolution));
    }

    private static Estimate named(String name) {
        return new Estimate(name, 1, 1, 0, 2, 0, null);
    }
}
