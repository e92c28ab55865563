package org.sparkberry.report;

import java.util.List;
import java.util.Locale;
import org.sparkberry.scaling.InWords;
import org.sparkberry.scaling.Interval;
import org.sparkberry.scaling.ScalingPoint;

/** The result in three sentences that a school class understands. */
final class PlainWords {
    private final ReportContent content;

    PlainWords(ReportContent content) {
        this.content = content;
    }

    /** Three sentences; one if there is nothing to compare. */
    List<String> sentences() {
        List<ScalingPoint> points = content.points();
        if (points.isEmpty()) {
            return List.of("No run of this sweep is valid, so nothing can be said about how it scales.");
        }
        ScalingPoint first = points.get(0);
        ScalingPoint most = points.get(points.size() - 1);
        if (points.size() == 1) {
            return List.of(
                    "Only one executor count was measured, so nothing can be said about how it scales.",
                    capital(executors(most)) + " took " + Prose.range(most.seconds(), " s") + ".",
                    "To see what more executors would bring, measure at least one more count.");
        }
        return List.of(speed(first, most), ideal(first, most), worth(most));
    }

    private String speed(ScalingPoint first, ScalingPoint most) {
        String who = capital(executors(most));
        String other = executors(first);
        return content.isWeak()
                ? who + " did " + known(most.speedup(), " times") + " as much as " + other + " in the same time."
                : who + " did the work " + known(most.speedup(), " times") + " as fast as " + other + ".";
    }

    private String ideal(ScalingPoint first, ScalingPoint most) {
        Interval percent = Prose.percent(most.efficiency());
        double ideal = (double) most.executors() / first.executors();
        String measured = "Ideal would be " + Prose.number(ideal) + " times; this is " + Math.round(percent.value())
                + " % of that";
        if (!percent.isKnown()) {
            return measured + ", but it was measured only once, so nobody can say how sure that is.";
        }
        if (percent.low() <= 100 && percent.high() >= 100) {
            return measured + ", which these repeats cannot tell from ideal.";
        }
        if (percent.low() > 100) {
            return measured + ", more than should be possible: look for what else differed between the runs.";
        }
        return measured + ": of every 100 seconds that the cluster worked, " + Math.round(100 - percent.value())
                + " were lost to waiting and to being slower together.";
    }

    private String worth(ScalingPoint most) {
        Interval ratio = most.baselineRatio();
        if (Double.isNaN(ratio.value())) {
            return "How a plain program on one core would have done was not measured, so whether the cluster was worth"
                    + " it is open.";
        }
        String compared = "A plain program on " + oneCore() + ", without Spark, would need "
                + known(new Interval(1 / ratio.value(), 1 / ratio.high(), 1 / ratio.low()), " times")
                + " as long as they do";
        if (ratio.isKnown() ? ratio.high() < 1 : ratio.value() < 1) {
            return compared + ": sharing the work was worth it.";
        }
        return ratio.isKnown() && ratio.low() > 1
                ? compared + ": for work of this size, one core alone is the better choice."
                : compared + ": for work of this size, it makes no clear difference.";
    }

    /** The thread without Spark ran where the driver did, which with a cluster elsewhere is another kind of machine. */
    private String oneCore() {
        return content.isOnCluster() ? "one core of the machine that started the sweep" : "one core";
    }

    private static String known(Interval interval, String unit) {
        if (!interval.isKnown()) {
            return Prose.number(interval.value()) + unit;
        }
        // One digit of the error is enough here; the tables have two.
        int least = interval.value() < 10 ? 1 : 0;
        int decimals = Math.max(least, InWords.decimals((interval.high() - interval.low()) / 2) - 1);
        return InWords.fixed(interval.value(), decimals) + unit + " (between " + InWords.fixed(interval.low(), decimals)
                + " and " + InWords.fixed(interval.high(), decimals) + ")";
    }

    private static String executors(ScalingPoint point) {
        return Prose.count(point.executors(), "executor");
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
