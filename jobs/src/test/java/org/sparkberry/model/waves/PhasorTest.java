package org.sparkberry.model.waves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class PhasorTest {
    @Test
    void cosineAndSineAreThoseOfStrictMath() {
        Random random = new Random(1);
        double[] pair = new double[2];
        double worst = 0;
        for (int i = 0; i < 200_000; i++) {
            double x = (i % 2 == 0 ? 1e6 : 10) * (2 * random.nextDouble() - 1);
            Phasor.put(1, x, pair, 0);
            worst = Math.max(worst, Math.abs(pair[0] - StrictMath.cos(x)));
            worst = Math.max(worst, Math.abs(pair[1] - StrictMath.sin(x)));
        }
        assertThat(worst).isLessThan(1e-15);
    }

    @Test
    void theAmplitudeScalesBothInEveryQuadrant() {
        double[] pair = new double[4];
        for (int quadrant = -8; quadrant < 8; quadrant++) {
            double x = (quadrant + 0.3) * Math.PI / 2;
            Phasor.put(2.5, x, pair, 2);
            assertThat(pair[2]).isEqualTo(2.5 * StrictMath.cos(x), within(1e-14));
            assertThat(pair[3]).isEqualTo(2.5 * StrictMath.sin(x), within(1e-14));
        }
    }
}
