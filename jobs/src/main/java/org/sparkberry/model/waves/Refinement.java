package org.sparkberry.model.waves;

import java.util.List;
import org.sparkberry.model.Block;
import org.sparkberry.model.Model;

/** The second stage of a search: templates close to the best one, at the time of a candidate. A trial is a template. */
public final class Refinement implements Model<PeakSnr> {
    private static final long serialVersionUID = 1;

    /** How far the peak of a template moves if its masses change by the spacing of the bank, at most: 30 ms. */
    private static final int REACH = 3 * Strain.HERTZ / 100;

    private final StrainData data;
    private final List<Masses> templates;
    private final int[] samples;

    /** @param samples when the candidate was in each detector, in samples of the data */
    Refinement(StrainData data, List<Masses> templates, int[] samples) {
        this.data = data;
        this.templates = List.copyOf(templates);
        this.samples = samples.clone();
    }

    public long trials() {
        return templates.size();
    }

    @Override
    public PeakSnr estimator() {
        return new PeakSnr(samples.length, templates.size());
    }

    @Override
    public void compute(Block block, PeakSnr peaks) {
        int number = data.segments().segmentOf(samples[0]);
        StrainData.Segment segment = data.take(number);
        int start = data.segments().start(number);
        for (long trial = block.firstTrial(); trial < block.firstTrial() + block.trials(); trial++) {
            int template = Math.toIntExact(trial);
            int size = new Waveform(templates.get(template)).write(segment.band, segment.template);
            for (int d = 0; d < samples.length; d++) {
                FilterOutput output = FilterOutput.of(segment, d, size);
                int peak = output.peak(samples[d] - start - REACH, samples[d] - start + REACH);
                peaks.add(d, template, (float) output.snr(peak));
            }
        }
        data.keep(segment);
    }
}
