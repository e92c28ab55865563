package org.sparkberry.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Result;
import org.sparkberry.record.Axis;
import org.sparkberry.record.Chart;
import org.sparkberry.record.ColourScale;
import org.sparkberry.record.Layer;
import org.sparkberry.record.Panel;
import org.sparkberry.report.DrawnSvg.Mark;

/** Marks stand where the labels of the axes say. */
class ChartDrawingTest {
    private static final Offset<Double> A_TWENTIETH_OF_A_PIXEL = within(0.05);
    /** Labels of the y axis stand below their ticks by so much, so that the middle of a digit is beside the tick. */
    private static final double LABEL_BELOW_TICK = 0.35 * 12;

    private static final Axis X = Axis.linear("distance (m)");
    private static final Axis Y = Axis.linear("height (m)");
    private static final Layer LINE = Layer.line("numbers", "x", "y");
    private static final double NAN = Double.NaN;

    @Test
    void aLineGoesThroughItsRows() throws Exception {
        double[][] rows = {{0, 10, 0}, {2, 40, 0}, {5, 25, 0}};

        DrawnSvg svg = drawn(Panel.of(X, Y, LINE), MadeUpTables.of(MadeUpTables.numbers(rows)));

        assertThat(svg.texts()).contains("A heading", "distance (m)", "height (m)", "What to look at.");
        List<double[]> corners =
                svg.marks("path", "stroke", Palette.BLUE).get(0).corners();
        assertThat(corners).hasSize(rows.length);
        for (int i = 0; i < rows.length; i++) {
            assertThat(corners.get(i)[0]).isCloseTo(DrawnSvg.linear(svg.xTicks(), rows[i][0]), A_TWENTIETH_OF_A_PIXEL);
            assertThat(corners.get(i)[1]).isCloseTo(DrawnSvg.linear(yTicks(svg), rows[i][1]), A_TWENTIETH_OF_A_PIXEL);
        }
    }

    @Test
    void logarithmicAxesLeaveOutWhatIsNotAboveZero() throws Exception {
        double[][] rows = {{1, 0.01, 0}, {10, 1, 0}, {0, 5, 0}, {100, -3, 0}, {1000, 100, 0}};
        Panel panel = Panel.of(Axis.logarithmic("frequency (Hz)"), Axis.logarithmic("power (W)"), LINE);

        DrawnSvg svg = drawn(panel, MadeUpTables.of(MadeUpTables.numbers(rows)));

        assertThat(svg.xTicks().keySet()).containsExactly(1.0, 10.0, 100.0, 1000.0);
        Mark line = svg.marks("path", "stroke", Palette.BLUE).get(0);
        assertThat(line.corners()).hasSize(3);
        double[] last = line.corners().get(2);
        assertThat(last[0]).isCloseTo(DrawnSvg.logarithmic(svg.xTicks(), 1000), A_TWENTIETH_OF_A_PIXEL);
        assertThat(last[1]).isCloseTo(DrawnSvg.logarithmic(yTicks(svg), 100), A_TWENTIETH_OF_A_PIXEL);
    }

    @Test
    void aLineBreaksWhereANumberIsMissing() throws Exception {
        double[][] rows = {{0, 1, 0}, {1, 2, 0}, {2, NAN, 0}, {3, 4, 0}, {4, Double.POSITIVE_INFINITY, 0}, {5, 2, 0}};

        DrawnSvg svg = drawn(Panel.of(X, Y, LINE), MadeUpTables.of(MadeUpTables.numbers(rows)));

        Mark line = svg.marks("path", "stroke", Palette.BLUE).get(0);
        assertThat(line.corners()).hasSize(4);
        assertThat(line.text("d").replaceAll("[^ML]", "")).isEqualTo("MLMM");
    }

    @Test
    void aLayerIsOfTheRowsThatItsFilterNames() throws Exception {
        Result result = MadeUpTables.of(
                MadeUpTables.named("a", 1L, 0.0, 0.0, 1.0, "b", 2L, 0.0, 1.0, 2.0, "a", 2L, 0.0, 2.0, 3.0));

        Layer line = Layer.line("named", "x", "y");

        assertThat(paths(drawn(Panel.of(X, Y, line.where("who", "a")), result))
                        .get(0)
                        .corners())
                .hasSize(2);
        assertThat(paths(drawn(Panel.of(X, Y, line.where("frame", 1)), result))
                        .get(0)
                        .corners())
                .hasSize(1);
    }

