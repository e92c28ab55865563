package org.sparkberry.model.waves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MatchedFilterTest {
    private static final Masses MASSES = new Masses(20, 15);

    /** The filter's output is the SNR plus noise of variance 1: beyond 4 once in 16,000, and the seed is fixed. */
    @Test
    void aSignalInNoiseHasTheStrengthAndTimeItWasGiven() {
        double[] first = MadeUpStrain.noise(32, 1);
        double[] second = MadeUpStrain.noise(32, 2);
        MadeUpStrain.inject(first, MASSES, 20, 60_000, 1);
        MadeUpStrain.inject(second, MASSES, 12, 60_020, 2.5);
        StrainData data = MadeUpStrain.data(first, second);

        FollowUp found = FollowUp.of(new Search(data, List.of(MASSES), 4), MASSES, 60_000);

        assertThat(found.peaks().get(0).snr()).isCloseTo(20, within(4.0));
        assertThat(found.peaks().get(1).snr()).isCloseTo(12, within(4.0));
        // Its times are known to 1/(2πρσ_f), 0.1 ms: both within 5 of them.
        double error = found.delayError();
        assertThat(error).isLessThan(0.3);
        assertThat(found.delayMilliseconds()).isCloseTo(-1000.0 * 20 / Strain.HERTZ, within(5 * error));
        assertThat(found.peaks().get(0).sample()).isCloseTo(60_000, within(3));
        // The phases that the signals were given, up to that of the template.
        assertThat(angle(found.peaks().get(1)) - angle(found.peaks().get(0))).isCloseTo(1.5, within(0.6));
    }

    private static double angle(FollowUp.Peak peak) {
        return Math.atan2(peak.imaginary(), peak.real());
    }

    /**
     * In Gaussian noise the SNR of a template has Rayleigh's distribution: its square is above x with probability
     * e^(−x/2). Over 24 s the filter makes some 5000 independent values; the shares of 0.135 and 0.011 then have standard
     * deviations of 0.005 and 0.0015, and the limits are 5 of them.
     */
    @Test
    void inNoiseTheRatioHasRayleighsDistribution() {
        StrainData data = MadeUpStrain.data(MadeUpStrain.noise(32, 3), MadeUpStrain.noise(32, 4));
        StrainData.Segment segment = data.take(0);
        int size = new Waveform(MASSES).write(segment.band, segment.template);
        FilterOutput output = FilterOutput.of(segment, 0, size);
        int above2 = 0;
        int above3 = 0;
        int from = data.segments().from(0);
        int to = data.segments().to(0);
        for (int i = from; i < to; i++) {
            above2 += output.snr(i) > 2 ? 1 : 0;
            above3 += output.snr(i) > 3 ? 1 : 0;
        }
        assertThat(above2 / (double) (to - from)).isCloseTo(Math.exp(-2), within(0.025));
        assertThat(above3 / (double) (to - from)).isCloseTo(Math.exp(-4.5), within(0.0075));
    }
}
