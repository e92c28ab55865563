package org.sparkberry.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkberry.report.DrawnSvg.Mark;

class RunOrderFigureTest {
    /** The baseline's counted runs, from one sweep in which only they drift: 10, 20, 30 s one minute apart. */
    @Test
    void aRunStandsAtItsMinuteAndItsMultipleOfTheMedian() throws Exception {
        ReportContent content = MadeUpSweep.withRuns(List.of(
                MadeUpSweep.run(1, 1, 0, 2, 0, 10, true),
                MadeUpSweep.run(2, 1, 0, 2, 60, 20, true),
                MadeUpSweep.run(3, 1, 0, 2, 120, 30, true)));

        DrawnSvg svg =
                new DrawnSvg(RunOrderFigure.of(content).orElseThrow().drawing().svg());

        // The median is 20 s: 0.5, 1 and 1.5 times.
        List<Mark> dots = svg.marks("circle", "fill", Palette.BLUE);
        for (int i = 0; i < 3; i++) {
            assertThat(dots.get(i).x("cx")).isCloseTo(DrawnSvg.linear(svg.xTicks(), i), within(0.05));
            assertThat(dots.get(i).y("cy")).isCloseTo(DrawnSvg.linear(svg.yTicks(), 0.5 + 0.5 * i), within(0.05));
        }
    }
}
