package org.sparkberry.model.waves;

/** What a template's matched filter gives in one detector over a segment: SNR and phase at every sample. */
final class FilterOutput {
    private final double[] numbers;
    private final double norm;

    /** @param norm what the absolute value of the numbers must be divided by to be the SNR */
    FilterOutput(double[] numbers, double norm) {
        this.numbers = numbers;
        this.norm = norm;
    }

    /**
     * Filters with the template that is in the segment; the output is good until the next time.
     *
     * @param size how many frequencies the template has
     */
    static FilterOutput of(StrainData.Segment segment, int detector, int size) {
        Conditioned conditioned = segment.detectors.get(detector);
        double norm = Math.sqrt(conditioned.power(segment.template, size));
        return new FilterOutput(
                conditioned.filter(segment.template, size, segment.transform, segment.numbers, segment.space), norm);
    }

    double[] numbers() {
        return numbers;
    }

    /** √(h|h): the SNR that the template itself would have. */
    double norm() {
        return norm;
    }

    double snr(int sample) {
        return Math.sqrt(square(sample)) / norm;
    }

    private double square(int sample) {
        return numbers[2 * sample] * numbers[2 * sample] + numbers[2 * sample + 1] * numbers[2 * sample + 1];
    }

    /** The sample with the highest SNR between two, both included; of equal ones the first. */
    int peak(int first, int last) {
        int peak = first;
        for (int i = first; i <= last; i++) {
            if (square(i) > square(peak)) {
                peak = i;
            }
        }
        return peak;
    }

    /** How far the top of the parabola through a peak and its neighbours is after the peak, in samples. */
    double top(int peak) {
        double before = square(peak - 1);
        double after = square(peak + 1);
        double bend = before - 2 * square(peak) + after;
        return bend < 0 ? Math.max(-0.5, Math.min(0.5, 0.5 * (before - after) / bend)) : 0;
    }
}
