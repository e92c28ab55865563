package org.sparkberry.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.sparkberry.report.DrawnSvg.Mark;

/** Marks stand where the labels of the axes say. Expected places come from the tick labels and the closed form. */
class ScalingFigureTest {
    /** Places are written to a hundredth of a pixel; ends of ticks add theirs. */
    private static final Offset<Double> A_TWENTIETH_OF_A_PIXEL = within(0.05);

    private static final List<Integer> SPREAD = List.of(2, 4, 8, 16);

    @Test
    void efficiencysErrorBarsEndWhereTheIntervalsEnd() throws Exception {
        DrawnSvg svg = drawn(ScalingFigure.efficiency(spread()).orElseThrow());
        Map<Double, Double> x = svg.xTicks();
        Map<Double, Double> y = svg.yTicks();

        List<Mark> bars = uprights(svg);
        assertThat(bars).hasSize(SPREAD.size());
        for (int i = 0; i < bars.size(); i++) {
            int n = SPREAD.get(i);
            // The made-up intervals reach from 95 % to 108 % of Amdahl's speedup n/(1 + σ(n − 1)).
            double efficiency = 1 / (1 + MadeUpSweep.SIGMA * (n - 1));
            assertThat(bars.get(i).x("x1")).isCloseTo(DrawnSvg.logarithmic(x, n), A_TWENTIETH_OF_A_PIXEL);
            assertThat(bars.get(i).y("y1")).isCloseTo(DrawnSvg.linear(y, 0.95 * efficiency), A_TWENTIETH_OF_A_PIXEL);
            assertThat(bars.get(i).y("y2")).isCloseTo(DrawnSvg.linear(y, 1.08 * efficiency), A_TWENTIETH_OF_A_PIXEL);
        }
    }

    @Test
    void speedupsDotsAndErrorBarsAreAtTheirDoublings() throws Exception {
        DrawnSvg svg = drawn(ScalingFigure.speedup(spread()).orElseThrow());
        Map<Double, Double> x = svg.xTicks();
        Map<Double, Double> y = svg.yTicks();

        assertThat(x.keySet()).containsExactly(1.0, 2.0, 4.0, 8.0, 16.0);
        List<Mark> bars = uprights(svg);
        List<Mark> dots = dots(svg);
        assertThat(dots).hasSize(1 + SPREAD.size());
        for (int i = 0; i < SPREAD.size(); i++) {
            int n = SPREAD.get(i);
            double speedup = n / (1 + MadeUpSweep.SIGMA * (n - 1));
            assertThat(dots.get(i + 1).x("cx")).isCloseTo(DrawnSvg.logarithmic(x, n), A_TWENTIETH_OF_A_PIXEL);
            assertThat(dots.get(i + 1).y("cy")).isCloseTo(DrawnSvg.logarithmic(y, speedup), A_TWENTIETH_OF_A_PIXEL);
            assertThat(bars.get(i).y("y2")).isCloseTo(DrawnSvg.logarithmic(y, 1.08 * speedup), A_TWENTIETH_OF_A_PIXEL);
        }
    }

    @Test
    void theIdealLineGoesFromOneToAsManyAsThereAreExecutors() throws Exception {
        DrawnSvg svg = drawn(ScalingFigure.speedup(spread()).orElseThrow());

        List<double[]> ideal = svg.marks("path", "stroke", Palette.MUTED).get(0).corners();

        double[] end = ideal.get(ideal.size() - 1);
        assertThat(end[0]).isCloseTo(DrawnSvg.logarithmic(svg.xTicks(), 16), A_TWENTIETH_OF_A_PIXEL);
        assertThat(end[1]).isCloseTo(DrawnSvg.logarithmic(svg.yTicks(), 16), A_TWENTIETH_OF_A_PIXEL);
    }

