package org.sparkberry.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkberry.report.DrawnSvg.Mark;

class TimelineFigureTest {
    @Test
    void tasksAreWhereTheirTimesSayAndTheirEndsDoNotMeetTheNext() throws Exception {
        DrawnSvg svg = new DrawnSvg(
                TimelineFigure.of(MadeUpSweep.of(1, 2)).orElseThrow().drawing().svg());
        Map<Double, Double> x = svg.xTicks();

        List<Mark> computing = svg.marks("rect", "fill", Palette.BLUE).stream()
                .filter(bar -> bar.number("height") < 20)
                .toList();

        // Two iterations of 64 tasks each. With one executor 31 s are left for 64 tasks, of which each unpacks for 3 %
        // and computes for 90 %; the first is launched after 0.5 s.
        assertThat(computing).hasSize(128);
        double each = 31.0 / 64;
        Mark first = computing.get(0);
        assertThat(first.x("x")).isCloseTo(DrawnSvg.linear(x, 0.5 + 0.03 * each), within(0.05));
        assertThat(first.x("x") + first.number("width")).isCloseTo(DrawnSvg.linear(x, 0.5 + 0.93 * each), within(0.05));
        // One core, then two: three rows.
        assertThat(computing.stream().map(bar -> bar.text("y")).distinct()).hasSize(3);
    }

    @Test
    void theIterationsEndIsMarked() throws Exception {
        DrawnSvg svg = new DrawnSvg(
                TimelineFigure.of(MadeUpSweep.of(1, 2)).orElseThrow().drawing().svg());

        List<Mark> ends = svg.marks("line", "stroke", Palette.INK);

        // Amdahl with σ = 0.04 and 32 s on one: 32 s and 16.64 s.
        assertThat(ends).hasSize(2);
        assertThat(ends.get(0).x("x1")).isCloseTo(DrawnSvg.linear(svg.xTicks(), 32), within(0.05));
        assertThat(ends.get(1).x("x1")).isCloseTo(DrawnSvg.linear(svg.xTicks(), 16.64), within(0.05));
    }
}
