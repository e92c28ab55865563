package org.sparkberry.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ChartTest {
    private static final Axis X = Axis.linear("x (m)");
    private static final Layer LINE = Layer.line("table", "x", "y");
    private static final ColourScale HEAT = ColourScale.linear("v", "heat (K)");

    @Test
    void whatCannotBeDrawnCannotBeDeclared() {
        assertRefused(() -> Chart.of("../up", "", "", Panel.of(X, X, LINE)), "lower-case letters");
        assertRefused(() -> Chart.of("empty", "", ""), "chart empty has no panels");
        assertRefused(() -> Chart.of("wide", "", "", Panel.of(X, X, LINE)).inColumns(0), "1 to 12 columns, not 0");
        assertRefused(() -> Panel.of(X, X).titled("none"), "has no layers");
        assertRefused(() -> Panel.of(Axis.logarithmic("x"), X, LINE).toScale(), "to scale with a logarithmic axis");
        assertRefused(
                () -> Panel.of(Axis.logarithmic("x"), X, Layer.heatMap("table", "x", "y", HEAT)), "need linear axes");
        assertRefused(() -> X.overShare(0), "above 0 and at most 1: 0.0");
        assertRefused(() -> X.overShare(Double.NaN), "above 0 and at most 1: NaN");
        assertRefused(() -> LINE.coloured(HEAT), "LINE of table cannot be coloured by numbers");
        assertRefused(
                () -> Layer.points("table", "x", "y").coloured(HEAT).by("who"), "POINTS of table cannot be parted");
    }

    @Test
    void eachFurtherWordChangesOnlyWhatItSays() {
        Chart chart = Chart.of(
                        "a",
                        "b",
                        "c",
                        Panel.of(X, X, LINE.named("n").where("who", "H1"))
                                .titled("t")
                                .forEach("k"))
                .inColumns(3)
                .onBlack();

        assertThat(chart.columns()).isEqualTo(3);
        assertThat(chart.isDark()).isTrue();
        Panel panel = chart.panels().get(0);
        assertThat(panel.title()).isEqualTo("t");
        assertThat(panel.each()).contains("k");
        Layer layer = panel.layers().get(0);
        assertThat(layer.legend()).isEqualTo("n");
        assertThat(layer.filter()).contains(new Layer.Filter("who", "H1"));
        assertThat(layer.columns()).isEqualTo(List.of("x", "y"));
    }

    private static void assertRefused(ThrowingCallable declaration, String words) {
        assertThatThrownBy(declaration)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }
}