    @Test
    void aBandIsAsHighAsItsLawsInterval() throws Exception {
        DrawnSvg svg = drawn(ScalingFigure.efficiency(spread()).orElseThrow());
        Map<Double, Double> x = svg.xTicks();
        Map<Double, Double> y = svg.yTicks();

        Mark band = svg.marks("path", "fill", Palette.BLUE).stream()
                .filter(mark -> mark.text("fill-opacity").equals("0.18"))
                .findFirst()
                .orElseThrow();

        // The made-up band of Amdahl's law at 16 executors is ±0.004 · 16 of 1/(1 + 0.04 · 15) = 0.625.
        double right = DrawnSvg.logarithmic(x, 16);
        List<Double> ends = band.corners().stream()
                .filter(corner -> Math.abs(corner[0] - right) < 0.1)
                .map(corner -> corner[1])
                .sorted()
                .distinct()
                .toList();
        assertThat(ends.get(0)).isCloseTo(DrawnSvg.linear(y, 0.625 * 1.064), A_TWENTIETH_OF_A_PIXEL);
        assertThat(ends.get(ends.size() - 1)).isCloseTo(DrawnSvg.linear(y, 0.625 * 0.936), A_TWENTIETH_OF_A_PIXEL);
    }

    @Test
    void neighbouringCountsStandOnALinearAxis() throws Exception {
        DrawnSvg svg = drawn(ScalingFigure.speedup(MadeUpSweep.of(1, 2, 3, 4)).orElseThrow());

        List<Mark> dots = dots(svg);

        for (int n = 1; n <= 4; n++) {
            assertThat(dots.get(n - 1).x("cx")).isCloseTo(DrawnSvg.linear(svg.xTicks(), n), A_TWENTIETH_OF_A_PIXEL);
            assertThat(dots.get(n - 1).y("cy"))
                    .isCloseTo(DrawnSvg.linear(svg.yTicks(), n / (1 + 0.04 * (n - 1))), A_TWENTIETH_OF_A_PIXEL);
        }
    }

    /** 60 MFLOPS of 16 × 4.5 MFLOPS are 83.3 %. */
    @Test
    void theBeowulfOf1994IsAPointOnlyWhereTheAxisReaches16() throws Exception {
        DrawnSvg far = drawn(ScalingFigure.efficiency(spread()).orElseThrow());
        List<double[]> diamond =
                far.marks("path", "fill", Palette.VERMILLION).get(0).corners();
        assertThat(diamond.get(0)[0]).isCloseTo(DrawnSvg.logarithmic(far.xTicks(), 16), A_TWENTIETH_OF_A_PIXEL);
        double middle = (diamond.stream().mapToDouble(corner -> corner[1]).min().orElseThrow()
                        + diamond.stream()
                                .mapToDouble(corner -> corner[1])
                                .max()
                                .orElseThrow())
                / 2;
        assertThat(middle).isCloseTo(DrawnSvg.linear(far.yTicks(), 60 / 72.0), A_TWENTIETH_OF_A_PIXEL);

        DrawnSvg near = drawn(ScalingFigure.efficiency(MadeUpSweep.of(1, 2)).orElseThrow());
        assertThat(near.marks("path", "fill", Palette.VERMILLION)).isEmpty();
        List<double[]> line =
                near.marks("path", "stroke", Palette.VERMILLION).get(0).corners();
        for (double[] corner : line) {
            assertThat(corner[1]).isCloseTo(DrawnSvg.linear(near.yTicks(), 60 / 72.0), A_TWENTIETH_OF_A_PIXEL);
        }
        assertThat(near.texts()).contains("Beowulf 1994, 16 nodes: 83 %");
    }

    @Test
    void twoPointsHaveNoLawAndSaySo() throws Exception {
        Figure figure = ScalingFigure.speedup(MadeUpSweep.of(1, 2)).orElseThrow();

        assertThat(figure.caption()).contains("No law is drawn: it takes three executor counts or more to fit one.");
        assertThat(drawn(figure).texts()).doesNotContain("USL");
    }

    private static ReportContent spread() {
        return MadeUpSweep.of(1, 2, 4, 8, 16);
    }

    private static DrawnSvg drawn(Figure figure) throws Exception {
        return new DrawnSvg(figure.drawing().svg());
    }

    private static List<Mark> dots(DrawnSvg svg) {
        return svg.marks("circle", "fill", Palette.INK);
    }

    private static List<Mark> uprights(DrawnSvg svg) {
        return svg.marks("line", "stroke", Palette.INK).stream()
                .filter(line -> line.text("x1").equals(line.text("x2")))
                .toList();
    }
}
