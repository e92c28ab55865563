package org.sparkberry.model.waves;

import java.util.Arrays;

/** When a template is strongest. */
final class TemplateTime {
    private TemplateTime() {}

    /**
     * When the amplitude of the template in the segment is highest, in samples after the time that its phase calls 0,
     * between samples by a parabola.
     *
     * @param size how many frequencies the template has
     */
    static double samples(StrainData.Segment segment, int size) {
        Arrays.fill(segment.numbers, 0);
        System.arraycopy(segment.template, 0, segment.numbers, 2 * segment.band.first(), 2 * size);
        FilterOutput series = new FilterOutput(segment.transform.inverse(segment.numbers, segment.space), 1);
        // The template ends near the time 0, and the series is a circle: the first half, then the second.
        int half = segment.transform.size() / 2;
        int after = series.peak(1, half - 1);
        int before = series.peak(half, 2 * half - 2);
        boolean isAfter = series.snr(after) >= series.snr(before);
        int peak = isAfter ? after : before;
        return peak + series.top(peak) - (isAfter ? 0 : 2 * half);
    }
}
