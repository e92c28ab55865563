package org.sparkberry.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkberry.report.DrawnSvg.Mark;

class TimeFigureTest {
    @Test
    void aPartIsAsHighAsItsCoreSecondsAndPartsThatAreAlwaysZeroAreLeftOut() throws Exception {
        DrawnSvg svg = new DrawnSvg(
                TimeFigure.of(MadeUpSweep.of(1, 2, 4)).orElseThrow().drawing().svg());
        Map<Double, Double> y = svg.yTicks();

        // Made up: 30 core-seconds of computing at every point, standing on the ground.
        List<Mark> computing = svg.marks("rect", "fill", Palette.BLUE).stream()
                .filter(bar -> bar.number("width") > 30)
                .toList();
        assertThat(computing).hasSize(3);
        for (Mark bar : computing) {
            assertThat(bar.y("y")).isCloseTo(DrawnSvg.linear(y, 30), within(0.05));
            assertThat(bar.y("y") + bar.number("height")).isCloseTo(DrawnSvg.linear(y, 0), within(0.05));
        }
        assertThat(svg.texts()).contains("computing", "driver alone").doesNotContain("shuffle");
    }
}
