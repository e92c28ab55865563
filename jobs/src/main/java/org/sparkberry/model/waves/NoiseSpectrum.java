package org.sparkberry.model.waves;

/**
 * The one-sided power spectral density S(f) of a detector's noise, in 1/Hz of strain squared, by Welch's method: the mean
 * of the periodograms of Blackman windows that overlap by half, here of an eighth of the data each (Welch 1967,
 * doi:10.1109/TAU.1967.1161901). A window is short against the data and long against a merger, so a signal changes it
 * little.
 */
final class NoiseSpectrum {
    /** How many windows fit side by side into the data. */
    private static final int WINDOWS = 8;

    private NoiseSpectrum() {}

    /**
     * S at k·{@value Strain#HERTZ}/n Hz for k from 0 to n/2.
     *
     * @param samples n of them, a power of two
     */
    static double[] of(double[] samples) {
        int length = samples.length / WINDOWS;
        double[] coarse = welch(samples, length);
        double[] density = new double[samples.length / 2 + 1];
        for (int k = 0; k < density.length; k++) {
            int below = k / WINDOWS;
            double part = (double) (k % WINDOWS) / WINDOWS;
            density[k] = part == 0 ? coarse[below] : coarse[below] + part * (coarse[below + 1] - coarse[below]);
        }
        return density;
    }

    private static double[] welch(double[] samples, int length) {
        double[] window = new double[length];
        double squares = 0;
        for (int i = 0; i < length; i++) {
            double angle = 2 * Math.PI * i / (length - 1);
            window[i] = 0.42 - 0.5 * StrictMath.cos(angle) + 0.08 * StrictMath.cos(2 * angle);
            squares += window[i] * window[i];
        }
        FourierTransform transform = new FourierTransform(length);
        double[] sum = new double[length / 2 + 1];
        double[] part = new double[length];
        int windows = 0;
        for (int start = 0; start + length <= samples.length; start += length / 2) {
            for (int i = 0; i < length; i++) {
                part[i] = samples[start + i] * window[i];
            }
            double[] numbers = transform.forward(part);
            for (int k = 0; k < sum.length; k++) {
                sum[k] += numbers[2 * k] * numbers[2 * k] + numbers[2 * k + 1] * numbers[2 * k + 1];
            }
            windows++;
        }
        for (int k = 0; k < sum.length; k++) {
            // Negative frequencies are counted with the positive ones; 0 and the highest have none.
            double sides = k == 0 || k == sum.length - 1 ? 1 : 2;
            sum[k] *= sides / (Strain.HERTZ * squares * windows);
        }
        return sum;
    }
}
