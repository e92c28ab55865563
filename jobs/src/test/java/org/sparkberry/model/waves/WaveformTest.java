package org.sparkberry.model.waves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WaveformTest {
    /** Equations 4.13 to 4.18 of arXiv:0710.2335, evaluated with 40 digits by Python's mpmath. */
    @ParameterizedTest
    @CsvSource({
        "36, 29,  20, 8.4115728212306611,   26.969696161789999",
        "36, 29, 100, 1.2865071494030845,   86.368534068213144",
        "36, 29, 150, 0.88130673032882087,  95.743866805214267",
        "36, 29, 300, 0.20585823386328448, 117.0497614269703",
        "36, 29, 500, 0,                   138.17853707096641",
        "15,  8,  20, 27.137443040046777, -247.93607418951362",
        "15,  8, 100, 4.1505334649687138,   99.277393009406953",
        "15,  8, 150, 2.5862119709037855,  111.63446661213605",
        "15,  8, 300, 1.1520264648586915,  127.2123705248568",
        "15,  8, 500, 0.77129805646936887, 140.98472347436572",
    })
    void amplitudeAndPhaseAreThoseOfTheFormulas(
            double first, double second, double hertz, double amplitude, double phase) {
        Waveform waveform = new Waveform(new Masses(first, second));
        FrequencyBand band = new FrequencyBand(new double[] {hertz});

        assertThat(waveform.amplitude(band, 0)).isCloseTo(amplitude, within(1e-12));
        assertThat(waveform.phase(band, 0)).isCloseTo(phase, within(1e-11));
    }

    @Test
    void whatIsWrittenHasThisAmplitudeAndPhase() {
        Waveform waveform = new Waveform(new Masses(36, 29));
        FrequencyBand band = new FrequencyBand(0.5, 40, 1000);
        double[] written = new double[2 * band.size()];

        int size = waveform.write(band, written);

        // f_cut is 319.12 Hz, and the band begins at 20 Hz.
        assertThat(size).isEqualTo(2 * 319 + 1 - 40);
        for (int i = 0; i < size; i++) {
            double amplitude = waveform.amplitude(band, i);
            assertThat(written[2 * i]).isCloseTo(amplitude * Math.cos(waveform.phase(band, i)), within(1e-13));
            assertThat(written[2 * i + 1]).isCloseTo(amplitude * Math.sin(waveform.phase(band, i)), within(1e-13));
        }
    }

    /** By hand: 30 + 30 M☉ have 60·(1/4)^0.6. */
    @Test
    void chirpMassIsThatOfItsDefinition() {
        assertThat(new Masses(30, 30).chirp()).isCloseTo(26.116516898, within(1e-8));
        // (1.4·1.4)^0.6/2.8^0.2, the canonical binary neutron star.
        assertThat(new Masses(1.4, 1.4).chirp()).isCloseTo(1.2187707886, within(1e-9));
        Masses back = Masses.of(new Masses(15, 8).chirp(), new Masses(15, 8).symmetricRatio());
        assertThat(back.first()).isCloseTo(15, within(1e-12));
        assertThat(back.second()).isCloseTo(8, within(1e-12));
    }
}
