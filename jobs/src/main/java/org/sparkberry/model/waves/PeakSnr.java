package org.sparkberry.model.waves;

import org.sparkberry.estimate.Estimator;

/** The highest SNR of every template in every detector at the time of one candidate. */
public final class PeakSnr implements Estimator<PeakSnr> {
    private static final long serialVersionUID = 1;

    private final int templates;
    /** By detector and template. */
    private final float[] highest;

    PeakSnr(int detectors, int templates) {
        this.templates = templates;
        this.highest = new float[detectors * templates];
    }

    @Override
    public void merge(PeakSnr other) {
        for (int i = 0; i < highest.length; i++) {
            highest[i] = Math.max(highest[i], other.highest[i]);
        }
    }

    void add(int detector, int template, float snr) {
        highest[detector * templates + template] = Math.max(highest[detector * templates + template], snr);
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