    @Test
    void aLayerPartedByAColumnHasAColourAndALegendForEveryValue() throws Exception {
        Result result = MadeUpTables.of(
                MadeUpTables.named("H1", 1L, 0.0, 0.0, 1.0, "L1", 2L, 0.0, 1.0, 2.0, "H1", 2L, 0.0, 2.0, 3.0));

        DrawnSvg svg = drawn(Panel.of(X, Y, Layer.line("named", "x", "y").by("who")), result);

        assertThat(svg.texts()).contains("H1", "L1");
        assertThat(svg.marks("path", "stroke", Palette.BLUE).get(0).corners()).hasSize(2);
        assertThat(svg.marks("path", "stroke", Palette.ORANGE).get(0).corners()).hasSize(1);
        assertThat(svg.marks("line", "stroke", Palette.ORANGE))
                .as("in the legend")
                .hasSize(1);
    }

    @Test
    void everyValueHasAPanelWithTheSameAxes() throws Exception {
        Result result = MadeUpTables.of(MadeUpTables.named(
                "a", 0L, 0.0, 0.0, 0.0, "a", 0L, 0.0, 10.0, 4.0, //
                "a", 5L, 2.5, 0.0, 2.0, "a", 5L, 2.5, 5.0, 2.0, //
                "a", 7L, 9.0, NAN, 1.0));
        Panel panel =
                Panel.of(X, Y, Layer.line("named", "x", "y")).forEach("frame").titled("t = {time} s");

        DrawnSvg svg = new DrawnSvg(svg(chart(panel).inColumns(2), result));

        assertThat(svg.texts()).contains("t = 0 s", "t = 2.5 s").doesNotContain("t = 9 s");
        List<Mark> lines = paths(svg);
        assertThat(lines).hasSize(2);
        double frames =
                lines.get(1).corners().get(0)[0] - lines.get(0).corners().get(0)[0];
        assertThat(frames).isGreaterThan(100);
        // Half as far in the second panel as in the first, and half as high.
        double[] start = lines.get(0).corners().get(0);
        double[] end = lines.get(0).corners().get(1);
        double[] there = lines.get(1).corners().get(1);
        assertThat(there[0] - frames).isCloseTo((start[0] + end[0]) / 2, A_TWENTIETH_OF_A_PIXEL);
        assertThat(there[1]).isCloseTo((start[1] + end[1]) / 2, A_TWENTIETH_OF_A_PIXEL);
    }

    @Test
    void theBrightestDotsAreAboveTheOthersAndHaveTheColoursOfTheirNumbers() throws Exception {
        double[][] rows = {{0, 0, 9}, {1, 1, 1}, {2, 2, 5}, {3, 3, NAN}};
        Layer points = Layer.points("numbers", "x", "y").coloured(ColourScale.linear("v", "brightness"));

        DrawnSvg svg = drawn(Panel.of(X, Y, points), MadeUpTables.of(MadeUpTables.numbers(rows)));

        // The ends of matplotlib's viridis, and what is in its middle.
        assertThat(paths(svg).stream().map(path -> path.text("stroke")))
                .satisfiesExactly(
                        least -> assertThat(least).isEqualTo("#440154"),
                        middle -> assertThat(ColourRampTest.farthest(middle, "#21918c"))
                                .isLessThanOrEqualTo(6),
                        most -> assertThat(most).isEqualTo("#fde725"));
        assertThat(svg.texts()).contains("brightness");
    }

    @Test
    void barsStandOnZeroAndARuleAtItsEstimate() throws Exception {
        Result result = new Result(
                1,
                List.of(new Estimate("risk", 2.5, 0.1, 2.3, 2.7, 0, null)),
                List.of(MadeUpTables.numbers(
                        new double[] {0, 1, 4},
                        new double[] {1, 2, 8},
                        new double[] {Double.NEGATIVE_INFINITY, 0, 0},
                        new double[] {2, 3, 6})));
        Panel panel = Panel.of(
                X, Y, Layer.bars("numbers", "x", "y", "v"), Layer.rule("risk").named("the risk"));

        DrawnSvg svg = drawn(panel, result);

        String[] bars = svg.marks("path", "fill", Palette.BLUE).get(0).text("d").split("M", -1);
        assertThat(bars).hasSize(1 + 3);
        double foot = DrawnSvg.linear(yTicks(svg), 0);
        double top = Double.parseDouble(bars[2].replaceAll(".*?V([0-9.]+)H.*", "$1"));
        assertThat(Double.parseDouble(bars[2].replaceAll(".* ([0-9.]+)V.*H.*", "$1")))
                .isCloseTo(foot, A_TWENTIETH_OF_A_PIXEL);
        assertThat(top).isCloseTo(DrawnSvg.linear(yTicks(svg), 8), A_TWENTIETH_OF_A_PIXEL);
        assertThat(svg.marks("line", "stroke", Palette.ORANGE).stream()
                        .filter(line -> line.text("x1").equals(line.text("x2"))))
                .singleElement()
                .satisfies(rule ->
                        assertThat(rule.x("x1")).isCloseTo(DrawnSvg.linear(svg.xTicks(), 2.5), A_TWENTIETH_OF_A_PIXEL));
        assertThat(svg.texts()).contains("the risk");
    }

