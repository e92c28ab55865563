package org.sparkberry.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.FDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.sparkberry.record.TimedRun;
import org.sparkberry.record.Timings;

/** What is wrong with the runs themselves, whatever law they follow. */
final class DataDefects {
    /** With every test at this level, sound data get a false warning about once in a hundred times. */
    private static final double LEVEL = 0.002;
    /** Less than that is not worth a warning, however sure. */
    private static final double SMALL = 0.02;
    /** Taken for the scatter where nothing is known of it: no n was repeated, and there are too few for a law. */
    private static final double USUAL_SCATTER = 0.02;

    /** Enough for the error of a prediction, if not for the ends of an interval. */
    private static final int FEW_DRAWS = 200;

    private static final double SCATTER_RATIO = 4;
    private static final int LEAST_REPEATS = 3;
    /** A plateau that begins at less than this efficiency is a law's, not a lack of tasks. */
    private static final double EFFICIENT = 0.6;
    /** At that efficiency, Amdahl's law makes twice the executors half as fast again: a plateau is flatter. */
    private static final double WIDEST = 0.1;

    private final Timings timings;
    private final LogTimes times;
    private final Optional<Fits> fits;

    private DataDefects(Timings timings, LogTimes times, Optional<Fits> fits) {
        this.timings = timings;
        this.times = times;
        this.fits = fits;
    }

    /** All that is found in the runs of a fit. */
    static List<Finding> in(Fits fits) {
        return in(new DataDefects(fits.timings(), fits.times(), Optional.of(fits)));
    }

    /** All that is found in runs that are too few to fit. */
    static List<Finding> in(Timings timings) {
        return in(new DataDefects(timings, LogTimes.of(timings.runs()), Optional.empty()));
    }

    private static List<Finding> in(DataDefects defects) {
        List<Finding> findings = new ArrayList<>();
        defects.baseline().ifPresent(findings::add);
        defects.order().ifPresent(findings::add);
        findings.addAll(defects.scatter());
        defects.tasks().ifPresent(findings::add);
        return findings;
    }

    private Optional<Finding> baseline() {
        if (times.points() < 2) {
            return Optional.empty();
        }
        Optional<Fits> others = rest(1, FEW_DRAWS);
        // Without repeats the scatter about the law of the others stands for it: the first point must not hide itself.
        double scatter = repeats() >= 2
                ? pooled()
                : others.map(fit -> fit.best().misfit().scatter()).orElse(USUAL_SCATTER);
        double t = quantile(repeats() >= 2 ? repeats() : times.totalRuns() - 1, LEVEL / times.points());
        List<Integer> above = new ArrayList<>();
        for (int j = 1; j < times.points(); j++) {
            double gain = times.mean()[0] - times.mean()[j] - (timings.weak() ? 0 : Math.log(ratio(j)));
            if (gain > Math.max(SMALL, t * scatter * Math.sqrt(1.0 / times.runs()[0] + 1.0 / times.runs()[j]))) {
                above.add(n(j));
            }
        }
        Optional<Interval> expected = others.map(this::expectedBaseline);
        double measured = Math.exp(times.mean()[0]);
        boolean apart = expected.isPresent()
                && (measured > expected.get().high() * (1 + SMALL)
                        || measured < expected.get().low() / (1 + SMALL));
        if (above.isEmpty() && !apart) {
            return Optional.empty();
        }
        String words = above.isEmpty()
                ? ""
                : "more speedup than executors (superlinear) at n = " + join(above) + ", so n = " + n(0)
                        + " was probably slow";
        if (apart) {
            words += (words.isEmpty() ? "n = " + n(0) : ", which") + " took " + InWords.short3(measured)
                    + " s where the others let expect " + InWords.interval(expected.get()) + " s";
        }
        return Optional.of(new Finding(
                Finding.Kind.SUSPECT_BASELINE,
                words + without(),
                "measure n = " + n(0) + " again together with the others"
                        + (fits.isPresent() && others.isPresent() ? "; until then trust the fit without it" : "")));
    }

