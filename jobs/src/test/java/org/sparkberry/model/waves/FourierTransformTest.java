package org.sparkberry.model.waves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FourierTransformTest {
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16, 32, 128, 1024})
    void theTransformIsTheSumOfItsDefinition(int size) {
        Random random = new Random(size);
        double[] numbers = new double[2 * size];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextGaussian();
        }

        double[] result = new FourierTransform(size).inverse(numbers.clone(), new double[2 * size]);

        for (int n = 0; n < size; n++) {
            double re = 0;
            double im = 0;
            for (int k = 0; k < size; k++) {
                double angle = 2 * Math.PI * ((long) k * n % size) / size;
                re += numbers[2 * k] * Math.cos(angle) - numbers[2 * k + 1] * Math.sin(angle);
                im += numbers[2 * k] * Math.sin(angle) + numbers[2 * k + 1] * Math.cos(angle);
            }
            assertThat(result[2 * n]).isCloseTo(re, within(1e-11));
            assertThat(result[2 * n + 1]).isCloseTo(im, within(1e-11));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 4096})
    void aCosineIsOnePairOfLines(int size) {
        double[] real = new double[size];
        for (int i = 0; i < size; i++) {
            real[i] = Math.cos(2 * Math.PI * 3 * i / size + 0.5);
        }

        double[] result = new FourierTransform(size).forward(real);

        // cos(3ωt + φ) = ½e^(iφ)e^(i3ωt) + …
        assertThat(result[6]).isCloseTo(0.5 * size * Math.cos(0.5), within(1e-9));
        assertThat(result[7]).isCloseTo(0.5 * size * Math.sin(0.5), within(1e-9));
        assertThat(result[2 * (size - 3) + 1]).isCloseTo(-0.5 * size * Math.sin(0.5), within(1e-9));
        assertThat(result[2]).isCloseTo(0, within(1e-9));
    }
}
