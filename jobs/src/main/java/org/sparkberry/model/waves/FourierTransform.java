package org.sparkberry.model.waves;

/**
 * The discrete Fourier transform of 2ⁿ complex numbers, by Stockham's method in steps of radix 4, after which the numbers
 * are in order (Van Loan, "Computational Frameworks for the Fast Fourier Transform", 1992, section 1.7). Its factors come
 * from {@code StrictMath} and its sums have one order, so it gives the same bits on every machine; libraries that take
 * {@code Math.sin}, as JTransforms does, need not. Complex numbers are pairs of neighbours: real part, imaginary part.
 */
final class FourierTransform {
    private final int size;
    /** e^(2πik/size) for k from 0. */
    private final double[] roots;

    /** @param size a power of two, at least 4 */
    FourierTransform(int size) {
        if (size < 4 || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("not a power of two from 4 on: " + size);
        }
        this.size = size;
        this.roots = new double[2 * size];
        for (int k = 0; k < size; k++) {
            double angle = 2 * Math.PI * k / size;
            roots[2 * k] = StrictMath.cos(angle);
            roots[2 * k + 1] = StrictMath.sin(angle);
        }
    }

    int size() {
        return size;
    }

    /** Σ xₖ e^(−2πikn/size) of real numbers, which are not changed; all frequencies, the negative ones last. */
    double[] forward(double[] real) {
        double[] numbers = new double[2 * size];
        for (int i = 0; i < size; i++) {
            numbers[2 * i] = real[i];
        }
        double[] result = inverse(numbers, new double[2 * size]);
        // The transform with the other sign of a real sequence is the conjugate.
        for (int i = 1; i < result.length; i += 2) {
            result[i] = -result[i];
        }
        return result;
    }

    /**
     * Σ xₖ e^(+2πikn/size), not divided by anything.
     *
     * @param numbers 2·size numbers, which are overwritten
     * @param space as many, which are overwritten
     * @return one of the two, with the result
     */
    double[] inverse(double[] numbers, double[] space) {
        double[] from = numbers;
        double[] to = space;
        int length = size;
        int stride = 1;
        for (; length >= 4; length /= 4) {
            for (int p = 0; p < length / 4; p++) {
                butterflies(from, to, 2 * stride, p, length / 4, size / length);
            }
            double[] other = from;
            from = to;
            to = other;
            stride *= 4;
        }
        if (length == 2) {
            for (int i = 0; i < size; i++) {
                double a = from[i];
                double b = from[i + size];
                to[i] = a + b;
                to[i + size] = a - b;
            }
            return to;
        }
        return from;
    }

    /** One row of butterflies, which share their factors. */
    private void butterflies(double[] x, double[] y, int width, int p, int quarter, int step) {
        int k = 2 * p * step;
        double w1 = roots[k];
        double v1 = roots[k + 1];
        double w2 = roots[2 * k];
        double v2 = roots[2 * k + 1];
        double w3 = roots[3 * k];
        double v3 = roots[3 * k + 1];
        int a = width * p;
        int b = a + width * quarter;
        int c = b + width * quarter;
        int d = c + width * quarter;
        int o = 4 * width * p;
        for (int q = 0; q < width; q += 2) {
            double sumR = x[a + q] + x[c + q];
            double sumI = x[a + q + 1] + x[c + q + 1];
            double gapR = x[a + q] - x[c + q];
            double gapI = x[a + q + 1] - x[c + q + 1];
            double sum2R = x[b + q] + x[d + q];
            double sum2I = x[b + q + 1] + x[d + q + 1];
            // i·(b − d)
            double turnR = x[d + q + 1] - x[b + q + 1];
            double turnI = x[b + q] - x[d + q];
            y[o + q] = sumR + sum2R;
            y[o + q + 1] = sumI + sum2I;
            double r1 = gapR + turnR;
            double i1 = gapI + turnI;
            y[o + width + q] = r1 * w1 - i1 * v1;
            y[o + width + q + 1] = r1 * v1 + i1 * w1;
            double r2 = sumR - sum2R;
            double i2 = sumI - sum2I;
            y[o + 2 * width + q] = r2 * w2 - i2 * v2;
            y[o + 2 * width + q + 1] = r2 * v2 + i2 * w2;
            double r3 = gapR - turnR;
            double i3 = gapI - turnI;
            y[o + 3 * width + q] = r3 * w3 - i3 * v3;
            y[o + 3 * width + q + 1] = r3 * v3 + i3 * w3;
        }
    }
}
