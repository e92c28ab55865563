package org.sparkberry.model.waves;

/**
 * Brings strain of 16384 Hz to {@value Strain#HERTZ} Hz: what is above 2 kHz, and would appear below it, is taken away by
 * a windowed sinc with Kaiser's window (Oppenheim and Schafer, "Discrete-Time Signal Processing", 3rd ed. 2010, section
 * 7.6): 74 dB down from 2.01 kHz on, flat within 0.02 % up to 1.69 kHz. It is symmetric, so nothing is shifted in time.
 */
public final class Decimation {
    /** How many samples become one. */
    public static final int FACTOR = 4;

    /** How many samples before and after a sample have a part in it. */
    public static final int REACH = 128;

    private static final double CUT_HERTZ = 1850;
    /** Kaiser's β for 80 dB: 0.1102·(80 − 8.7). */
    private static final double BETA = 7.857;

    private final double[] weights = new double[2 * REACH + 1];

    public Decimation() {
        double cut = 2 * CUT_HERTZ / (FACTOR * Strain.HERTZ);
        double sum = 0;
        for (int i = -REACH; i <= REACH; i++) {
            double angle = Math.PI * cut * i;
            double place = (double) i / REACH;
            double weight = (i == 0 ? 1 : StrictMath.sin(angle) / angle)
                    * bessel(BETA * Math.sqrt(Math.max(0, 1 - place * place)));
            weights[i + REACH] = weight;
            sum += weight;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
    }

    /** I₀, by its power series. */
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; k < 60; k++) {
            term *= (x / (2 * k)) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    /** The value at a sample; of one that is not there, next to the ends, its neighbours take the part. */
    public double at(double[] samples, int sample) {
        int first = Math.max(0, sample - REACH);
        int last = Math.min(samples.length - 1, sample + REACH);
        double sum = 0;
        double weight = 0;
        for (int i = first; i <= last; i++) {
            sum += weights[i - sample + REACH] * samples[i];
            weight += weights[i - sample + REACH];
        }
        return sum / weight;
    }
}
