package org.sparkberry.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.SafeFile;

/** Writes {@code report.html}, and its figures as files beside it. */
public final class ScalingReport {
    private ScalingReport() {}

    /**
     * Writes {@code report.html} and {@code figures/NAME.svg} and {@code .png}, each whole or not at all; what was
     * there is replaced.
     *
     * @return the files written, the page first
     * @throws BadInput if they cannot be written
     */
    public static List<Path> write(Path directory, ReportContent content) {
        List<Figure> figures = figures(content);
        Path folder = directory.resolve("figures");
        try {
            Path page = directory.resolve("report.html");
            SafeFile.write(page, new Page(content, figures, css()).html());
            if (!figures.isEmpty()) {
                Files.createDirectories(folder);
            }
            List<Path> written = new ArrayList<>(List.of(page));
            // Side by side: a picture in dots takes as long as all else of a figure.
            figures.parallelStream()
                    .map(figure -> write(folder, figure))
                    .toList()
                    .forEach(written::addAll);
            return written;
        } catch (UncheckedIOException e) {
            throw cannotWrite(directory, new IOException(e.getCause()));
        } catch (IOException e) {
            throw cannotWrite(directory, e);
        }
    }

    private static List<Path> write(Path folder, Figure figure) {
        try {
            Path svg = folder.resolve(figure.name() + ".svg");
            SafeFile.write(svg, figure.drawing().svg() + "\n");
            Path png = folder.resolve(figure.name() + ".png");
            SafeFile.replace(png, figure.drawing()::writePng);
            return List.of(svg, png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BadInput cannotWrite(Path directory, IOException e) {
        return new BadInput("the report cannot be written to " + directory + ": " + BadInput.reason(e), e);
    }

    private static List<Figure> figures(ReportContent content) {
        return Stream.of(
                        ScalingFigure.speedup(content),
                        ScalingFigure.efficiency(content),
                        TimeFigure.of(content),
                        RunOrderFigure.of(content),
                        TimelineFigure.of(content))
                .flatMap(Optional::stream)
                .toList();
    }

    private static String css() {
        try (InputStream css = ScalingReport.class.getResourceAsStream("report.css")) {
            if (css == null) {
                throw new IllegalStateException("report.css is not in the jar");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
