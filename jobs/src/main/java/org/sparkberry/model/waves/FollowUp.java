package org.sparkberry.model.waves;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** One template at the time of a candidate: when exactly, how loud, and what the filter gives around it. */
final class FollowUp {
    /** What is kept on each side of the peak: 0.25 s, as Strain.HERTZ/4 samples. */
    private static final int AROUND = Strain.HERTZ / 4;

    private final Masses masses;
    private final int segment;
    private final List<Peak> peaks;

    /**
     * What there is in a detector.
     *
     * @param isSeen whether it is above the threshold; if not, chance makes its time and most of its SNR
     * @param sample of the data at which the SNR is highest
     * @param gps when the template's own amplitude is highest; a post-Newtonian inspiral of 15 + 8 M☉ ends 14 ms before
     * @param gpsError its standard error: 1/(2πρσ_f), σ_f the bandwidth of the template over the noise (Fairhurst 2009,
     *     arXiv:0908.2356, equation 24)
     * @param real the signal in units of the template
     * @param imaginary the same
     * @param around the SNR at the samples from 0.25 s before the peak on to as long after it
     */
    record Peak(
            String detector,
            boolean isSeen,
            int sample,
            double gps,
            double gpsError,
            double snr,
            double real,
            double imaginary,
            List<Double> around) {
        private Peak withSeen(boolean now) {
            return new Peak(detector, now, sample, gps, gpsError, snr, real, imaginary, around);
        }
    }

    private FollowUp(Masses masses, int segment, List<Peak> peaks) {
        this.masses = masses;
        this.segment = segment;
        this.peaks = peaks;
    }

    /**
     * The template that found a candidate.
     *
     * @param sample the candidate's time in the data, in one of the detectors
     */
    static FollowUp of(Search search, Masses masses, int sample) {
        int detectors = search.data().detectors().size();
        int[] samples = new int[detectors];
        int[] reach = new int[detectors];
        boolean[] seen = new boolean[detectors];
        Arrays.fill(samples, sample);
        Arrays.fill(seen, true);
        for (int d = 0; d < detectors; d++) {
            for (int other = 0; other < detectors; other++) {
                reach[d] = other == d ? reach[d] : Math.max(reach[d], search.window(d, other));
            }
        }
        return of(search, masses, search.data().segments().segmentOf(sample), samples, reach, seen)
                .withSeenAbove(search.threshold());
    }

    /** Another template for the same candidate, in the same detectors, around the times of this one. */
    FollowUp refined(Search search, Masses others) {
        int[] samples = peaks.stream().mapToInt(Peak::sample).toArray();
        int[] reach = new int[samples.length];
        boolean[] seen = new boolean[samples.length];
        Arrays.fill(reach, Refinement.REACH);
        for (int d = 0; d < seen.length; d++) {
            seen[d] = peaks.get(d).isSeen();
        }
        return of(search, others, segment, samples, reach, seen);
    }

    /** The peak of the loudest detector within reach of a sample, and those of the others that light allows. */
    private static FollowUp of(Search search, Masses masses, int number, int[] samples, int[] reach, boolean[] seen) {
        StrainData data = search.data();
        StrainData.Segment segment = data.take(number);
        int start = data.segments().start(number);
        int size = new Waveform(masses).write(segment.band, segment.template);
        double shift = TemplateTime.samples(segment, size);
        int detectors = data.detectors().size();
        int loudest = 0;
        int at = 0;
        double highest = 0;
        for (int d = 0; d < detectors; d++) {
            FilterOutput output = FilterOutput.of(segment, d, size);
            int peak = output.peak(samples[d] - start - reach[d], samples[d] - start + reach[d]);
            if (seen[d] && output.snr(peak) > highest) {
                highest = output.snr(peak);
                loudest = d;
                at = peak;
            }
        }
        List<Peak> peaks = new ArrayList<>();
        for (int d = 0; d < detectors; d++) {
            FilterOutput output = FilterOutput.of(segment, d, size);
            int window = d == loudest ? 0 : search.window(loudest, d);
            int peak = output.peak(at - window, at + window);
            double snr = output.snr(peak);
            List<Double> around = new ArrayList<>();
            for (int i = peak - AROUND; i <= peak + AROUND; i++) {
                around.add(i >= 0 && i < segment.transform.size() ? output.snr(i) : 0);
            }
            double bandwidth = segment.detectors.get(d).bandwidthHertz(segment.template, size);
            peaks.add(new Peak(
                    data.detectors().get(d),
                    seen[d],
                    start + peak,
                    data.gps(start + peak + output.top(peak) + shift),
                    1 / (2 * Math.PI * snr * bandwidth),
                    snr,
                    output.numbers()[2 * peak] / (output.norm() * output.norm()),
                    output.numbers()[2 * peak + 1] / (output.norm() * output.norm()),
                    around));
        }
        data.keep(segment);
        return new FollowUp(masses, number, peaks);
    }

    /** As seen by the detectors that reach the threshold, up to rounding, and by the two loudest in any case. */
    private FollowUp withSeenAbove(double threshold) {
        double second = peaks.stream()
                .map(Peak::snr)
                .sorted(Comparator.reverseOrder())
                .skip(1)
                .findFirst()
                .orElseThrow();
        double least = Math.min(second, threshold * (1 - 1e-6));
        return new FollowUp(
                masses,
                segment,
                peaks.stream().map(peak -> peak.withSeen(peak.snr() >= least)).toList());
    }

    Masses masses() {
        return masses;
    }

    /** The number of the segment of the data that it is in. */
    int segment() {
        return segment;
    }

    /** Of all detectors. */
    List<Peak> peaks() {
        return peaks;
    }

    /** Of those that saw it, two or more. */
    List<Peak> seen() {
        return peaks.stream().filter(Peak::isSeen).toList();
    }

    /** How long the wave came earlier to the second detector that saw it than to the first, in milliseconds. */
    double delayMilliseconds() {
        return 1000 * (seen().get(0).gps() - seen().get(1).gps());
    }

    /** Its standard error, the masses given. */
    double delayError() {
        double first = seen().get(0).gpsError();
        double second = seen().get(1).gpsError();
        return 1000 * Math.sqrt(first * first + second * second);
    }

    /** √(Σ SNR²) over the detectors that saw it. */
    double networkSnr() {
        double squares = 0;
        for (Peak peak : seen()) {
            squares += peak.snr() * peak.snr();
        }
        return Math.sqrt(squares);
    }
}