    /** What the laws that were fitted to all other points say of the first. */
    private Interval expectedBaseline(Fits others) {
        Interval seconds = others.byTheLaws(n(0));
        double error = others.plausible().stream()
                .mapToDouble(law -> law.logError(n(0)))
                .max()
                .orElseThrow();
        double scatter = others.best().misfit().scatter() / Math.sqrt(times.runs()[0]);
        int degrees = others.best().misfit().degrees();
        double factor = Math.exp(quantile(degrees, LEVEL) * Math.hypot(error, scatter));
        return new Interval(
                seconds.value(),
                Math.min(seconds.low(), seconds.value() / factor),
                Math.max(seconds.high(), seconds.value() * factor));
    }

    private static double quantile(int degrees, double level) {
        return new TDistribution(null, degrees).inverseCumulativeProbability(1 - level / 2);
    }

    private Optional<Fits> rest(int first, int draws) {
        return times.points() - first >= Fits.LEAST_POINTS
                ? Optional.of(Fits.of(timings.from(n(first)), draws))
                : Optional.empty();
    }

    /** What the fit would be without the first one or two points. */
    private String without() {
        if (fits.isEmpty()) {
            return "";
        }
        StringBuilder words = new StringBuilder("; the fit with all points: " + summary(fits.get()));
        boolean any = false;
        for (int first = 1; first <= 2; first++) {
            Optional<Fits> others = rest(first, LawFit.DRAWS);
            if (others.isPresent()) {
                words.append(
                        ", without n = " + n(0) + (first == 2 ? " and " + n(1) : "") + ": " + summary(others.get()));
                any = true;
            }
        }
        return any ? words.toString() : "; too few points to fit without it";
    }

    private static String summary(Fits fits) {
        LawFit law = fits.best();
        LawFit.Parameter second = law.parameters().get(1);
        return law.law().title() + " with " + second.symbol().letter() + " = "
                + (second.symbol().isShare()
                        ? InWords.percentInterval(second.interval())
                        : InWords.interval(second.interval()) + " s");
    }

