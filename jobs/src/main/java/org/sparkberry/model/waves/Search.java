package org.sparkberry.model.waves;

import java.util.List;
import org.sparkberry.model.Block;
import org.sparkberry.model.Model;

/**
 * The search of detector data for a bank of templates. A trial is one template in one segment of the data: the matched
 * filter's SNR in every detector, its peaks above a threshold, and which of them coincide, that is, lie no farther apart
 * than light takes between the detectors and {@value #TIMING_MILLIS} ms. The network's SNR of a coincidence is
 * √(Σ SNR²). The same is done in time slides.
 *
 * <p>Source: Allen et al. 2012, "FINDCHIRP", arXiv:gr-qc/0509116 (the filter); Babak et al. 2013, arXiv:1208.3491 (the
 * coincidence).
 */
public final class Search implements Model<Coincidences> {
    private static final long serialVersionUID = 1;

    /**
     * How wrong the times of two peaks may be together. A peak of SNR 4 is known to 1/(2π·4·25 Hz) = 1.6 ms even for the
     * heaviest templates, whose spectrum is 25 Hz wide; two of them differ by 2.3 ms, and by less than 5 ms in 97 of 100.
     */
    static final double TIMING_MILLIS = 5;

    private static final int MOST_BINS = 4096;

    private final StrainData data;
    private final List<Masses> bank;
    private final double threshold;
    private final TimeSlides slides;
    private final int[][] windows;

    /**
     * @param bank the templates, in an order that their numbers come from
     * @param threshold the least SNR in each detector
     */
    public Search(StrainData data, List<Masses> bank, double threshold) {
        this.data = data;
        this.bank = List.copyOf(bank);
        this.threshold = threshold;
        List<String> detectors = data.detectors();
        this.slides = TimeSlides.of(data.segments(), detectors.size());
        this.windows = new int[detectors.size()][detectors.size()];
        for (int a = 0; a < detectors.size(); a++) {
            for (int b = 0; b < detectors.size(); b++) {
                double seconds = Detectors.lightSeconds(detectors.get(a), detectors.get(b)) + TIMING_MILLIS / 1000;
                windows[a][b] = (int) Math.ceil(seconds * Strain.HERTZ);
            }
        }
    }

    /** How many trials the whole search has: one for every template and segment. */
    public long trials() {
        return (long) bank.size() * data.segments().count();
    }

    StrainData data() {
        return data;
    }

    List<Masses> bank() {
        return bank;
    }

    double threshold() {
        return threshold;
    }

    TimeSlides slides() {
        return slides;
    }

    /** How far apart in samples the peaks in two detectors may be. */
    int window(int one, int other) {
        return windows[one][other];
    }

    @Override
    public Coincidences estimator() {
        int samples = data.segments().searched();
        int perBin = Math.max(TimeSlides.STEP, samples / MOST_BINS + 1);
        return new Coincidences(
                windows.length, bank.size(), perBin, (samples + perBin - 1) / perBin, slides.count(), slides.seconds());
    }

    @Override
    public void compute(Block block, Coincidences found) {
        Triggers[] all = new Triggers[windows.length];
        Triggers[] own = new Triggers[windows.length];
        for (int d = 0; d < all.length; d++) {
            all[d] = new Triggers();
            own[d] = new Triggers();
        }
        for (long trial = block.firstTrial(); trial < block.firstTrial() + block.trials(); trial++) {
            int segment = Math.toIntExact(trial / bank.size());
            int template = Math.toIntExact(trial % bank.size());
            StrainData.Segment prepared = data.take(segment);
            filter(prepared, template, all, own, found);
            data.keep(prepared);
            coincide(segment, template, all, found);
            slide(segment, own, found);
        }
    }

    private void filter(StrainData.Segment prepared, int template, Triggers[] all, Triggers[] own, Coincidences found) {
        Segments segments = data.segments();
        int start = segments.start(prepared.number);
        int from = segments.from(prepared.number) - start;
        int to = segments.to(prepared.number) - start;
        // A coincidence may reach into the next segment's part.
        int margin = segments.edge() / 4;
        int size = new Waveform(bank.get(template)).write(prepared.band, prepared.template);
        for (int d = 0; d < all.length; d++) {
            Conditioned conditioned = prepared.detectors.get(d);
            double norm = Math.sqrt(conditioned.power(prepared.template, size));
            double[] output =
                    conditioned.filter(prepared.template, size, prepared.transform, prepared.numbers, prepared.space);
            all[d].find(output, norm, from - margin, to + margin, start - segments.edge(), threshold);
            own[d].find(output, norm, from, to, start - segments.edge(), threshold);
            found.addHighest(d, template, highest(output, norm, from, to));
        }
    }

    private static float highest(double[] output, double norm, int from, int to) {
        double highest = 0;
        for (int i = 2 * from; i < 2 * to; i += 2) {
            highest = Math.max(highest, output[i] * output[i] + output[i + 1] * output[i + 1]);
        }
        return (float) (Math.sqrt(highest) / norm);
    }

    /** The first detector in which there is a peak gives the time; the others are looked for around it. */
    private void coincide(int segment, int template, Triggers[] triggers, Coincidences found) {
        int from = data.segments().from(segment) - data.segments().edge();
        int to = data.segments().to(segment) - data.segments().edge();
        for (int a = 0; a < triggers.length - 1; a++) {
            for (int i = triggers[a].from(from); i < triggers[a].count() && triggers[a].sample(i) < to; i++) {
                double square = 0;
                for (int b = a + 1; b < triggers.length; b++) {
                    long at = triggers[a].sample(i);
                    double other = triggers[b].loudest(at - windows[a][b], at + windows[a][b]);
                    square += other * other;
                }
                if (square > 0) {
                    double snr = triggers[a].snr(i);
                    found.addCoincidence(template, triggers[a].sample(i), (float) Math.sqrt(snr * snr + square));
                }
            }
        }
    }

    private void slide(int segment, Triggers[] triggers, Coincidences found) {
        int from = data.segments().from(segment) - data.segments().edge();
        int length = data.segments().to(segment) - data.segments().from(segment);
        for (int k = 1; k <= slides.count(); k++) {
            if (!slides.holds(segment, k)) {
                continue;
            }
            for (int a = 0; a < triggers.length - 1; a++) {
                for (int i = 0; i < triggers[a].count(); i++) {
                    double square = 0;
                    for (int b = a + 1; b < triggers.length; b++) {
                        long shift = (long) (b - a) * k * TimeSlides.STEP;
                        long at = from + (triggers[a].sample(i) - from + shift) % length;
                        double other = loudestAround(triggers[b], at, windows[a][b], from, length);
                        square += other * other;
                    }
                    if (square > 0) {
                        double snr = triggers[a].snr(i);
                        found.addSlide(k - 1, triggers[a].sample(i), (float) Math.sqrt(snr * snr + square));
                    }
                }
            }
        }
    }

    /** The highest SNR near a sample, where what is before the beginning is at the end. */
    private static float loudestAround(Triggers triggers, long at, int window, int from, int length) {
        float loudest = triggers.loudest(at - window, at + window);
        if (at - window < from) {
            loudest = Math.max(loudest, triggers.loudest(at - window + length, from + length - 1L));
        }
        if (at + window >= from + length) {
            loudest = Math.max(loudest, triggers.loudest(from, at + window - length));
        }
        return loudest;
    }
}
