package org.sparkberry.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sparkberry.report.ReportContent.Curve;
import org.sparkberry.scaling.Interval;
import org.sparkberry.scaling.ScalingPoint;

/** Speedup and efficiency against executors: dots with error bars, the ideal, laws with bands. */
final class ScalingFigure {
    /** 60 MFLOPS of 16 × 4.5 MFLOPS, as Sparkberry's founding document has them. */
    static final int BEOWULF_NODES = 16;

    static final double BEOWULF_EFFICIENCY = 60 / (BEOWULF_NODES * 4.5);

    private static final int WIDTH = 440;
    private static final int HEIGHT = 340;
    private static final double BAR_SHARE = 0.02;
    private static final double LABEL_SHIFT = 0.06;
    /** In the units of a point's diameter: about 13 pixels. */
    private static final double LABEL_SIZE = 6.5;

    private static final double LOG_MARGIN = 1.15;
    private static final String IDEAL = "ideal";
    private static final List<String> DASHES = List.of("solid", "dashed", "dotdash", "longdash", "twodash");

    private final ReportContent content;
    private final ExecutorAxis axis;
    private final List<String> keys = new ArrayList<>(List.of(IDEAL));
    private final List<String> colours = new ArrayList<>(List.of(Palette.MUTED));
    private final List<String> dashes = new ArrayList<>(List.of("dotted"));

    private ScalingFigure(ReportContent content) {
        this.content = content;
        this.axis = ExecutorAxis.of(content.points(), content.curves());
        for (Curve curve : content.curves()) {
            int i = keys.size() - 1;
            keys.add(key(curve));
            colours.add(Palette.series(i));
            dashes.add(DASHES.get(i % DASHES.size()));
        }
    }

    /** Empty without points. */
    static Optional<Figure> speedup(ReportContent content) {
        return content.points().isEmpty() ? Optional.empty() : Optional.of(new ScalingFigure(content).speedup());
    }

    /** Empty without points. */
    static Optional<Figure> efficiency(ReportContent content) {
        return content.points().isEmpty() ? Optional.empty() : Optional.of(new ScalingFigure(content).efficiency());
    }

    private Figure speedup() {
        double first = content.points().get(0).executors();
        Columns ideal = new Columns("x", "y", "color", "linetype");
        for (double n : List.of(axis.left(), axis.right())) {
            ideal.add(n, n / first, IDEAL, IDEAL);
        }
        Plot plot = plot(ideal, ScalingPoint::speedup, Curve::speedup);
        String name = content.isWeak() ? "scaled speedup" : "speedup";
        double most = axis.most() / first;
        if (axis.isLogarithmic()) {
            List<Double> ticks = new ArrayList<>();
            for (double tick = 1; tick <= most; tick *= 2) {
                ticks.add(tick);
            }
            double low = content.points().stream()
                    .map(ScalingPoint::speedup)
                    .mapToDouble(speedup -> speedup.isKnown() ? speedup.low() : speedup.value())
                    .min()
                    .orElse(1);
            List<Double> limits = upTo(low / LOG_MARGIN, most * LOG_MARGIN, ScalingPoint::speedup, Curve::speedup);
            plot.scale(
                    "y",
                    "name",
                    name,
                    "trans",
                    "log2",
                    "limits",
                    limits,
                    "breaks",
                    ticks,
                    "labels",
                    labels(ticks),
                    "expand",
                    List.of(0.0, 0.0));
        } else {
            plot.scale(
                    "y",
                    "name",
                    name,
                    "limits",
                    upTo(0, 1.05 * most, ScalingPoint::speedup, Curve::speedup),
                    "expand",
                    List.of(0.0, 0.0));
        }
        Drawing drawing = plot.draw(
                "speedup",
                "Speedup against executors",
                "Measured speedup: "
                        + Prose.list(
                                content.points(),
                                point -> point.executors() + " executors " + Prose.range(point.speedup(), ""))
                        + ".");
        return new Figure(
                "speedup",
                content.isWeak() ? "Scaled speedup" : "Speedup",
                (content.isWeak()
                                ? "How many times as much work is done in the same time."
                                : "How many times as fast the same work is done.")
                        + " Look at how far the dots fall below the dotted line, the ideal. " + marks()
                        + (axis.isLogarithmic() ? " Each step on either axis is a doubling." : ""),
                drawing);
    }

    private Figure efficiency() {
        Columns ideal = new Columns("x", "y", "color", "linetype");
        for (double n : List.of(axis.left(), axis.right())) {
            ideal.add(n, 1, IDEAL, IDEAL);
        }
        Plot plot = plot(ideal, ScalingPoint::efficiency, Curve::efficiency);
        List<Double> limits = upTo(0, 1.05, ScalingPoint::efficiency, Curve::efficiency);
        addBeowulf(plot, LABEL_SHIFT * limits.get(1));
        List<Double> ticks = new ArrayList<>();
        double step = limits.get(1) > 2 ? 0.5 : 0.25;
        for (double tick = 0; tick <= limits.get(1); tick += step) {
            ticks.add(tick);
        }
        plot.scale(
                "y",
                "name",
                "efficiency",
                "limits",
                limits,
                "breaks",
                ticks,
                "labels",
                ticks.stream().map(tick -> Math.round(100 * tick) + " %").toList(),
                "expand",
                List.of(0.0, 0.0));
        Drawing drawing = plot.draw(
                "efficiency",
                "Efficiency against executors",
                "Measured efficiency: "
                        + Prose.list(
                                content.points(),
                                point -> point.executors() + " executors " + Prose.percentRange(point.efficiency()))
                        + ". For comparison: 83 % on 16 nodes in 1994.");
        return new Figure(
                "efficiency",
                "Efficiency",
                "Speedup as a share of the ideal. Look at how it falls as executors are added. " + marks()
                        + " For comparison, the Beowulf cluster of 1994: 16 nodes of 4.5 MFLOPS each gave 60 MFLOPS,"
                        + " 13.33 times one node, 83 % of the ideal (figures of Sparkberry's founding document)."
                        + " It did other work on other machines: a mark to know, not a rival.",
                drawing);
    }

