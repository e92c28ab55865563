package org.sparkberry.report;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sparkberry.record.MeasuredRun;

/** Every iteration in the order of time, against the median of its kind: drift shows as a slope. */
final class RunOrderFigure {
    private static final int WIDTH = 440;
    private static final int HEIGHT = 320;
    /** Discs, triangles, squares, crosses, stars … by their numbers in the R language, which lets-plot shares. */
    private static final List<Double> SHAPES = List.of(16.0, 17.0, 15.0, 3.0, 8.0, 7.0, 10.0, 13.0);

    private static final double SECONDS_PER_MINUTE = 60;

    private RunOrderFigure() {}

    /** Empty without runs. */
    static Optional<Figure> of(ReportContent content) {
        List<MeasuredRun> runs = inOrder(content.runs());
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        Map<Integer, Double> medians = medians(runs);
        List<Integer> kinds = List.copyOf(medians.keySet());
        List<String> names = kinds.stream().map(RunOrderFigure::name).toList();
        Columns counted = new Columns("x", "y", "color", "shape");
        Columns warmups = new Columns("x", "y", "color", "shape");
        Columns invalid = new Columns("x", "y");
        for (MeasuredRun run : runs) {
            double minutes = minutesBetween(runs.get(0), run);
            double ratio = run.seconds() / medians.getOrDefault(run.executors(), run.seconds());
            String name = name(run.executors());
            (run.counts() ? counted : warmups).add(minutes, ratio, name, name);
            if (!run.valid()) {
                invalid.add(minutes, ratio);
            }
        }
        List<String> colours = new ArrayList<>();
        List<Double> shapes = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            colours.add(Palette.series(i));
            shapes.add(SHAPES.get(i % SHAPES.size()));
        }
        double last = minutesBetween(runs.get(0), runs.get(runs.size() - 1));
        Drawing drawing = new Plot(WIDTH, HEIGHT)
                .layer(
                        "line",
                        new Columns("x", "y").add(0, 1).add(Math.max(last, 1e-3), 1),
                        "size",
                        0.8,
                        "color",
                        Palette.MUTED)
                .layer("point", warmups, "size", 2.6, "alpha", 0.35)
                .layer("point", counted, "size", 2.6)
                .layer("point", invalid, "size", 5.0, "shape", 4.0, "color", Palette.INK)
                .scale("x", "name", "minutes since the first run")
                .scale("y", "name", "time / its median")
                .legend(names, Map.of("color", colours, "shape", shapes))
                .draw(
                        "run-order",
                        "Repeats in their order",
                        runs.size() + " iterations over " + Prose.number(last)
                                + " minutes, each as a multiple of the median of its executor count.");
        return Optional.of(new Figure(
                "run-order",
                "The repeats in their order",
                "Every iteration, divided by the median of its kind. A level band is good; a slope means that the machine"
                        + " became slower or faster meanwhile (heat, other programs). Pale marks are warm-ups"
                        + (invalid.isEmpty() ? "" : " or invalid runs (crossed out)") + ", which do not count.",
                drawing));
    }

    private static List<MeasuredRun> inOrder(List<MeasuredRun> runs) {
        return runs.stream()
                .sorted(Comparator.comparingInt(MeasuredRun::order).thenComparingInt(MeasuredRun::iteration))
                .toList();
    }

    /** Of the runs that count, or of all where none does, by executor count. */
    private static Map<Integer, Double> medians(List<MeasuredRun> runs) {
        Map<Integer, List<MeasuredRun>> byKind =
                runs.stream().collect(Collectors.groupingBy(MeasuredRun::executors, TreeMap::new, Collectors.toList()));
        Map<Integer, Double> medians = new TreeMap<>();
        byKind.forEach((executors, all) -> {
            List<MeasuredRun> counted = all.stream().filter(MeasuredRun::counts).toList();
            medians.put(executors, median(counted.isEmpty() ? all : counted));
        });
        return medians;
    }

    private static double median(List<MeasuredRun> runs) {
        double[] seconds =
                runs.stream().mapToDouble(MeasuredRun::seconds).sorted().toArray();
        int middle = seconds.length / 2;
        return seconds.length % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2;
    }

    private static double minutesBetween(MeasuredRun first, MeasuredRun run) {
        try {
            return Duration.between(Instant.parse(first.startedAt()), Instant.parse(run.startedAt()))
                            .toMillis()
                    / 1000.0
                    / SECONDS_PER_MINUTE;
        } catch (DateTimeParseException e) {
            return run.order();
        }
    }

    private static String name(int executors) {
        return executors == 0 ? "one thread" : executors + (executors == 1 ? " executor" : " executors");
    }
}