    /** A straight line through the runs' deviations from the mean at their n, over their order. */
    private Optional<Finding> order() {
        List<TimedRun> ordered =
                timings.runs().stream().filter(run -> run.order() > 0).toList();
        Collection<List<TimedRun>> groups =
                ordered.stream().collect(Collectors.groupingBy(TimedRun::n)).values();
        int degrees = ordered.size() - groups.size() - 1;
        if (degrees < 2) {
            return Optional.empty();
        }
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (List<TimedRun> group : groups) {
            double x = group.stream().mapToInt(TimedRun::order).average().orElseThrow();
            double y = group.stream()
                    .mapToDouble(run -> Math.log(run.seconds()))
                    .average()
                    .orElseThrow();
            for (TimedRun run : group) {
                double dx = run.order() - x;
                double dy = Math.log(run.seconds()) - y;
                xx += dx * dx;
                xy += dx * dy;
                yy += dy * dy;
            }
        }
        if (!(xx > 0 && yy > 0)) {
            return Optional.empty();
        }
        double slope = xy / xx;
        double left = Math.max(yy - slope * xy, 1e-30);
        double t = Math.abs(slope) / Math.sqrt(left / degrees / xx);
        double chance = 2 * new TDistribution(null, degrees).cumulativeProbability(-t);
        int first = ordered.stream().mapToInt(TimedRun::order).min().orElseThrow();
        int last = ordered.stream().mapToInt(TimedRun::order).max().orElseThrow();
        double change = Math.exp(slope * (last - first)) - 1;
        if (!(chance < LEVEL && Math.abs(change) > SMALL)) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                Finding.Kind.ORDER_EFFECT,
                "the same runs took " + InWords.percent(Math.abs(change)) + (change > 0 ? " more" : " less")
                        + " time at the end of the series than at its start",
                "look for heat (throttling), other programs or a cache that fills; let the machine rest, then measure"
                        + " in shuffled order"));
    }

    private List<Finding> scatter() {
        double[] squares = new double[times.points()];
        int next = 0;
        for (int j = 0; j < squares.length; j++) {
            for (int i = 0; i < times.runs()[j]; i++) {
                double deviation = times.deviations()[next++];
                squares[j] += deviation * deviation;
            }
        }
        int degrees = times.totalRuns() - times.points();
        double all = Arrays.stream(squares).sum();
        List<Finding> findings = new ArrayList<>();
        for (int j = 0; j < squares.length; j++) {
            int own = times.runs()[j] - 1;
            if (own + 1 < LEAST_REPEATS || degrees - own < 2) {
                continue;
            }
            double here = Math.sqrt(squares[j] / own);
            double others = Math.sqrt((all - squares[j]) / (degrees - own));
            double chance = others > 0
                    ? 1
                            - new FDistribution(null, own, degrees - own)
                                    .cumulativeProbability(here * here / others / others)
                    : 0;
            if (here > SMALL / 2 && here > SCATTER_RATIO * others && chance < LEVEL / squares.length) {
                findings.add(new Finding(
                        Finding.Kind.SCATTERED_POINT,
                        "the runs at n = " + n(j) + " scatter by " + percent1(here) + ", those of the other points by "
                                + percent1(others),
                        "look at the runs of n = " + n(j) + " one by one (a slow node, throttling, other programs),"
                                + " then measure it again"));
            }
        }
        return findings;
    }

    private Optional<Finding> tasks() {
        List<Integer> idle = timings.tasksPerCore().entrySet().stream()
                .filter(entry -> entry.getValue() < 1)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (!idle.isEmpty()) {
            return Optional.of(
                    fewTasks("fewer tasks than cores at n = " + join(idle) + ": some cores had nothing to do"));
        }
        // Where the tasks are counted and enough, a plateau has another cause.
        if (timings.weak() || !timings.tasksPerCore().isEmpty()) {
            return Optional.empty();
        }
        // The longest run of equal times at the end; it must span at least a doubling of n.
        int last = times.points() - 1;
        int begin = last;
        while (begin > 0 && isFlat(begin - 1, last)) {
            begin--;
        }
        if (times.n()[last] < 2 * times.n()[begin]) {
            return Optional.empty();
        }
        double efficiency = Math.exp(times.mean()[0] - times.mean()[begin]) / ratio(begin);
        if (!(efficiency >= EFFICIENT)) {
            return Optional.empty();
        }
        return Optional.of(fewTasks(
                begin == 0
                        ? "no speedup at all: from n = " + n(0) + " to " + n(last)
                                + " the time stays the same, as if all work were in one task"
                        : "the speedup stops at n = " + n(begin) + ": up to " + n(last)
                                + " the time stays the same, as if there were fewer tasks than cores"));
    }

    private static Finding fewTasks(String words) {
        return new Finding(
                Finding.Kind.FEW_TASKS,
                words,
                "cut the work into more tasks (partitions), 3 or 4 for each core, and measure again; no law holds here");
    }

    /** Whether the points from here to the last all took the same time. */
    private boolean isFlat(int from, int last) {
        double mean = IntStream.rangeClosed(from, last)
                .mapToDouble(j -> times.mean()[j])
                .average()
                .orElseThrow();
        double scatter = repeats() >= 2 ? pooled() : USUAL_SCATTER;
        double t = repeats() >= 2 ? quantile(repeats(), LEVEL) : 2;
        return IntStream.rangeClosed(from, last)
                .allMatch(j -> Math.abs(times.mean()[j] - mean)
                        <= Math.max(SMALL, Math.min(WIDEST, t * scatter / Math.sqrt(times.runs()[j]))));
    }

    /** Runs beyond the first at each n. */
    private int repeats() {
        return times.totalRuns() - times.points();
    }

    /** The scatter of the repeats. */
    private double pooled() {
        return Math.sqrt(times.squaresWithin() / repeats());
    }

    private double ratio(int j) {
        return times.n()[j] / times.n()[0];
    }

    private int n(int j) {
        return (int) Math.rint(times.n()[j]);
    }

    private static String percent1(double share) {
        return InWords.short3(100 * share) + " %";
    }

    private static String join(List<Integer> numbers) {
        String all = numbers.stream().limit(8).map(String::valueOf).collect(Collectors.joining(", "));
        return numbers.size() > 8 ? all + " …" : all;
    }
}