    @Test
    void aMapToScaleIsAsLongAsItIsWideInItsUnits() throws Exception {
        double[][] rows = {{0, 0, 1}, {30, 10, 1}};
        Panel panel = Panel.of(X, Y, Layer.points("numbers", "x", "y")).toScale();

        DrawnSvg svg = drawn(panel, MadeUpTables.of(MadeUpTables.numbers(rows)));

        List<double[]> dots = paths(svg).get(0).corners();
        double wide = dots.get(1)[0] - dots.get(0)[0];
        double high = dots.get(0)[1] - dots.get(1)[1];
        assertThat(wide / high).isCloseTo(3, within(0.002));
    }

    @Test
    void anAxisOverAShareOfItsDataLeavesTheFarOnesOut() throws Exception {
        double[][] rows = new double[101][];
        for (int i = 0; i < 100; i++) {
            rows[i] = new double[] {i / 100.0, i % 10, 0};
        }
        rows[100] = new double[] {1e6, 5, 0};

        DrawnSvg svg = drawn(
                Panel.of(X.overShare(0.9), Y, Layer.points("numbers", "x", "y")),
                MadeUpTables.of(MadeUpTables.numbers(rows)));

        assertThat(svg.xTicks().keySet()).allMatch(tick -> tick < 1);
    }

    @Test
    void nothingToDrawIsNoFigure() {
        Result none = MadeUpTables.of(MadeUpTables.numbers());
        Result missing = MadeUpTables.of(MadeUpTables.numbers(new double[] {NAN, 1, 1}));

        assertThat(ChartDrawing.of(chart(Panel.of(X, Y, LINE)), none)).isEmpty();
        assertThat(ChartDrawing.of(chart(Panel.of(X, Y, LINE)), missing)).isEmpty();
    }

    @Test
    void aNumberAloneHasAnAxis() throws Exception {
        DrawnSvg svg = drawn(
                Panel.of(X, Y, Layer.points("numbers", "x", "y")),
                MadeUpTables.of(MadeUpTables.numbers(new double[] {3, 0, 0})));

        assertThat(svg.xTicks()).containsKey(3.0);
        assertThat(paths(svg).get(0).corners().get(0)[0])
                .isCloseTo(DrawnSvg.linear(svg.xTicks(), 3), A_TWENTIETH_OF_A_PIXEL);
    }

    @Test
    void whatTheResultHasNotIsNamed() {
        Result result = MadeUpTables.of(MadeUpTables.named("a", 1L, 0.0, 0.0, 1.0));

        assertRefused(Panel.of(X, Y, LINE), result, "no table is named numbers");
        assertRefused(Panel.of(X, Y, Layer.rule("risk")), result, "no estimate is named risk");
        assertRefused(
                Panel.of(X, Y, Layer.line("named", "x", "z")),
                result,
                "table named has no column z, but who, frame, time, x, y");
        assertRefused(
                Panel.of(X, Y, Layer.line("named", "x", "who")), result, "column who of table named has no numbers");
        assertRefused(
                Panel.of(X, Y, Layer.line("named", "x", "y")).forEach("time"),
                result,
                "column time of table named has no text and no whole numbers, of which each could have a panel");
    }

    @Test
    void theSameResultIsDrawnByTheSameBytes() {
        Result result = MadeUpTables.of(MadeUpTables.numbers(new double[] {0, 1, 2}, new double[] {1, 1, 3}));
        Chart chart = chart(
                Panel.of(X, Y, Layer.heatMap("numbers", "x", "y", ColourScale.linear("v", "rain (mm)"))),
                Panel.of(X, Y, LINE));

        assertThat(svg(chart, result)).isEqualTo(svg(chart, result));
    }

    private static void assertRefused(Panel panel, Result result, String words) {
        assertThatThrownBy(() -> ChartDrawing.of(chart(panel), result))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(words);
    }

    private static Map<Double, Double> yTicks(DrawnSvg svg) {
        Map<Double, Double> ticks = svg.yTicks();
        ticks.replaceAll((number, place) -> place - LABEL_BELOW_TICK);
        return ticks;
    }

    private static List<Mark> paths(DrawnSvg svg) {
        List<Mark> paths = new ArrayList<>(svg.marksWith("path", "stroke"));
        assertThat(paths).isNotEmpty();
        return paths;
    }

    private static DrawnSvg drawn(Panel panel, Result result) throws Exception {
        return new DrawnSvg(svg(chart(panel), result));
    }

    private static String svg(Chart chart, Result result) {
        return ChartDrawing.of(chart, result).orElseThrow().svg();
    }

    private static Chart chart(Panel... panels) {
        return Chart.of("test", "A heading", "What to look at.", panels);
    }
}
