package org.sparkberry.model.waves;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MassGridTest {
    private static final Mismatch MISMATCH =
            Mismatch.of(MadeUpStrain.data(MadeUpStrain.noise(8, 41), MadeUpStrain.noise(8, 42)));

    /** Also for mass ratios of 12 and 20, beyond what the waveform was made for, and where both are the same. */
    @ParameterizedTest
    @CsvSource({"30, 25", "30, 30", "60, 5", "100, 5"})
    void theGridIsAroundItsMiddle(double first, double second) {
        Masses middle = new Masses(first, second);
        List<Masses> grid = new MassGrid(MISMATCH, middle).within(0.15, 9, 15);

        assertThat(grid).hasSizeBetween(40, 400).anySatisfy(masses -> assertThat(
                        Math.abs(masses.chirp() / middle.chirp() - 1) + Math.abs(masses.total() / middle.total() - 1))
                .isLessThan(1e-6));
        assertThat(grid).anyMatch(masses -> masses.chirp() < 0.999 * middle.chirp());
        assertThat(grid).anyMatch(masses -> masses.chirp() > 1.001 * middle.chirp());
        for (Masses masses : grid) {
            assertThat(MISMATCH.between(MISMATCH.shape(middle), MISMATCH.shape(masses)))
                    .isLessThan(0.4);
        }
    }
}
