package org.sparkberry.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.sparkberry.report.ReportContent.Curve;
import org.sparkberry.scaling.ScalingPoint;

/**
 * The x axis of executor counts: linear for 1, 2, 3, 4, logarithmic to base 2 where the counts spread (1, 2, 4, 8).
 *
 * @param isLogarithmic to base 2
 * @param least the smallest executor count on it
 * @param most the largest
 * @param ticks the labelled counts
 */
record ExecutorAxis(boolean isLogarithmic, double least, double most, List<Double> ticks) {
    /** Room for labels of two digits. */
    private static final double LEAST_SHARE_BETWEEN_TICKS = 0.07;

    private static final double MARGIN = 0.05;
    private static final double LONE_POINTS_LINE = 0.4;

    static ExecutorAxis of(List<ScalingPoint> points, List<Curve> curves) {
        List<Double> counts =
                points.stream().map(point -> (double) point.executors()).toList();
        List<Double> all = new ArrayList<>(new TreeSet<>(
                Stream.concat(counts.stream(), curves.stream().flatMap(curve -> curve.executors().stream()))
                        .toList()));
        double least = all.get(0);
        double most = all.get(all.size() - 1);
        boolean logarithmic = isSpread(new ArrayList<>(new TreeSet<>(counts)));
        List<Double> wanted = new ArrayList<>(counts);
        if (logarithmic) {
            for (double beyond = 2 * counts.get(counts.size() - 1); beyond <= most; beyond *= 2) {
                wanted.add(beyond);
            }
        }
        ExecutorAxis bare = new ExecutorAxis(logarithmic, least, most, List.of());
        return new ExecutorAxis(logarithmic, least, most, bare.apart(wanted));
    }

    /** The scale of a plot's x aesthetic. */
    void addTo(Plot plot) {
        double span = scaled(most) - scaled(least);
        double margin = span == 0 ? 0.5 : MARGIN * span;
        List<Object> limits = List.of(unscaled(scaled(least) - margin), unscaled(scaled(most) + margin));
        List<String> labels = ticks.stream().map(ExecutorAxis::label).toList();
        plot.scale(
                "x",
                "name",
                "executors",
                "trans",
                isLogarithmic ? "log2" : "identity",
                "limits",
                limits,
                "breaks",
                ticks,
                "labels",
                labels,
                "expand",
                List.of(0.0, 0.0));
    }

    /** Where a line across the figure begins. */
    double left() {
        return least == most ? least - LONE_POINTS_LINE : least;
    }

    /** Where a line across the figure ends. */
    double right() {
        return least == most ? most + LONE_POINTS_LINE : most;
    }

    /** A width on the axis, as a share of the whole, in the units in which lets-plot wants it. */
    double width(double share) {
        double span = scaled(most) - scaled(least);
        return share * (span == 0 ? 1 : span);
    }

    /** Whether the gaps between the counts grow: the last is more than the first. */
    private static boolean isSpread(List<Double> counts) {
        int n = counts.size();
        return n > 2 && counts.get(n - 1) - counts.get(n - 2) >= 2 * (counts.get(1) - counts.get(0));
    }

    /** Those of the counts whose labels do not meet; the largest first, since it matters most. */
    private List<Double> apart(List<Double> counts) {
        TreeSet<Double> kept = new TreeSet<>();
        double gap = LEAST_SHARE_BETWEEN_TICKS * (scaled(most) - scaled(least));
        for (double count : new TreeSet<>(counts).descendingSet()) {
            if (kept.isEmpty() || scaled(kept.first()) - scaled(count) >= gap) {
                kept.add(count);
            }
        }
        return List.copyOf(kept);
    }

    private double scaled(double count) {
        return isLogarithmic ? Math.log(count) / Math.log(2) : count;
    }

    private double unscaled(double position) {
        return isLogarithmic ? Math.pow(2, position) : position;
    }

    private static String label(double count) {
        return count == Math.rint(count) ? "" + (long) count : "" + count;
    }
}
