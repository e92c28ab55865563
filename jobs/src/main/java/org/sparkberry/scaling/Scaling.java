package org.sparkberry.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sparkberry.estimate.Table;
import org.sparkberry.record.Json;
import org.sparkberry.record.MeasuredRun;
import org.sparkberry.record.SweepSettings;

/** A sweep's runs to a point per executor count. */
public final class Scaling {
    private final SweepSettings settings;
    private final int processors;
    private final List<MeasuredRun> runs;

    /**
     * @param processors of the machine that all executors share; {@code Integer.MAX_VALUE} for a real cluster,
     *     whose workers offer no more cores than they have
     */
    public Scaling(SweepSettings settings, int processors, List<MeasuredRun> runs) {
        this.settings = settings;
        this.processors = processors;
        this.runs = List.copyOf(runs);
    }

    /** One thread without Spark; empty if no run of it is valid. */
    public Optional<Interval> baselineSeconds() {
        return timing(0).map(Timing::interval);
    }

    /** A point per executor count that has a valid run, in their order. */
    public List<ScalingPoint> points() {
        List<ScalingPoint> points = new ArrayList<>();
        Optional<Timing> baseline = timing(0);
        Optional<Integer> smallest = settings.executors().stream()
                .filter(executors -> timing(executors).isPresent())
                .findFirst();
        if (smallest.isEmpty()) {
            return points;
        }
        int first = smallest.get();
        Optional<Timing> reference = timing(first);
        for (int executors : settings.executors()) {
            Optional<Timing> timing = timing(executors);
            if (timing.isPresent()) {
                points.add(point(executors, timing.get(), first, reference, baseline));
            }
        }
        return points;
    }

    private ScalingPoint point(
            int executors, Timing timing, int first, Optional<Timing> reference, Optional<Timing> baseline) {
        double p = (double) executors / first;
        boolean isFirst = executors == first;
        Interval ratio = isFirst
                ? new Interval(1, 1, 1)
                : reference.map(timing::speedupOver).orElse(Interval.UNKNOWN);
        boolean weak = settings.isWeak();
        Interval speedup = weak ? ratio.times(p) : ratio;
        double workRatio = (double) settings.trialsWith(executors) / settings.trialsWith(0);
        Interval serialFraction = isFirst ? Interval.UNKNOWN : speedup.serialFraction(p, weak);
        int cores = executors * settings.coresPerExecutor();
        List<MeasuredRun> measured = runs.stream()
                .filter(run -> run.executors() == executors && !run.warmup())
                .toList();
        int valid = (int) measured.stream().filter(MeasuredRun::valid).count();
        return new ScalingPoint(
                executors,
                cores,
                settings.trialsWith(executors),
                timing.invocations(),
                valid,
                measured.size() - valid,
                timing.interval(),
                speedup,
                speedup.times(1 / p),
                serialFraction,
                baseline.map(alone -> alone.speedupOver(timing).times(1 / workRatio))
                        .orElse(Interval.UNKNOWN),
                cores > processors);
    }

    /** The table {@code scaling.csv}. */
    public static Table table(List<ScalingPoint> points) {
        List<Table.Column> columns = new ArrayList<>(List.of(
                Table.Column.whole("executors"),
                Table.Column.whole("cores"),
                Table.Column.whole("trials"),
                Table.Column.whole("invocations"),
                Table.Column.whole("runs"),
                Table.Column.whole("invalidRuns")));
        for (String name : List.of("seconds", "speedup", "efficiency", "serialFraction", "baselineRatio")) {
            columns.add(Table.Column.real(name));
            columns.add(Table.Column.real(name + "Low"));
            columns.add(Table.Column.real(name + "High"));
        }
        columns.add(Table.Column.real("trialsPerSecond"));
        columns.add(Table.Column.text("oversubscribed"));
        return new Table("scaling", columns, points.stream().map(Scaling::row).toList());
    }

    /** A point as a JSON object. */
    public static Map<String, Object> json(ScalingPoint point) {
        Map<String, Object> json = Json.object();
        json.put("executors", point.executors());
        json.put("cores", point.cores());
        json.put("trials", point.trials());
        json.put("invocations", point.invocations());
        json.put("runs", point.runs());
        json.put("invalidRuns", point.invalidRuns());
        json.put("seconds", json(point.seconds()));
        json.put("trialsPerSecond", Json.number(point.trialsPerSecond()));
        json.put("speedup", json(point.speedup()));
        json.put("efficiency", json(point.efficiency()));
        json.put("serialFraction", json(point.serialFraction()));
        json.put("baselineRatio", json(point.baselineRatio()));
        json.put("oversubscribed", point.oversubscribed());
        return json;
    }

    /** An interval as a JSON object: value, low, high; null for what is not known. */
    public static Map<String, Object> json(Interval interval) {
        Map<String, Object> json = Json.object();
        json.put("value", Json.number(interval.value()));
        json.put("low", Json.number(interval.low()));
        json.put("high", Json.number(interval.high()));
        return json;
    }

    private static List<Object> row(ScalingPoint point) {
        List<Object> row = new ArrayList<>(List.of(
                (long) point.executors(),
                (long) point.cores(),
                point.trials(),
                (long) point.invocations(),
                (long) point.runs(),
                (long) point.invalidRuns()));
        for (Interval interval : List.of(
                point.seconds(), point.speedup(), point.efficiency(), point.serialFraction(), point.baselineRatio())) {
            row.add(interval.value());
            row.add(interval.low());
            row.add(interval.high());
        }
        row.add(point.trialsPerSecond());
        row.add(Boolean.toString(point.oversubscribed()));
        return row;
    }

    private Optional<Timing> timing(int executors) {
        Map<Integer, Double> byInvocation = runs.stream()
                .filter(run -> run.executors() == executors && run.counts())
                .collect(Collectors.groupingBy(
                        MeasuredRun::order, TreeMap::new, Collectors.averagingDouble(MeasuredRun::seconds)));
        return byInvocation.isEmpty() ? Optional.empty() : Optional.of(Timing.of(List.copyOf(byInvocation.values())));
    }
}
