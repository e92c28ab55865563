package org.sparkberry.model.waves;

import java.util.List;
import org.sparkberry.model.Block;
import org.sparkberry.model.Model;

/** The second stage of a search: templates close to the best one, at the time of a candidate. A trial is a template. */
public final class Refinement implements Model<PeakSnr> {
    private static final long serialVersionUID = 1;

    /** How far the peak of a template moves if its masses change by the spacing of the bank, at most: 30 ms. */
    static final int REACH = 3 * Strain.HERTZ / 100;

    private final StrainData segment;
    private final List<Masses> templates;
    private final int[] samples;

    /**
     * @param segment the one that the candidate is in, of the detectors that saw it
     * @param samples when the candidate was in each of them, in samples of the segment
     */
    Refinement(StrainData segment, List<Masses> templates, int[] samples) {
        this.segment = segment;
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
        StrainData.Segment prepared = segment.take(0);
        for (long trial = block.firstTrial(); trial < block.firstTrial() + block.trials(); trial++) {
            int template = Math.toIntExact(trial);
            int size = new Waveform(templates.get(template)).write(prepared.band, prepared.template);
            double shift = TemplateTime.samples(prepared, size);
            for (int d = 0; d < samples.length; d++) {
                FilterOutput output = FilterOutput.of(prepared, d, size);
                int peak = output.peak(samples[d] - REACH, samples[d] + REACH);
                peaks.add(d, template, (float) output.snr(peak), peak + output.top(peak) + shift);
            }
        }
        segment.keep(prepared);
    }
}
