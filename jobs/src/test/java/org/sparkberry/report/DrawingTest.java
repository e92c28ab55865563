package org.sparkberry.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.report.DrawnSvg.Mark;

class DrawingTest {
    @TempDir
    Path folder;

    @Test
    void aPngHasTwoDotsToAPixelAndInkWhereTheSvgHasIt() throws Exception {
        Drawing drawing = speedup();
        Path file = folder.resolve("speedup.png");

        drawing.writePng(file);

        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(2 * drawing.width());
        assertThat(image.getHeight()).isEqualTo(2 * drawing.height());
        assertThat(colours(image)).hasSizeGreaterThan(20).contains(0xffffff);
        for (Mark dot : new DrawnSvg(drawing.svg()).marks("circle", "fill", Palette.INK)) {
            int colour = image.getRGB((int) (2 * dot.x("cx")), (int) (2 * dot.y("cy")));
            assertThat(String.format("#%06x", colour & 0xffffff)).isEqualTo(Palette.INK);
        }
    }

    @Test
    void theSameContentIsDrawnByTheSameBytes() {
        assertThat(speedup().svg()).isEqualTo(speedup().svg());
    }

    @Test
    void textStaysTextAndIsReadAloud() throws Exception {
        DrawnSvg svg = new DrawnSvg(speedup().svg());

        assertThat(svg.texts()).contains("executors", "speedup", "ideal", "Amdahl (best)", "USL", "16");
        assertThat(svg.root().getAttribute("role")).isEqualTo("img");
        assertThat(svg.root().getAttribute("aria-labelledby")).isEqualTo("speedup-title speedup-desc");
        assertThat(svg.marks("title", "id", "speedup-title")).hasSize(1);
        assertThat(svg.marks("desc", "id", "speedup-desc").get(0).element().getTextContent())
                .contains("16 executors 10.00 (9.50 to 10.80)");
    }

    @Test
    void everyColourOfThePageIsTheStyleSheetsToChange() throws Exception {
        for (Figure figure : new Figure[] {
            ScalingFigure.efficiency(MadeUpSweep.of(1, 2, 4, 8, 16)).orElseThrow(),
            TimeFigure.of(MadeUpSweep.of(1, 2, 4)).orElseThrow(),
            TimelineFigure.of(MadeUpSweep.of(1, 2, 4)).orElseThrow(),
            RunOrderFigure.of(MadeUpSweep.of(1, 2, 4)).orElseThrow()
        }) {
            DrawnSvg svg = new DrawnSvg(figure.drawing().inlineSvg());
            for (String paint : new String[] {"fill", "stroke"}) {
                for (String tag : new String[] {"text", "line", "path", "rect", "circle"}) {
                    svg.marksWith(tag, paint).forEach(mark -> assertThat(mark.text("class"))
                            .as(figure.name() + ": " + tag + " " + mark.text(paint))
                            .contains(paint + "-"));
                }
            }
        }
    }

    @Test
    void whatStandsInALabelIsNoMarkup() throws Exception {
        Drawing drawing = new Plot(200, 100)
                .layer("text", new Columns("x", "y", "label").add(1, 1, "</text><script>&"))
                .draw("label", "<title>", "a & b");

        DrawnSvg svg = new DrawnSvg(drawing.svg());

        assertThat(svg.texts()).contains("</text><script>&");
        assertThat(drawing.inlineSvg()).doesNotContain("<script");
    }

    private static Drawing speedup() {
        return ScalingFigure.speedup(MadeUpSweep.of(1, 2, 4, 8, 16))
                .orElseThrow()
                .drawing();
    }

    private static Set<Integer> colours(BufferedImage image) {
        Set<Integer> colours = new HashSet<>();
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                colours.add(image.getRGB(x, y) & 0xffffff);
            }
        }
        return colours;
    }
}
