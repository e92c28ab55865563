package org.sparkberry.model.waves;

import java.util.Arrays;

/**
 * A segment of one detector's strain, ready to be filtered: its Fourier transform X(f), with the ends faded out, over the
 * spectral density S(f) of its own noise.
 */
final class Conditioned {
    /** Templates end here at the latest: above, the published data are cut off by the filters that made them. */
    static final double HIGHEST_HERTZ = 1600;

    private final FrequencyBand band;
    private final double[] density;
    private final double[] transform;
    private final double[] transformOverDensity;
    private final double[] inverseDensity;

    private Conditioned(FrequencyBand band, double[] density, double[] transform) {
        this.band = band;
        this.density = density;
        this.transform = transform;
        this.transformOverDensity = new double[2 * band.size()];
        this.inverseDensity = new double[band.size()];
        for (int i = 0; i < band.size(); i++) {
            int k = band.first() + i;
            inverseDensity[i] = 1 / density[k];
            transformOverDensity[2 * i] = transform[2 * k] / density[k];
            transformOverDensity[2 * i + 1] = transform[2 * k + 1] / density[k];
        }
    }

    /** The frequencies of templates for segments of this length, from a lowest one in Hz. */
    static FrequencyBand band(int length, double lowestHertz) {
        double spacing = (double) Strain.HERTZ / length;
        return new FrequencyBand(
                spacing, (int) Math.ceil(lowestHertz / spacing), (int) Math.floor(HIGHEST_HERTZ / spacing) + 1);
    }

    /** @param start the segment's first sample */
    static Conditioned of(Strain strain, int start, FrequencyBand band, FourierTransform transform) {
        int length = transform.size();
        double[] samples = new double[length];
        for (int i = 0; i < length; i++) {
            samples[i] = strain.at(start + i);
        }
        double[] density = NoiseSpectrum.of(samples);
        fade(samples);
        double[] numbers = transform.forward(samples);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] /= Strain.HERTZ;
        }
        return new Conditioned(band, density, numbers);
    }

    /** Tukey's window: a cosine over a sixteenth at each end. */
    private static void fade(double[] samples) {
        int ramp = samples.length / 16;
        for (int i = 0; i < ramp; i++) {
            double weight = 0.5 * (1 - StrictMath.cos(Math.PI * i / ramp));
            samples[i] *= weight;
            samples[samples.length - 1 - i] *= weight;
        }
    }

    FrequencyBand band() {
        return band;
    }

    /** S in 1/Hz at all multiples of the band's spacing from 0 on. */
    double[] density() {
        return density;
    }

    /** X at the same frequencies, real and imaginary parts, and the negative ones behind them. */
    double[] transform() {
        return transform;
    }

    /** (h|h) = 4·Σ|h|²/S·Δf: the square of the SNR that the template itself would have. */
    double power(double[] template, int size) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double re = template[2 * i];
            double im = template[2 * i + 1];
            sum += (re * re + im * im) * inverseDensity[i];
        }
        return 4 * sum * band.spacing();
    }

    /**
     * 4·∫ X(f)·h*(f)/S(f)·e^(2πift) df over positive frequencies, for all times of the segment; over √(h|h) its absolute
     * value is the SNR.
     *
     * @param numbers space for as many complex numbers as the segment has samples
     * @param space the same
     * @return one of the two
     */
    double[] filter(double[] template, int size, FourierTransform transform, double[] numbers, double[] space) {
        Arrays.fill(numbers, 0);
        double factor = 4 * band.spacing();
        for (int i = 0; i < size; i++) {
            double re = template[2 * i] * factor;
            double im = template[2 * i + 1] * factor;
            double xRe = transformOverDensity[2 * i];
            double xIm = transformOverDensity[2 * i + 1];
            int at = 2 * (band.first() + i);
            numbers[at] = xRe * re + xIm * im;
            numbers[at + 1] = xIm * re - xRe * im;
        }
        return transform.inverse(numbers, space);
    }

    /** The width of a template's spectrum over the noise's, √(mean f² − (mean f)²), in Hz. */
    double bandwidthHertz(double[] template, int size) {
        double sum = 0;
        double sumF = 0;
        double sumFF = 0;
        for (int i = 0; i < size; i++) {
            double re = template[2 * i];
            double im = template[2 * i + 1];
            double weight = (re * re + im * im) * inverseDensity[i];
            double f = band.hertz[i];
            sum += weight;
            sumF += weight * f;
            sumFF += weight * f * f;
        }
        double mean = sumF / sum;
        return Math.sqrt(Math.max(0, sumFF / sum - mean * mean));
    }
}
