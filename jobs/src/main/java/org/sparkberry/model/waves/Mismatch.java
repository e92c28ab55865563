package org.sparkberry.model.waves;

/**
 * How little two templates look alike to the detectors: the share of the SNR that is lost when one looks for the other,
 * at the best time and phase. Over the noise of the data the match is |Σ wᵢ·e^(iΔψᵢ)|, wᵢ = A₁A₂/S normalised; for
 * templates that are alike it is Σ wᵢ · e^(−V/2), V the variance of Δψ under these weights after the best straight line
 * in f, which is a shift in time, was taken off: the metric of Owen 1996, arXiv:gr-qc/9511032, for the step between two
 * templates instead of an infinitesimal one. For a mismatch of 3 % that is right within 0.1 %.
 */
final class Mismatch {
    /** Frequencies with equal ratios; the phase of one template against another's is smooth. */
    private static final int POINTS = 192;

    /** A template that ends below this many times the lowest frequency has next to nothing to be found by. */
    private static final double SHORTEST_BAND = 1.5;

    private final FrequencyBand band;
    private final double[] rootWeights;
    private final double lowestHertz;

    /** A template at these frequencies: what it takes to compare it. */
    static final class Shape {
        private final Masses masses;
        private final float[] amplitudes;
        private final double[] phases;

        private Shape(Masses masses, float[] amplitudes, double[] phases) {
            this.masses = masses;
            this.amplitudes = amplitudes;
            this.phases = phases;
        }

        Masses masses() {
            return masses;
        }
    }

    private Mismatch(FrequencyBand band, double[] rootWeights, double lowestHertz) {
        this.band = band;
        this.rootWeights = rootWeights;
        this.lowestHertz = lowestHertz;
    }

    /** For the noise of the data's first segment, of all detectors together: Σ 1/S, each at its own scale. */
    static Mismatch of(StrainData data) {
        StrainData.Segment segment = data.take(0);
        FrequencyBand fine = segment.band;
        double low = fine.hertz[0];
        double ratio = StrictMath.pow(Conditioned.HIGHEST_HERTZ * 1.0001 / low, 1.0 / POINTS);
        double[] hertz = new double[POINTS];
        double edge = low;
        for (int i = 0; i < POINTS; i++) {
            hertz[i] = edge * Math.sqrt(ratio);
            edge *= ratio;
        }
        double[] weights = new double[POINTS];
        for (Conditioned detector : segment.detectors) {
            double[] part = new double[POINTS];
            double sum = 0;
            int point = 0;
            double end = low * ratio;
            for (int i = 0; i < fine.size(); i++) {
                while (point < POINTS - 1 && fine.hertz[i] >= end) {
                    point++;
                    end *= ratio;
                }
                double weight = 1 / detector.density()[fine.first() + i];
                part[point] += weight;
                sum += weight * fine.inspiral[i] * fine.inspiral[i];
            }
            for (int i = 0; i < POINTS; i++) {
                weights[i] += part[i] / sum;
            }
        }
        data.keep(segment);
        for (int i = 0; i < POINTS; i++) {
            weights[i] = Math.sqrt(weights[i]);
        }
        return new Mismatch(new FrequencyBand(hertz), weights, data.lowestHertz());
    }

    /** Whether the waveform goes on to well above the lowest frequency, so that there is something to compare. */
    boolean hears(Masses masses) {
        return new Waveform(masses).cutHertz() >= SHORTEST_BAND * lowestHertz;
    }

    Shape shape(Masses masses) {
        Waveform waveform = new Waveform(masses);
        float[] amplitudes = new float[POINTS];
        double[] phases = new double[POINTS];
        double squares = 0;
        for (int i = 0; i < POINTS; i++) {
            double amplitude = waveform.amplitude(band, i) * rootWeights[i];
            amplitudes[i] = (float) amplitude;
            phases[i] = waveform.phase(band, i);
            squares += amplitude * amplitude;
        }
        float norm = (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < POINTS; i++) {
            amplitudes[i] *= norm;
        }
        return new Shape(masses, amplitudes, phases);
    }

    /** From 0 for the same template up to 1. */
    double between(Shape one, Shape other) {
        double sum = 0;
        double sumF = 0;
        double sumFF = 0;
        double sumP = 0;
        double sumPF = 0;
        double sumPP = 0;
        // Near 0 in the middle, so that the sums of squares lose no digits.
        double offset = one.phases[POINTS / 2] - other.phases[POINTS / 2];
        for (int i = 0; i < POINTS; i++) {
            double weight = (double) one.amplitudes[i] * other.amplitudes[i];
            double f = band.hertz[i];
            double p = one.phases[i] - other.phases[i] - offset;
            double wf = weight * f;
            double wp = weight * p;
            sum += weight;
            sumF += wf;
            sumFF += wf * f;
            sumP += wp;
            sumPF += wp * f;
            sumPP += wp * p;
        }
        if (!(sum > 0)) {
            return 1;
        }
        double meanF = sumF / sum;
        double meanP = sumP / sum;
        double spreadF = sumFF / sum - meanF * meanF;
        double covariance = sumPF / sum - meanF * meanP;
        double variance = sumPP / sum - meanP * meanP;
        if (spreadF > 0) {
            variance -= covariance * covariance / spreadF;
        }
        return 1 - Math.min(1, sum) * StrictMath.exp(-0.5 * Math.max(0, variance));
    }
}
