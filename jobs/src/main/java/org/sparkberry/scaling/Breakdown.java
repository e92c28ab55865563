package org.sparkberry.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sparkberry.record.CoreSeconds;
import org.sparkberry.record.MeasuredTask;

/**
 * An iteration, to tell where the time of its cores went from its tasks. Launch and end of a task are the driver's, by
 * the same clock as the iteration's start; what happened in between is its executor's.
 *
 * @param startedAt when the iteration began
 * @param wallSeconds what it took
 * @param cores of all executors together
 * @param coresPerExecutor how many tasks an executor runs at the same time
 */
public record Breakdown(Instant startedAt, double wallSeconds, int cores, int coresPerExecutor) {
    /** Spark's times are whole milliseconds: in iterations of some tenths of a second the parts add up this well. */
    private static final double TOLERANCE = 0.02;

    /** From and to, in seconds after the iteration's start. */
    private record Span(double from, double to) {
        double seconds() {
            return to - from;
        }
    }

    /**
     * The parts of cores × wall. They are worked out one by one, and are unknown if they do not add up to it within
     * 2 %: if tasks lie outside of the iteration, ran in more places than there are cores, or took longer on their
     * executor than the driver saw. The garbage collector of an executor stops all its tasks: its time counts for each.
     */
    public CoreSeconds of(List<MeasuredTask> tasks) {
        List<Span> spans = tasks.stream().map(this::span).toList();
        Map<String, List<Span>> byExecutor = tasks.stream()
                .collect(Collectors.groupingBy(
                        MeasuredTask::executor, Collectors.mapping(this::span, Collectors.toList())));
        double working = busy(spans, 1);
        double occupied = byExecutor.values().stream()
                .mapToDouble(executor -> busy(executor, coresPerExecutor))
                .sum();
        // The driver sends a core its next task before it has booked the last one's end: both run, in its books. That
        // is no core's time.
        double booking = spans.stream().mapToDouble(Span::seconds).sum() - occupied;
        double compute = 0;
        double gc = 0;
        double deserialize = 0;
        double scheduler = 0;
        double shuffle = 0;
        double result = 0;
        for (MeasuredTask task : tasks) {
            double shuffling = task.shuffleFetchWaitSeconds() + task.shuffleWriteSeconds();
            compute += Math.max(0, task.runSeconds() - task.gcSeconds() - shuffling);
            gc += task.gcSeconds();
            deserialize += task.deserializeSeconds();
            scheduler += task.schedulerDelaySeconds();
            shuffle += shuffling;
            result += task.resultSerializeSeconds() + task.resultFetchSeconds();
        }
        CoreSeconds parts = new CoreSeconds(
                compute,
                gc,
                deserialize,
                Math.max(0, scheduler - booking),
                shuffle,
                result,
                Math.max(0, cores * working - occupied),
                cores * (wallSeconds - working));
        double all = cores * wallSeconds;
        return Math.abs(parts.total() - all) <= TOLERANCE * all ? parts : CoreSeconds.UNKNOWN;
    }

    /** The longest task's duration, divided by their median; NaN without tasks, and if half of them took no time. */
    public static double straggle(List<MeasuredTask> tasks) {
        if (tasks.isEmpty()) {
            return Double.NaN;
        }
        double[] sorted = tasks.stream()
                .mapToDouble(MeasuredTask::durationSeconds)
                .sorted()
                .toArray();
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return median > 0 ? sorted[sorted.length - 1] / median : Double.NaN;
    }

    /** The part of the task that is within the iteration. */
    private Span span(MeasuredTask task) {
        double from = Duration.between(startedAt, Instant.ofEpochMilli(task.launchedMillis()))
                        .toNanos()
                / 1e9;
        return new Span(clip(from), clip(from + task.durationSeconds()));
    }

    private double clip(double seconds) {
        return Math.min(wallSeconds, Math.max(0, seconds));
    }

    /** The integral over time of how many of the spans are under way, counting no more than so many. */
    private static double busy(List<Span> spans, int slots) {
        record Change(double at, int by) {}
        List<Change> changes = new ArrayList<>();
        for (Span span : spans) {
            changes.add(new Change(span.from(), 1));
            changes.add(new Change(span.to(), -1));
        }
        changes.sort(Comparator.comparingDouble(Change::at));
        double integral = 0;
        double last = 0;
        int active = 0;
        for (Change change : changes) {
            integral += Math.min(active, slots) * (change.at() - last);
            last = change.at();
            active += change.by();
        }
        return integral;
    }
}
