package org.sparkberry.model.waves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class NoiseSpectrumTest {
    /**
     * White noise has the same density everywhere. The mean over 65,000 frequencies of 15 windows has a relative standard
     * deviation of about 0.004 (frequencies next to each other are correlated), and the limit is 5 of them.
     */
    @Test
    void whiteNoiseHasTwiceItsVarianceOverTheSamplingRate() {
        double[] density = NoiseSpectrum.of(MadeUpStrain.noise(32, 11));
        double sum = 0;
        for (int k = 100; k < density.length - 100; k++) {
            sum += density[k] / MadeUpStrain.DENSITY;
        }
        assertThat(sum / (density.length - 200)).isCloseTo(1, within(0.02));
    }

    /** Parseval: what a sine of amplitude A has in all frequencies together is its mean square, A²/2. */
    @Test
    void aLineHasItsPower() {
        double[] samples = new double[32 * Strain.HERTZ];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = 3 * Math.sin(2 * Math.PI * 60 * i / Strain.HERTZ);
        }
        double[] density = NoiseSpectrum.of(samples);
        double power = 0;
        for (double value : density) {
            power += value / 32;
        }
        assertThat(power).isCloseTo(4.5, within(0.001));
        assertThat(density[60 * 32]).isGreaterThan(1e6 * density[50 * 32]);
    }
}
