package org.sparkberry.report;

import java.awt.AWTError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.sparkberry.estimate.Result;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Chart;
import org.sparkberry.record.SafeFile;

/**
 * The figures of a run, which its job has declared.
 *
 * @param folder where they are
 * @param files their names
 * @param failures a line for each that could not be drawn or written
 */
public record RunFigures(Path folder, List<String> files, List<String> failures) {
    public RunFigures {
        files = List.copyOf(files);
        failures = List.copyOf(failures);
    }

    /** The files but those that are another's twin: the PNG where there is one, else the SVG. */
    public List<String> names() {
        return files.stream()
                .filter(file -> file.endsWith(".png") || !files.contains(file.replaceFirst("svg$", "png")))
                .toList();
    }

    /**
     * Draws the charts into {@code figures/NAME.svg} and {@code .png} of a directory, each whole or not at all; those
     * without data are left out. What goes wrong is only told: a picture is not worth a result.
     */
    public static RunFigures write(Path directory, Result result, List<Chart> charts) {
        Path folder = directory.resolve("figures");
        // Side by side: a picture in dots takes as long as all else of a figure.
        List<RunFigures> each = charts.parallelStream()
                .map(chart -> write(folder, result, chart))
                .toList();
        return new RunFigures(
                folder,
                each.stream().flatMap(one -> one.files.stream()).toList(),
                each.stream().flatMap(one -> one.failures.stream()).toList());
    }

    private static RunFigures write(Path folder, Result result, Chart chart) {
        List<String> files = new ArrayList<>();
        String failure = "";
        try {
            Optional<Drawing> drawing = ChartDrawing.of(chart, result);
            if (drawing.isPresent()) {
                Files.createDirectories(folder);
                SafeFile.write(
                        folder.resolve(chart.name() + ".svg"), drawing.get().svg() + "\n");
                files.add(chart.name() + ".svg");
                SafeFile.replace(folder.resolve(chart.name() + ".png"), drawing.get()::writePng);
                files.add(chart.name() + ".png");
            }
        } catch (IOException e) {
            failure = BadInput.reason(e);
        } catch (RuntimeException | LinkageError | AWTError | VirtualMachineError e) {
            // A JVM without fonts or without its graphics fails with errors of these kinds.
            failure = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName())
                    .lines()
                    .findFirst()
                    .orElse("");
        }
        return new RunFigures(
                folder, files, failure.isEmpty() ? List.of() : List.of("figure " + chart.name() + ": " + failure));
    }
}
