package org.sparkberry.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.estimate.Result;
import org.sparkberry.record.Axis;
import org.sparkberry.record.Chart;
import org.sparkberry.record.Layer;
import org.sparkberry.record.Panel;

class RunFiguresTest {
    private static final Result RESULT = MadeUpTables.of(
            MadeUpTables.numbers(new double[] {0, 1, 2}, new double[] {1, 4, 3}, new double[] {2, 2, 3}));

    @TempDir
    Path folder;

    @Test
    void everyChartBecomesAnSvgAndAPngWithInkOnIt() throws Exception {
        RunFigures figures = RunFigures.write(
                folder, RESULT, List.of(chart("light", "y"), chart("dark", "y").onBlack()));

        assertThat(figures.files()).containsExactly("light.svg", "light.png", "dark.svg", "dark.png");
        assertThat(figures.names()).containsExactly("light.png", "dark.png");
        assertThat(figures.failures()).isEmpty();
        try (Stream<Path> files = Files.list(folder.resolve("figures"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(figures.files());
        }
        for (String name : List.of("light", "dark")) {
            BufferedImage png =
                    ImageIO.read(folder.resolve("figures/" + name + ".png").toFile());
            String svg = Files.readString(folder.resolve("figures/" + name + ".svg"));
            assertThat(png.getWidth()).isEqualTo((int)
                    (2 * new DrawnSvg(svg).marks("rect", "x", "").get(0).number("width")));
            // Words, axes and lines cover some hundredths of a figure.
            assertThat(inked(png)).isBetween(0.01, name.equals("light") ? 0.2 : 0.9);
        }
    }

    @Test
    void whatCannotBeDrawnIsToldAndTheOthersAreDrawn() {
        RunFigures figures = RunFigures.write(folder, RESULT, List.of(chart("wrong", "z"), chart("right", "y")));

        assertThat(figures.failures()).containsExactly("figure wrong: table numbers has no column z, but x, y, v");
        assertThat(figures.files()).containsExactly("right.svg", "right.png");
    }

    @Test
    void whatCannotBeWrittenIsTold() throws Exception {
        Files.writeString(folder.resolve("figures"), "a file in the way");

        RunFigures figures = RunFigures.write(folder, RESULT, List.of(chart("right", "y")));

        assertThat(figures.failures()).containsExactly("figure right: there is a file of that name");
        assertThat(figures.files()).isEmpty();
    }

    @Test
    void withoutDataThereIsNoFolder() {
        RunFigures figures =
                RunFigures.write(folder, MadeUpTables.of(MadeUpTables.numbers()), List.of(chart("none", "y")));

        assertThat(figures.files()).isEmpty();
        assertThat(figures.failures()).isEmpty();
        assertThat(folder.resolve("figures")).doesNotExist();
    }

    private static double inked(BufferedImage png) {
        int ground = png.getRGB(0, 0);
        long inked = 0;
        for (int x = 0; x < png.getWidth(); x++) {
            for (int y = 0; y < png.getHeight(); y++) {
                inked += png.getRGB(x, y) == ground ? 0 : 1;
            }
        }
        return (double) inked / png.getWidth() / png.getHeight();
    }

    private static Chart chart(String name, String y) {
        return Chart.of(
                name,
                "A heading",
                "What to look at.",
                Panel.of(Axis.linear("time (s)"), Axis.linear("height (m)"), Layer.line("numbers", "x", y)));
    }
}
