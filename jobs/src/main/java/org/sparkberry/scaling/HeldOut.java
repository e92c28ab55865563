package org.sparkberry.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.TimedRun;
import org.sparkberry.record.Timings;

/**
 * How well laws that were fitted to the runs on few executors foretell the runs on more.
 *
 * @param upTo the largest n that was fitted
 * @param fits the laws fitted to the runs up to it
 * @param points the other n, ascending
 */
public record HeldOut(int upTo, Fits fits, List<Point> points) {
    /** How likely the interval of a point holds it. */
    public static final double LEVEL = 0.9;

    /**
     * A point that the fit has not seen.
     *
     * @param n how many executors
     * @param runs how many runs
     * @param seconds what they took, their geometric mean
     * @param predicted what was foretold, with the 90 % interval for the mean of as many runs
     */
    public record Point(int n, int runs, double seconds, Interval predicted) {
        /** |predicted − measured|/measured. */
        public double error() {
            return Math.abs(predicted.value() - seconds) / seconds;
        }

        public boolean isInside() {
            return predicted.low() <= seconds && seconds <= predicted.high();
        }
    }

    /**
     * Fits the runs up to so many executors and predicts the others.
     *
     * @throws BadInput if either are missing or too few
     */
    public static HeldOut of(Timings timings, int upTo) {
        Timings seen = timings.upTo(upTo);
        Timings rest = timings.from(upTo + 1);
        if (rest.runs().isEmpty()) {
            throw new BadInput("--fit-up-to: no run has more than " + upTo + " executors, so nothing is held out");
        }
        if (seen.runs().isEmpty()) {
            throw new BadInput("--fit-up-to: no run has " + upTo + " executors or fewer, so nothing can be fitted");
        }
        int[] each = timings.runs().stream()
                .mapToInt(TimedRun::n)
                .distinct()
                .sorted()
                .toArray();
        if (each.length > Fits.LEAST_POINTS && each[Fits.LEAST_POINTS - 1] > upTo) {
            throw new BadInput("--fit-up-to: " + upTo + " leaves fewer than three distinct n to fit; set it to "
                    + each[Fits.LEAST_POINTS - 1] + " or more");
        }
        Fits fits = Fits.of(seen);
        LogTimes others = LogTimes.of(rest.runs());
        List<Point> points = new ArrayList<>();
        for (int j = 0; j < others.points(); j++) {
            int n = (int) Math.rint(others.n()[j]);
            int runs = others.runs()[j];
            points.add(new Point(n, runs, Math.exp(others.mean()[j]), fits.newRuns(n, runs, LEVEL)));
        }
        return new HeldOut(upTo, fits, List.copyOf(points));
    }

    public double meanError() {
        return Arrays.stream(errors()).average().orElseThrow();
    }

    public double medianError() {
        double[] sorted = Arrays.stream(errors()).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double worstError() {
        return Arrays.stream(errors()).max().orElseThrow();
    }

    /** The share of points inside their interval. */
    public double coverage() {
        return (double) points.stream().filter(Point::isInside).count() / points.size();
    }

    private double[] errors() {
        return points.stream().mapToDouble(Point::error).toArray();
    }
}
