package org.sparkberry.scaling;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.sparkberry.record.CoreSeconds;
import org.sparkberry.record.MeasuredRun;
import org.sparkberry.record.SweepSettings;

/**
 * Names what limits a sweep's scaling: the part of the cores' time that grew most, for the same work, from the smallest
 * executor count to another. It is named only if the whole 95 % interval of its growth is above 0.
 */
public final class Limits {
    /** The share of the computing's growth that warm-up must explain to be named in its place. */
    private static final double EXPLAINED = 0.5;

    private static final Interval NOTHING = new Interval(0, 0, 0);

    private final SweepSettings settings;
    private final List<MeasuredRun> runs;

    private Limits(SweepSettings settings, List<MeasuredRun> runs) {
        this.settings = settings;
        this.runs = runs;
    }

    /** For each executor count that has a valid run, in their order. */
    public static List<Limit> of(SweepSettings settings, List<MeasuredRun> runs) {
        Limits limits =
                new Limits(settings, runs.stream().filter(MeasuredRun::counts).toList());
        return settings.executors().stream()
                .filter(executors -> limits.count(executors) > 0)
                .map(limits::at)
                .toList();
    }

    private Limit at(int executors) {
        int first = settings.executors().stream()
                .filter(n -> count(n) > 0)
                .findFirst()
                .orElseThrow();
        List<Iterations> here = invocations(executors);
        List<Iterations> there = invocations(first);
        int known = here.stream()
                .mapToInt(invocation -> invocation.inOrder().size())
                .sum();
        int unknown = count(executors) - known;
        Map<Part, Interval> coreSeconds = byPart(part -> here.isEmpty()
                ? Interval.UNKNOWN
                : sample(here, invocation -> invocation.mean(part::of)).interval());
        if (here.isEmpty() || there.isEmpty()) {
            return new Limit(
                    executors,
                    known,
                    unknown,
                    coreSeconds,
                    byPart(part -> Interval.UNKNOWN),
                    Interval.UNKNOWN,
                    Cause.UNKNOWN);
        }
        if (executors == first) {
            return new Limit(executors, known, unknown, coreSeconds, byPart(part -> NOTHING), NOTHING, Cause.NO_LOSS);
        }
        double work = (double) settings.trialsWith(executors) / settings.trialsWith(first);
        double all =
                sample(here, invocation -> invocation.mean(CoreSeconds::total)).mean();
        Function<ToDoubleFunction<Iterations>, Interval> lost = what ->
                sample(here, what).minus(sample(there, what).times(work)).times(1 / all);
        Map<Part, Interval> losses = byPart(part -> lost.apply(invocation -> invocation.mean(part::of)));
        Interval loss = lost.apply(invocation -> invocation.mean(CoreSeconds::total));
        Cause cause = cause(losses, loss, lost.apply(Iterations::warmUp));
        return new Limit(executors, known, unknown, coreSeconds, losses, loss, cause);
    }

    private static Cause cause(Map<Part, Interval> losses, Interval loss, Interval warmUp) {
        if (loss.value() <= 0) {
            return Cause.NO_LOSS;
        }
        Map.Entry<Part, Interval> most = losses.entrySet().stream()
                .max(Comparator.comparingDouble(entry -> entry.getValue().value()))
                .orElseThrow();
        Interval growth = most.getValue();
        if (!(growth.low() > 0)) {
            return Cause.UNCLEAR;
        }
        Part part = most.getKey();
        boolean isWarmUp = part == Part.COMPUTE && warmUp.low() > 0 && warmUp.value() > EXPLAINED * growth.value();
        return isWarmUp ? Cause.WARM_UP : part.cause();
    }

    private int count(int executors) {
        return (int) runs.stream().filter(run -> run.executors() == executors).count();
    }

    /** Those that have an iteration whose parts are known. */
    private List<Iterations> invocations(int executors) {
        return runs.stream()
                .filter(run -> run.executors() == executors && run.coreSeconds().isKnown())
                .sorted(Comparator.comparingInt(MeasuredRun::iteration))
                .collect(Collectors.groupingBy(
                        MeasuredRun::order,
                        TreeMap::new,
                        Collectors.mapping(MeasuredRun::coreSeconds, Collectors.toList())))
                .values()
                .stream()
                .map(Iterations::new)
                .toList();
    }

    private static Sample sample(List<Iterations> invocations, ToDoubleFunction<Iterations> what) {
        return Sample.of(invocations.stream().map(what::applyAsDouble).toList());
    }

    private static Map<Part, Interval> byPart(Function<Part, Interval> interval) {
        Map<Part, Interval> map = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            map.put(part, interval.apply(part));
        }
        return map;
    }
}
