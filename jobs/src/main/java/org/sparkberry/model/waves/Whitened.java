package org.sparkberry.model.waves;

import java.util.ArrayList;
import java.util.List;

/**
 * The data and the signal in them as the eye can compare them: every frequency divided by the noise there, 35 to 350 Hz
 * alone, in standard deviations of the noise.
 */
final class Whitened {
    private static final double LOW_HERTZ = 35;
    private static final double HIGH_HERTZ = 350;
    private static final double BEFORE_SECONDS = 0.25;
    private static final double AFTER_SECONDS = 0.1;

    private Whitened() {}

    /** Rows of a table: detector, seconds after the candidate, data, template. */
    static List<List<Object>> rows(StrainData data, FollowUp candidate) {
        List<List<Object>> rows = new ArrayList<>();
        int number = candidate.segment();
        int start = data.segments().start(number);
        StrainData.Segment segment = data.take(number);
        int size = new Waveform(candidate.masses()).write(segment.band, segment.template);
        for (int d = 0; d < candidate.peaks().size(); d++) {
            FollowUp.Peak peak = candidate.peaks().get(d);
            Conditioned conditioned = segment.detectors.get(d);
            double[] strain = series(segment, conditioned, conditioned.transform());
            double[] template = series(segment, conditioned, shifted(segment, size, peak, peak.sample() - start));
            int first = Math.max(0, peak.sample() - start - (int) (BEFORE_SECONDS * Strain.HERTZ));
            int last = Math.min(strain.length - 1, peak.sample() - start + (int) (AFTER_SECONDS * Strain.HERTZ));
            for (int i = first; i <= last; i++) {
                double seconds = data.gps(start + i) - peak.gps();
                rows.add(List.of(peak.detector(), seconds, strain[i], template[i]));
            }
        }
        data.keep(segment);
        return rows;
    }

    /** The template, scaled and turned to fit, with its time moved to a sample. */
    private static double[] shifted(StrainData.Segment segment, int size, FollowUp.Peak peak, int sample) {
        double[] numbers = new double[2 * segment.transform.size()];
        double[] turn = new double[2];
        for (int i = 0; i < size; i++) {
            int k = segment.band.first() + i;
            // Whole turns are left out: k·sample modulo the size.
            long steps = (long) k * sample % segment.transform.size();
            Phasor.put(1, -2 * Math.PI * steps / segment.transform.size(), turn, 0);
            double re = peak.real() * turn[0] - peak.imaginary() * turn[1];
            double im = peak.real() * turn[1] + peak.imaginary() * turn[0];
            numbers[2 * k] = segment.template[2 * i] * re - segment.template[2 * i + 1] * im;
            numbers[2 * k + 1] = segment.template[2 * i] * im + segment.template[2 * i + 1] * re;
        }
        return numbers;
    }

    private static double[] series(StrainData.Segment segment, Conditioned conditioned, double[] transform) {
        int size = segment.transform.size();
        double spacing = segment.band.spacing();
        double[] numbers = new double[2 * size];
        double weights = 0;
        int first = (int) Math.ceil(LOW_HERTZ / spacing);
        int last = (int) Math.floor(HIGH_HERTZ / spacing);
        for (int k = first; k <= last; k++) {
            double scale = 1 / Math.sqrt(conditioned.density()[k]);
            numbers[2 * k] = transform[2 * k] * scale;
            numbers[2 * k + 1] = transform[2 * k + 1] * scale;
            weights += 1;
        }
        double[] complex = segment.transform.inverse(numbers, new double[2 * size]);
        // x(t) = 2·Re Σ X/√S·Δf, whose variance in noise is the width of the band: the mean of |X/√S|² is T/2.
        double factor = 2 * spacing / Math.sqrt(weights * spacing);
        double[] series = new double[size];
        for (int i = 0; i < size; i++) {
            series[i] = complex[2 * i] * factor;
        }
        return series;
    }
}
