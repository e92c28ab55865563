package org.sparkberry.model.waves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DetectorsTest {
    /** Light travel times as published: 10 ms (arXiv:1602.03837), 26 and 27 ms to Virgo (arXiv:1709.09660). */
    @ParameterizedTest
    @CsvSource({"H1, L1, 10.0", "L1, H1, 10.0", "L1, V1, 26.4", "H1, V1, 27.3"})
    void lightTakesSoLong(String one, String other, double milliseconds) {
        assertThat(1000 * Detectors.lightSeconds(one, other)).isCloseTo(milliseconds, within(0.1));
    }
}
