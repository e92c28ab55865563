package org.sparkberry.model.waves;

/**
 * The phenomenological waveform of inspiral, merger and ringdown of two black holes without spin (IMRPhenomA), as a
 * Fourier transform up to a constant factor: h(f) = A(f)·e^(iψ(f)) for transforms with e^(−2πift). It was fitted to
 * numerical relativity with mass ratios up to 4.
 *
 * <p>Source: Ajith et al. 2008, arXiv:0710.2335, equations 4.13 to 4.18, with the coefficients of arXiv:0712.0343,
 * table I.
 */
final class Waveform {
    private static final double[] MERGER = {0.66389, -0.10321, 0.10979};
    private static final double[] RING = {1.3278, -0.20642, 0.21957};
    private static final double[] WIDTH = {1.1383, -0.17700, 0.046834};
    private static final double[] CUT = {1.7086, -0.26592, 0.28236};
    private static final double[] PSI_0 = {-0.15829, 0.087016, -0.033382};
    private static final double[] PSI_2 = {32.967, -19.000, 2.1345};
    private static final double[] PSI_3 = {-308.49, 182.11, -21.727};
    private static final double[] PSI_4 = {1152.5, -714.77, 99.692};
    private static final double[] PSI_6 = {1205.7, -842.33, 180.46};

    private final double mergerHertz;
    private final double ringHertz;
    private final double widthHertz;
    private final double cutHertz;
    /** f_merge^(7/6) and f_merge^(2/3), so that the amplitude is 1 at the merger. */
    private final double inspiralFactor;

    private final double mergerFactor;
    private final double ringFactor;
    private final double psi0;
    private final double psi2;
    private final double psi3;
    private final double psi4;
    private final double psi6;

    Waveform(Masses masses) {
        double ratio = masses.symmetricRatio();
        double x = Math.PI * masses.total() * Masses.SOLAR_SECONDS;
        double root = StrictMath.cbrt(x);
        this.mergerHertz = polynomial(MERGER, ratio) / x;
        this.ringHertz = polynomial(RING, ratio) / x;
        this.widthHertz = polynomial(WIDTH, ratio) / x;
        this.cutHertz = polynomial(CUT, ratio) / x;
        double mergerRoot = StrictMath.cbrt(mergerHertz);
        this.inspiralFactor = mergerHertz * Math.sqrt(mergerRoot);
        this.mergerFactor = mergerRoot * mergerRoot;
        // (πσ/2)·σ/2π is σ²/4.
        this.ringFactor =
                StrictMath.cbrt(mergerHertz * mergerHertz / (ringHertz * ringHertz)) * 0.25 * widthHertz * widthHertz;
        this.psi0 = polynomial(PSI_0, ratio) / (ratio * x * root * root);
        this.psi2 = polynomial(PSI_2, ratio) / (ratio * x);
        this.psi3 = polynomial(PSI_3, ratio) / (ratio * root * root);
        this.psi4 = polynomial(PSI_4, ratio) / (ratio * root);
        this.psi6 = polynomial(PSI_6, ratio) / ratio * root;
    }

    private static double polynomial(double[] c, double ratio) {
        return (c[0] * ratio + c[1]) * ratio + c[2];
    }

    /** Above this frequency, in Hz, the waveform is 0. */
    double cutHertz() {
        return cutHertz;
    }

    /** How many frequencies of a band the waveform has. */
    int size(FrequencyBand band) {
        return band.below(cutHertz);
    }

    /** A(f) at a frequency of the band, up to a constant factor. */
    double amplitude(FrequencyBand band, int i) {
        double f = band.hertz[i];
        if (f < mergerHertz) {
            return band.inspiral[i] * inspiralFactor;
        }
        if (f <= ringHertz) {
            return band.merger[i] * mergerFactor;
        }
        if (f > cutHertz) {
            return 0;
        }
        double away = f - ringHertz;
        return ringFactor / (away * away + 0.25 * widthHertz * widthHertz);
    }

    /** ψ(f) at a frequency of the band, in radians. */
    double phase(FrequencyBand band, int i) {
        double root = band.cubeRoot[i];
        double inverse = band.inverse[i];
        // f^(−5/3), f^(−1), f^(−2/3), f^(−1/3), f^(1/3)
        double low = Math.fma(root, psi0 * inverse * inverse, psi2 * inverse);
        return Math.fma(psi6, root, Math.fma(root * inverse, Math.fma(psi4, root, psi3), low));
    }

    /**
     * Writes A(f)·e^(iψ(f)) for the first frequencies of a band.
     *
     * @param to real and imaginary parts
     * @return how many frequencies were written; above them the waveform is 0
     */
    int write(FrequencyBand band, double[] to) {
        int size = size(band);
        int merger = Math.min(size, band.below(mergerHertz));
        int ring = Math.min(size, band.below(ringHertz));
        for (int i = 0; i < merger; i++) {
            Phasor.put(inspiralFactor * band.inspiral[i], phase(band, i), to, 2 * i);
        }
        for (int i = merger; i < ring; i++) {
            Phasor.put(mergerFactor * band.merger[i], phase(band, i), to, 2 * i);
        }
        for (int i = ring; i < size; i++) {
            Phasor.put(amplitude(band, i), phase(band, i), to, 2 * i);
        }
        return size;
    }
}
