package org.sparkberry.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Vectors give the bits of {@link Gaussian} and {@link PortableMath}, whose own tests say that these are right. */
final class GaussianSimdTest {
    @Test
    void numbersAreThoseOfTheLanesStreams() {
        Streams streams = new Streams(4, "centred");
        long[] states = streams.states(2, 8);
        double[] numbers = new double[8 * 100];
        GaussianSimd.centred(states, 99, numbers);
        GaussianSimd.centred(states, 1, numbers);
        for (int lane = 0; lane < 8; lane++) {
            RandomStream random = streams.stream(2, lane);
            for (int step = 0; step < 99; step++) {
                random.nextLong();
            }
            assertThat(numbers[lane]).isEqualTo(Gaussian.centred(random.nextLong()));
        }
    }

    @Test
    void quantilesAreTheSameInTheCentreAndInTheTails() {
        // Where the centre ends: w = 6.25, x = √(1 − e^−6.25).
        double edge = 0.9990343;
        double[] ends = {0x1p-52, 0.5, 0.999, edge, 0.9999999, 1 - 0x1p-40, 1 - 0x1p-52};
        double[] centred = new double[8 * 5000];
        Random random = new Random(1);
        for (int i = 0; i < centred.length; i++) {
            double x = i < 8 * ends.length
                    ? ends[i / 8] * (i % 2 == 0 ? 1 : -1)
                    : i % 2 == 0 ? edge + 1e-6 * random.nextGaussian() : 2 * random.nextDouble() - 1;
            centred[i] = x;
        }
        double[] normals = new double[centred.length];
        GaussianSimd.quantiles(centred, centred.length, normals);
        for (int i = 0; i < centred.length; i++) {
            assertThat(normals[i]).isEqualTo(Gaussian.quantile(centred[i]));
        }
    }

    @Test
    void exponentialsAreTheSame() {
        double[] x = new Random(2).doubles(8000, -350, 350).toArray();
        x[0] = 0;
        x[1] = -0.0;
        x[2] = 354;
        x[3] = -354;
        double[] results = new double[x.length];
        PortableMathSimd.exp(2, x, x.length, results);
        for (int i = 0; i < x.length; i++) {
            assertThat(results[i]).isEqualTo(PortableMath.exp(2 * x[i]));
        }
    }
}
