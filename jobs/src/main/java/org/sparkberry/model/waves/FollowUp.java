package org.sparkberry.model.waves;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One template at the time of a candidate: when exactly, how loud, and what the filter gives around it. */
final class FollowUp {
    /** What is kept on each side of the peak: 0.25 s, as Strain.HERTZ/4 samples. */
    private static final int AROUND = Strain.HERTZ / 4;

    private final Masses masses;
    private final List<Peak> peaks;

    /**
     * What there is in a detector.
     *
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
            int sample,
            double gps,
            double gpsError,
            double snr,
            double real,
            double imaginary,
            List<Double> around) {}

    private FollowUp(Masses masses, List<Peak> peaks) {
        this.masses = masses;
        this.peaks = peaks;
    }

    /** @param sample the candidate's time in the data, about */
    static FollowUp of(Search search, Masses masses, int sample) {
        StrainData data = search.data();
        int number = data.segments().segmentOf(sample);
        StrainData.Segment segment = data.take(number);
        int start = data.segments().start(number);
        int size = new Waveform(masses).write(segment.band, segment.template);
        double shift = peakSamples(segment, size);
        int detectors = data.detectors().size();
        int loudest = 0;
        int at = sample;
        double highest = 0;
        for (int d = 0; d < detectors; d++) {
            FilterOutput output = FilterOutput.of(segment, d, size);
            int window = search.window(d, d == 0 ? 1 : 0);
            int peak = output.peak(sample - start - window, sample - start + window);
            if (output.snr(peak) > highest) {
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
                    start + peak,
                    data.gps(start + peak + output.top(peak) + shift),
                    1 / (2 * Math.PI * snr * bandwidth),
                    snr,
                    output.numbers()[2 * peak] / (output.norm() * output.norm()),
                    output.numbers()[2 * peak + 1] / (output.norm() * output.norm()),
                    around));
        }
        data.keep(segment);
        return new FollowUp(masses, peaks);
    }

    /** When the template in the segment is strongest, in samples after the time that its phase calls 0. */
    private static double peakSamples(StrainData.Segment segment, int size) {
        Arrays.fill(segment.numbers, 0);
        System.arraycopy(segment.template, 0, segment.numbers, 2 * segment.band.first(), 2 * size);
        double[] series = segment.transform.inverse(segment.numbers, segment.space);
        int peak = 0;
        double highest = 0;
        for (int i = 0; i < segment.transform.size(); i++) {
            double square = series[2 * i] * series[2 * i] + series[2 * i + 1] * series[2 * i + 1];
            if (square > highest) {
                highest = square;
                peak = i;
            }
        }
        return peak < segment.transform.size() / 2 ? peak : peak - segment.transform.size();
    }

    Masses masses() {
        return masses;
    }

    List<Peak> peaks() {
        return peaks;
    }

    /** How long the wave came earlier to the second detector than to the first, in milliseconds. */
    double delayMilliseconds() {
        return 1000 * (peaks.get(0).gps() - peaks.get(1).gps());
    }

    double delayError() {
        double first = peaks.get(0).gpsError();
        double second = peaks.get(1).gpsError();
        return 1000 * Math.sqrt(first * first + second * second);
    }

    double networkSnr() {
        double squares = 0;
        for (Peak peak : peaks) {
            squares += peak.snr() * peak.snr();
        }
        return Math.sqrt(squares);
    }
}
