package org.sparkberry.model.waves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DecimationTest {
    /** A tone below 1.69 kHz stays as it is, one above 2.01 kHz goes, to 2·10⁻⁴, 74 dB. */
    @ParameterizedTest
    @CsvSource({"0, 1", "30, 1", "350, 1", "1690, 1", "2010, 0", "2500, 0", "4096, 0", "6000, 0"})
    void aToneStaysOrGoes(double hertz, double gain) {
        double rate = Decimation.FACTOR * Strain.HERTZ;
        double[] samples = new double[4000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Math.cos(2 * Math.PI * hertz * (i - 2000) / rate + 0.3);
        }
        Decimation decimation = new Decimation();

        for (int at = 1900; at < 2100; at++) {
            assertThat(decimation.at(samples, at)).isCloseTo(gain * samples[at], within(2e-4));
        }
    }
}