    private Plot plot(
            Columns ideal, Function<ScalingPoint, Interval> ofPoint, Function<Curve, List<Interval>> ofCurve) {
        Columns bands = new Columns("x", "ymin", "ymax", "fill");
        Columns lines = new Columns("x", "y", "color", "linetype");
        for (Curve curve : content.curves()) {
            String key = key(curve);
            for (int i = 0; i < curve.executors().size(); i++) {
                double n = curve.executors().get(i);
                Interval interval = ofCurve.apply(curve).get(i);
                if (interval.isKnown()) {
                    bands.add(n, interval.low(), interval.high(), key);
                }
                lines.add(n, interval.value(), key, key);
            }
        }
        Columns bars = new Columns("x", "ymin", "ymax");
        Columns dots = new Columns("x", "y");
        Columns hollow = new Columns("x", "y");
        for (ScalingPoint point : content.points()) {
            Interval interval = ofPoint.apply(point);
            if (interval.isKnown() && interval.low() < interval.high()) {
                bars.add(point.executors(), interval.low(), interval.high());
            }
            (point.oversubscribed() ? hollow : dots).add(point.executors(), interval.value());
        }
        Plot plot = new Plot(WIDTH, HEIGHT);
        axis.addTo(plot);
        plot.layer("ribbon", bands, "alpha", 0.18, "size", 0.0, "show_legend", false)
                .layer("line", ideal, "size", 1.0)
                .layer("line", lines, "size", 1.0)
                .layer("errorbar", bars, "width", axis.width(BAR_SHARE), "size", 0.8, "color", Palette.INK)
                .layer("point", dots, "size", 3.0, "shape", 16.0, "color", Palette.INK)
                .layer("point", hollow, "size", 3.0, "shape", 21.0, "color", Palette.INK, "fill", Palette.PAPER);
        return plot.legend(keys, Map.of("color", colours, "linetype", dashes, "fill", colours));
    }

    /** A point where the axis reaches 16 nodes; else a line, which belongs to no executor count on it. */
    private void addBeowulf(Plot plot, double labelShift) {
        Columns mark = new Columns("x", "y");
        Columns label = new Columns("x", "y", "label");
        boolean isPoint = axis.least() <= BEOWULF_NODES && axis.most() >= BEOWULF_NODES;
        double below = BEOWULF_EFFICIENCY - labelShift;
        if (isPoint) {
            mark.add(BEOWULF_NODES, BEOWULF_EFFICIENCY);
            boolean dataAreBelow = content.points().stream()
                    .filter(point -> 2 * point.executors() >= BEOWULF_NODES)
                    .allMatch(point -> point.efficiency().value() < BEOWULF_EFFICIENCY);
            label.add(BEOWULF_NODES, dataAreBelow ? BEOWULF_EFFICIENCY + labelShift : below, "Beowulf 1994: 83 %");
            plot.layer("point", mark, "size", 6.0, "shape", 18.0, "color", Palette.VERMILLION);
        } else {
            mark.add(axis.left(), BEOWULF_EFFICIENCY).add(axis.right(), BEOWULF_EFFICIENCY);
            label.add(axis.left(), below, "Beowulf 1994, 16 nodes: 83 %");
            plot.layer("line", mark, "size", 0.8, "linetype", "dashed", "color", Palette.VERMILLION);
        }
        plot.layer("text", label, "hjust", isPoint ? 1.0 : 0.0, "size", LABEL_SIZE, "color", Palette.VERMILLION);
    }

    private String marks() {
        StringBuilder words = new StringBuilder("Dots are measured");
        words.append(
                content.points().stream()
                                .anyMatch(point -> point.speedup().isKnown() && point.executors() > axis.least())
                        ? ", bars are their 95 % intervals"
                        : ", each without an interval, since nothing was repeated");
        if (content.points().stream().anyMatch(ScalingPoint::oversubscribed)) {
            words.append("; hollow dots had more executor cores than the machine, and say nothing about more machines");
        }
        words.append(
                content.curves().isEmpty()
                        ? ". No law is drawn: it takes three executor counts or more to fit one."
                        : "; lines are fitted laws with their 95 % bands.");
        return words.toString();
    }

    /** Limits that leave nothing out. */
    private List<Double> upTo(
            double low,
            double high,
            Function<ScalingPoint, Interval> ofPoint,
            Function<Curve, List<Interval>> ofCurve) {
        double most = high;
        for (ScalingPoint point : content.points()) {
            most = Math.max(most, top(ofPoint.apply(point)));
        }
        for (Curve curve : content.curves()) {
            for (Interval interval : ofCurve.apply(curve)) {
                most = Math.max(most, top(interval));
            }
        }
        return List.of(low, most == high ? high : 1.03 * most);
    }

    private static double top(Interval interval) {
        return interval.isKnown() ? interval.high() : interval.value();
    }

    private static List<String> labels(List<Double> ticks) {
        return ticks.stream().map(tick -> "" + Math.round(tick)).toList();
    }

    private static String key(Curve curve) {
        return curve.isChosen() ? curve.law() + " (best)" : curve.law();
    }
}
