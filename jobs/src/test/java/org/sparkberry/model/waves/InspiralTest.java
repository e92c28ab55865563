package org.sparkberry.model.waves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The templates against another waveform: the post-Newtonian inspiral, which is exact for small frequencies. */
final class InspiralTest {
    private static final StrainData DATA = MadeUpStrain.data(MadeUpStrain.noise(32, 31), MadeUpStrain.noise(32, 32));

    /** What makes light binaries known by their chirp mass: no bias above its systematic error, 1 %. */
    @ParameterizedTest
    @CsvSource({"15, 8", "12, 7", "10, 10"})
    void lightBinariesAreFoundAtTheirChirpMass(double first, double second) {
        Masses masses = new Masses(first, second);
        StrainData.Segment segment = DATA.take(0);
        double best = 0;
        double bias = 0;
        for (int step = -20; step <= 20; step++) {
            double shift = 0.002 * step;
            double match = match(segment, masses, Masses.of(masses.chirp() * (1 + shift), masses.symmetricRatio()));
            if (match > best) {
                best = match;
                bias = shift;
            }
        }
        DATA.keep(segment);
        assertThat(bias).isCloseTo(0, within(0.01));
        // The inspiral ends where the templates go on to the merger: some of the SNR is theirs alone.
        assertThat(best).isGreaterThan(0.88);
    }

    private static double match(StrainData.Segment segment, Masses signal, Masses template) {
        int size = new Waveform(template).write(segment.band, segment.template);
        Arrays.fill(segment.numbers, 0);
        int last = segment.band.below(TaylorF2.lastHertz(signal));
        double[] pair = new double[2];
        double signalPower = 0;
        double templatePower = 0;
        double[] density = segment.detectors.get(0).density();
        for (int i = 0; i < size; i++) {
            int k = segment.band.first() + i;
            double re = segment.template[2 * i];
            double im = segment.template[2 * i + 1];
            templatePower += (re * re + im * im) / density[k];
            if (i < last) {
                double amplitude = segment.band.inspiral[i];
                Phasor.put(amplitude, TaylorF2.phase(signal, segment.band.hertz[i]), pair, 0);
                signalPower += amplitude * amplitude / density[k];
                segment.numbers[2 * k] = (pair[0] * re + pair[1] * im) / density[k];
                segment.numbers[2 * k + 1] = (pair[1] * re - pair[0] * im) / density[k];
            }
        }
        double[] times = segment.transform.inverse(segment.numbers, segment.space);
        double highest = 0;
        for (int i = 0; i < segment.transform.size(); i++) {
            highest = Math.max(highest, Math.hypot(times[2 * i], times[2 * i + 1]));
        }
        return highest / Math.sqrt(signalPower * templatePower);
    }
}
