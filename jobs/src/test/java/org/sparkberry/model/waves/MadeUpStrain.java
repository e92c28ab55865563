package org.sparkberry.model.waves;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/** Strain of white noise, with signals of known strength in it. */
final class MadeUpStrain {
    /** The standard deviation of a sample. */
    static final double SIGMA = 1e-21;

    /** S(f) of that noise: its variance over the half of the sampling rate that it fills. */
    static final double DENSITY = 2 * SIGMA * SIGMA / Strain.HERTZ;

    private MadeUpStrain() {}

    static double[] noise(int seconds, long seed) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[] samples = new double[seconds * Strain.HERTZ];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = SIGMA * normal.sample();
        }
        return samples;
    }

    /**
     * Adds a waveform whose SNR in that noise, by its integral 4·∫|h|²/S df, is as given.
     *
     * @param sample the time that the waveform's phase calls 0
     */
    static void inject(double[] samples, Masses masses, double snr, int sample, double phase) {
        FourierTransform transform = new FourierTransform(samples.length);
        double spacing = (double) Strain.HERTZ / samples.length;
        FrequencyBand band =
                new FrequencyBand(spacing, (int) (20 / spacing), (int) (Conditioned.HIGHEST_HERTZ / spacing));
        double[] template = new double[2 * band.size()];
        int size = new Waveform(masses).write(band, template);
        double power = 0;
        for (int i = 0; i < 2 * size; i++) {
            power += 4 * template[i] * template[i] / DENSITY * spacing;
        }
        double scale = snr / Math.sqrt(power);
        double[] numbers = new double[2 * samples.length];
        for (int i = 0; i < size; i++) {
            double f = band.hertz[i];
            double turn = phase - 2 * Math.PI * f * sample / Strain.HERTZ;
            double re = Math.cos(turn);
            double im = Math.sin(turn);
            int at = 2 * (band.first() + i);
            numbers[at] = scale * (template[2 * i] * re - template[2 * i + 1] * im);
            numbers[at + 1] = scale * (template[2 * i] * im + template[2 * i + 1] * re);
        }
        double[] series = transform.inverse(numbers, new double[numbers.length]);
        for (int i = 0; i < samples.length; i++) {
            samples[i] += 2 * series[2 * i] * spacing;
        }
    }

    static Strain strain(String detector, double[] samples) {
        float[] floats = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            floats[i] = (float) samples[i];
        }
        return new Strain(detector, 1_000_000_000, floats);
    }

    static StrainData data(double[] first, double[] second) {
        return data(first, second, 20);
    }

    static StrainData data(double[] first, double[] second, double lowestHertz) {
        return new StrainData(List.of(strain("H1", first), strain("L1", second)), lowestHertz);
    }
}
