package org.sparkberry.report;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sparkberry.record.MeasuredTask;
import org.sparkberry.report.ReportContent.TaskRun;

/** The tasks of one iteration per executor count, each on the core that computed it. */
final class TimelineFigure {
    private static final int WIDTH = 440;
    private static final int LANE_PIXELS = 11;
    private static final int LEAST_GROUP_PIXELS = 28;
    private static final int GAP_PIXELS = 10;
    private static final int MOST_PANEL_PIXELS = 620;
    private static final int FRAME_PIXELS = 98;
    private static final double LANE_FILL = 0.8;
    /** On each core: of a thousand steps the first tell as much as all, and can be seen. */
    private static final int MOST_TASKS = 100;

    private static final String COMPUTING = "computing";
    private static final String WAITING = "overhead";
    private static final String WASTED = "failed or copied";

    private TimelineFigure() {}

    /** Empty without tasks. */
    static Optional<Figure> of(ReportContent content) {
        List<TaskRun> shown = content.tasks().stream()
                .filter(run -> !run.tasks().isEmpty())
                .sorted(Comparator.comparing(run -> run.run().executors()))
                .toList();
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> lanes = shown.stream().map(run -> lanes(run).size()).toList();
        int allLanes = lanes.stream().mapToInt(Integer::intValue).sum();
        double lane =
                Math.min(LANE_PIXELS, (double) (MOST_PANEL_PIXELS - shown.size() * GAP_PIXELS) / Math.max(1, allLanes));
        Columns bars = new Columns("xmin", "xmax", "ymin", "ymax", "fill");
        Columns ends = new Columns("x", "y", "xend", "yend");
        List<Double> middles = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        double top = 0;
        for (int i = 0; i < shown.size(); i++) {
            double height = Math.max(LEAST_GROUP_PIXELS, lane * lanes.get(i));
            double laneHeight = Math.min(LANE_PIXELS * 1.5, height / lanes.get(i));
            TaskRun run = shown.get(i);
            double start = startSeconds(run);
            int row = 0;
            for (List<MeasuredTask> onLane : lanes(run)) {
                double low = -top - (row + 1) * laneHeight + laneHeight * (1 - LANE_FILL) / 2;
                for (MeasuredTask task : onLane.subList(0, Math.min(onLane.size(), MOST_TASKS))) {
                    add(bars, task, start, low, low + laneHeight * LANE_FILL);
                }
                row++;
            }
            double used = laneHeight * lanes.get(i);
            if (isWhole(run)) {
                ends.add(run.run().seconds(), -top, run.run().seconds(), -top - used);
            }
            middles.add(-top - used / 2);
            labels.add("" + run.run().executors());
            top += height + GAP_PIXELS;
        }
        boolean wasted = shown.stream()
                .flatMap(run -> run.tasks().stream())
                .anyMatch(task -> task.failed() || task.speculative());
        List<String> kinds = wasted ? List.of(COMPUTING, WAITING, WASTED) : List.of(COMPUTING, WAITING);
        List<String> colours = List.of(Palette.BLUE, Palette.SKY, Palette.VERMILLION);
        Drawing drawing = new Plot(WIDTH, (int) Math.ceil(top) + FRAME_PIXELS)
                .layer("rect", bars, "size", 0.0, "color", Palette.PAPER)
                .layer("segment", ends, "size", 1.2, "color", Palette.INK)
                .scale("x", "name", "seconds since the iteration began")
                .scale(
                        "y",
                        "name",
                        "executors",
                        "breaks",
                        middles,
                        "labels",
                        labels,
                        "limits",
                        List.of(-top, GAP_PIXELS / 2.0),
                        "expand",
                        List.of(0.0, 0.0))
                .legend(kinds, Map.of("fill", colours.subList(0, kinds.size())))
                .draw(
                        "timeline",
                        "Timeline of the tasks",
                        Prose.list(
                                        shown,
                                        run -> run.run().executors() + " executors: "
                                                + run.tasks().size() + " tasks in "
                                                + Prose.number(run.run().seconds()) + " s")
                                + ".");
        return Optional.of(new Figure(
                "timeline",
                "Task by task",
                "One iteration per executor count, a row per core; overhead is unpacking a task, waiting for Spark and"
                        + " sending the result. Look at empty gaps before the black stroke, which is"
                        + " the iteration's end: there cores had nothing to do, for want of tasks or because the driver"
                        + " worked alone."
                        + (shown.stream().allMatch(TimelineFigure::isWhole)
                                ? ""
                                : " Where a core had more than " + MOST_TASKS + " tasks, the first of them are shown."),
                drawing));
    }

    private static boolean isWhole(TaskRun run) {
        return lanes(run).stream().allMatch(lane -> lane.size() <= MOST_TASKS);
    }

    private static void add(Columns bars, MeasuredTask task, double start, double low, double high) {
        double launched = task.launchedMillis() / 1000.0 - start;
        double end = launched + task.durationSeconds();
        if (task.failed() || task.speculative()) {
            bars.add(launched, end, low, high, WASTED);
            return;
        }
        double computing = Math.min(launched + task.deserializeSeconds(), end);
        bars.add(launched, end, low, high, WAITING);
        bars.add(computing, Math.min(computing + task.runSeconds(), end), low, high, COMPUTING);
    }

    /**
     * The tasks of each core in their order, executor by executor. A task goes to the core that is free first: as the
     * driver saw it, the last task on it may end some milliseconds after this one was launched.
     */
    private static List<List<MeasuredTask>> lanes(TaskRun run) {
        int cores = Math.max(1, run.run().coresSeen() / Math.max(1, run.run().executorsSeen()));
        Map<String, List<List<MeasuredTask>>> byExecutor =
                new TreeMap<>(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
        run.tasks().stream()
                .sorted(Comparator.comparing(MeasuredTask::launchedMillis))
                .forEach(task -> {
                    List<List<MeasuredTask>> lanes =
                            byExecutor.computeIfAbsent(task.executor(), key -> new ArrayList<>());
                    if (lanes.size() < cores) {
                        lanes.add(new ArrayList<>());
                    }
                    lanes.stream()
                            .min(Comparator.comparingDouble(TimelineFigure::end))
                            .orElseThrow()
                            .add(task);
                });
        return byExecutor.values().stream().flatMap(List::stream).toList();
    }

    /** When a core's last task ended, in seconds since 1970. */
    private static double end(List<MeasuredTask> lane) {
        if (lane.isEmpty()) {
            return 0;
        }
        MeasuredTask last = lane.get(lane.size() - 1);
        return last.launchedMillis() / 1000.0 + last.durationSeconds();
    }

    /** When the iteration began, in seconds since 1970: its own time, or where that is not known its first task's. */
    private static double startSeconds(TaskRun run) {
        double first = run.tasks().stream()
                        .mapToLong(MeasuredTask::launchedMillis)
                        .min()
                        .orElse(0)
                / 1000.0;
        try {
            return Math.min(first, Instant.parse(run.run().startedAt()).toEpochMilli() / 1000.0);
        } catch (DateTimeParseException e) {
            return first;
        }
    }
}
