package org.sparkberry.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.estimate.Result;
import org.sparkberry.record.Axis;
import org.sparkberry.record.Chart;
import org.sparkberry.record.ColourScale;
import org.sparkberry.record.Layer;
import org.sparkberry.record.Panel;
import org.sparkberry.report.DrawnSvg.Mark;

/** The ends of matplotlib's viridis are #440154 and #fde725. */
class HeatGridTest {
    private static final int DARKEST = 0xff440154;
    private static final int LIGHTEST = 0xfffde725;

    @TempDir
    Path folder;

    /** Cells of 0.5 × 2, in 4 columns and 3 rows, of which most have no row in the table. */
    private static final Result CELLS = MadeUpTables.of(MadeUpTables.numbers(
            new double[] {1.0, 10, 1},
            new double[] {2.5, 10, 100},
            new double[] {1.5, 14, 10},
            new double[] {2.0, 12, 0},
            new double[] {2.0, 14, Double.NaN}));

    @Test
    void aCellIsADotOfTheColourOfItsNumberAndNoneIsTransparent() throws Exception {
        BufferedImage image = image(picture());

        assertThat(image.getWidth()).isEqualTo(4);
        assertThat(image.getHeight()).isEqualTo(3);
        assertThat(image.getRGB(0, 2)).isEqualTo(DARKEST);
        assertThat(image.getRGB(3, 2)).isEqualTo(LIGHTEST);
        // 10 is half way from 1 to 100 in logarithms, where matplotlib has #21918c.
        String middle = String.format("#%06x", image.getRGB(1, 0) & 0xffffff);
        assertThat(ColourRampTest.farthest(middle, "#21918c")).isLessThanOrEqualTo(6);
        assertThat(image.getRGB(2, 1) >>> 24).as("0 has no logarithm").isZero();
        assertThat(image.getRGB(2, 0) >>> 24).as("not a number").isZero();
        assertThat(image.getRGB(0, 0) >>> 24).as("no row").isZero();
    }

    @Test
    void cellsLieAroundTheirCentres() throws Exception {
        Mark picture = picture();
        DrawnSvg svg = new DrawnSvg(drawing().svg());
        Map<Double, Double> ticks = svg.xTicks();

        // Four cells of 0.5 around 1.0 to 2.5 reach from 0.75 to 2.75.
        assertThat(picture.x("x")).isCloseTo(DrawnSvg.linear(ticks, 0.75), within(0.05));
        assertThat(picture.x("x") + picture.number("width")).isCloseTo(DrawnSvg.linear(ticks, 2.75), within(0.05));
    }

    @Test
    void thePngHasTheColoursOfTheCellsUpToTheirEdges() throws Exception {
        Drawing drawing = drawing();
        Path file = folder.resolve("map.png");
        drawing.writePng(file);
        BufferedImage png = ImageIO.read(file.toFile());
        Mark picture = picture();
        double width = picture.number("width") / 4;
        double height = picture.number("height") / 3;

        for (double share : new double[] {0.1, 0.5, 0.9}) {
            assertThat(dot(png, picture.x("x") + share * width, picture.y("y") + (3 - share) * height))
                    .isEqualTo(DARKEST);
            assertThat(dot(png, picture.x("x") + (3 + share) * width, picture.y("y") + (3 - share) * height))
                    .isEqualTo(LIGHTEST);
            assertThat(dot(png, picture.x("x") + share * width, picture.y("y") + share * height))
                    .isEqualTo(0xffffffff);
        }
    }

    /** Columns 0, 2 and 5 are two and three cells apart; a lone row is as high as a cell is wide. */
    @Test
    void theGridIsFoundThoughNoTwoCellsAreNeighbours() {
        HeatGrid grid = HeatGrid.of(List.of(new Series(
                chart().panels().get(0).layers().get(0),
                "",
                List.of(new double[] {0, 0.2, 0.5}, new double[] {1, 1, 1}),
                new double[] {1, 1, 1})));

        assertThat(grid.x().count()).isEqualTo(6);
        assertThat(grid.x().step()).isCloseTo(0.1, within(1e-12));
        assertThat(grid.y().count()).isEqualTo(1);
        assertThat(grid.y().step()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void cellsOnNoGridAreRefused() {
        Result result = MadeUpTables.of(
                MadeUpTables.numbers(new double[] {0, 0, 1}, new double[] {1e-5, 1, 1}, new double[] {1, 2, 1}));

        assertThatThrownBy(() -> ChartDrawing.of(chart(), result))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("on no regular grid");
    }

    private static int dot(BufferedImage png, double x, double y) {
        return png.getRGB((int) (2 * x), (int) (2 * y));
    }

    private static Mark picture() throws Exception {
        return new DrawnSvg(ChartDrawing.of(chart(), CELLS).orElseThrow().svg())
                .marks("image", "image-rendering", "pixelated")
                .get(0);
    }

    private static BufferedImage image(Mark mark) throws Exception {
        String data = mark.text("href").replaceFirst("^data:image/png;base64,", "");
        return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data)));
    }

    private static Drawing drawing() {
        return ChartDrawing.of(chart(), CELLS).orElseThrow();
    }

    private static Chart chart() {
        return Chart.of(
                "map",
                "A map",
                "Cells.",
                Panel.of(
                        Axis.linear("x"),
                        Axis.linear("y"),
                        Layer.heatMap("numbers", "x", "y", ColourScale.logarithmic("v", "rain (mm)"))));
    }
}
