package org.sparkberry.model.waves;

import java.util.Arrays;
import org.sparkberry.estimate.Estimator;

/**
 * What a search has found: of every template its highest SNR in each detector and its loudest coincidence; of every short
 * time the loudest coincidence; and of every second of every time slide the loudest one there. All are maxima, and of
 * equal ones the template and the sample of the lowest number, so parts may be merged in any order.
 */
public final class Coincidences implements Estimator<Coincidences> {
    private static final long serialVersionUID = 1;

    private final int templates;
    private final int seconds;
    private final int samplesPerBin;
    /** By detector and template. */
    private final float[] highest;

    private final float[] network;
    private final float[] binSnr;
    private final int[] binTemplate;
    private final int[] binSample;
    /** By slide and second. */
    private final float[] slides;

    /**
     * @param samplesPerBin how long the short times are
     * @param bins how many there are
     * @param slides how many time slides
     * @param seconds how many seconds each of them has
     */
    Coincidences(int detectors, int templates, int samplesPerBin, int bins, int slides, int seconds) {
        this.templates = templates;
        this.seconds = seconds;
        this.samplesPerBin = samplesPerBin;
        this.highest = new float[detectors * templates];
        this.network = new float[templates];
        this.binSnr = new float[bins];
        this.binTemplate = new int[bins];
        this.binSample = new int[bins];
        this.slides = new float[slides * seconds];
    }

    @Override
    public void merge(Coincidences other) {
        maximum(highest, other.highest);
        maximum(network, other.network);
        maximum(slides, other.slides);
        for (int bin = 0; bin < binSnr.length; bin++) {
            take(bin, other.binSnr[bin], other.binTemplate[bin], other.binSample[bin]);
        }
    }

    private static void maximum(float[] ours, float[] others) {
        for (int i = 0; i < ours.length; i++) {
            ours[i] = Math.max(ours[i], others[i]);
        }
    }

    /** Enters the highest SNR of a template in a detector. */
    void addHighest(int detector, int template, float snr) {
        int at = detector * templates + template;
        highest[at] = Math.max(highest[at], snr);
    }

    /** Enters a coincidence at a sample, counted from the first that is searched. */
    void addCoincidence(int template, int sample, float snr) {
        network[template] = Math.max(network[template], snr);
        take(sample / samplesPerBin, snr, template, sample);
    }

    /** Enters a coincidence in a time slide, counted from 0. */
    void addSlide(int slide, int sample, float snr) {
        int at = slide * seconds + sample / Strain.HERTZ;
        slides[at] = Math.max(slides[at], snr);
    }

    private void take(int bin, float snr, int template, int sample) {
        boolean isFirst = template < binTemplate[bin] || (template == binTemplate[bin] && sample < binSample[bin]);
        if (snr > binSnr[bin] || (snr == binSnr[bin] && snr > 0 && isFirst)) {
            binSnr[bin] = snr;
            binTemplate[bin] = template;
            binSample[bin] = sample;
        }
    }

    float highest(int detector, int template) {
        return highest[detector * templates + template];
    }

    /** The SNR of a template's loudest coincidence; 0 if it has none. */
    float network(int template) {
        return network[template];
    }

    int bins() {
        return binSnr.length;
    }

    float binSnr(int bin) {
        return binSnr[bin];
    }

    int binTemplate(int bin) {
        return binTemplate[bin];
    }

    int binSample(int bin) {
        return binSample[bin];
    }

    /** In how many seconds of the slides a coincidence was this loud or louder. */
    long louder(double snr) {
        long count = 0;
        for (float loudest : slides) {
            if (loudest >= snr && loudest > 0) {
                count++;
            }
        }
        return count;
    }

    float loudestSlide() {
        float loudest = 0;
        for (float snr : slides) {
            loudest = Math.max(loudest, snr);
        }
        return loudest;
    }

    /** Whether both have found the same, to the bit. */
    boolean isSameAs(Coincidences other) {
        return Arrays.equals(highest, other.highest)
                && Arrays.equals(network, other.network)
                && Arrays.equals(binSnr, other.binSnr)
                && Arrays.equals(binTemplate, other.binTemplate)
                && Arrays.equals(binSample, other.binSample)
                && Arrays.equals(slides, other.slides);
    }
}
