package org.sparkberry.report;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkberry.scaling.Limit;
import org.sparkberry.scaling.Part;

/** Where the time of an iteration goes: a stack of core-seconds per executor count. */
final class TimeFigure {
    private static final int WIDTH = 440;
    private static final int HEIGHT = 320;

    private TimeFigure() {}

    /** Empty without data. */
    static Optional<Figure> of(ReportContent content) {
        List<Limit> known = content.limits().stream()
                .filter(point -> point.coreSeconds(Part.COMPUTE).value() > 0)
                .toList();
        List<Part> parts = Arrays.stream(Part.values())
                .filter(part -> known.stream().anyMatch(point -> seconds(point, part) > 0))
                .toList();
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        Columns stacks = new Columns("x", "y", "fill");
        for (Limit point : known) {
            for (Part part : parts) {
                stacks.add("" + point.executors(), seconds(point, part), words(part));
            }
        }
        List<String> colours = Palette.SERIES.subList(0, parts.size());
        Drawing drawing = new Plot(WIDTH, HEIGHT)
                .layer("bar", stacks, "stat", "identity", "position", "stack", "width", 0.7, "size", 0.0)
                .scale("x", "name", "executors", "limits", Prose.each(known, point -> "" + point.executors()))
                .scale("y", "name", "core-seconds", "expand", List.of(0.0, 0.0, 0.03, 0.0))
                .legend(Prose.each(parts, TimeFigure::words), Map.of("fill", colours))
                .draw(
                        "time",
                        "Where the time goes",
                        "Core-seconds of one iteration: "
                                + Prose.list(
                                        known,
                                        point -> point.executors() + " executors: "
                                                + Prose.list(
                                                        parts,
                                                        part -> words(part) + " " + Prose.number(seconds(point, part))
                                                                + " s"))
                                + ".");
        return Optional.of(new Figure(
                "time",
                "Where the time goes",
                "The time of all cores together in the mean iteration. "
                        + (content.isWeak()
                                ? "With twice the executors and twice the work, a stack twice as high would be ideal."
                                : "With the same work, stacks of the same height would be ideal.")
                        + " Look at which part grows.",
                drawing));
    }

    static String words(Part part) {
        return switch (part) {
            case COMPUTE -> "computing";
            case GARBAGE_COLLECTION -> "garbage collection";
            case DESERIALIZATION -> "unpacking tasks";
            case SCHEDULER_DELAY -> "scheduler delay";
            case SHUFFLE -> "shuffle";
            case RESULT -> "sending results";
            case IDLE_CORES -> "idle cores";
            case DRIVER -> "driver alone";
        };
    }

    private static double seconds(Limit point, Part part) {
        double seconds = point.coreSeconds(part).value();
        return seconds > 0 ? seconds : 0;
    }
}
