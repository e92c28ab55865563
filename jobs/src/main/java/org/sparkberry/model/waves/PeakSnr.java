package org.sparkberry.model.waves;

import org.sparkberry.estimate.Estimator;

/** The highest SNR of every template in every detector at the time of one candidate, and when it is reached. */
public final class PeakSnr implements Estimator<PeakSnr> {
    private static final long serialVersionUID = 1;

    private final int templates;
    /** By detector and template. */
    private final float[] highest;

    private final double[] samples;

    PeakSnr(int detectors, int templates) {
        this.templates = templates;
        this.highest = new float[detectors * templates];
        this.samples = new double[detectors * templates];
    }

    @Override
    public void merge(PeakSnr other) {
        for (int i = 0; i < highest.length; i++) {
            put(i, other.highest[i], other.samples[i]);
        }
    }

    /** Enters a template's peak in a detector; each is entered once. */
    void add(int detector, int template, float snr, double sample) {
        put(detector * templates + template, snr, sample);
    }

    private void put(int at, float snr, double sample) {
        if (snr > highest[at]) {
            highest[at] = snr;
            samples[at] = sample;
        }
    }

    /** When the template is strongest in a detector, in samples of the segment. */
    double sample(int detector, int template) {
        return samples[detector * templates + template];
    }

    /** √(Σ SNR²) over the detectors. */
    double network(int template) {
        double squares = 0;
        for (int at = template; at < highest.length; at += templates) {
            squares += (double) highest[at] * highest[at];
        }
        return Math.sqrt(squares);
    }
}
