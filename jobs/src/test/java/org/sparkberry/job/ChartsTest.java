package org.sparkberry.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.estimate.Histogram;
import org.sparkberry.estimate.Quantiles;
import org.sparkberry.estimate.Result;
import org.sparkberry.estimate.Table;
import org.sparkberry.estimate.Table.Column;
import org.sparkberry.report.RunFigures;

/** Every figure of every job is drawn from tables with the columns that its job gives. */
class ChartsTest {
    @TempDir
    Path folder;

    @Test
    void gravitationalWavesOfAnyDetectors() {
        Result result = new Result(
                1,
                List.of(),
                List.of(
                        table("whitened", List.of("detector"), "seconds", "strain", "template"),
                        table("snr", List.of("detector"), "seconds", "snr"),
                        table("spectrum", List.of("detector"), "hertz", "strain"),
                        table("templates", List.of(), "mass.chirp", "mass.total", "snr.V1", "snr.network"),
                        table("refined", List.of(), "mass.chirp", "mass.total", "snr.network"),
                        table("background", List.of(), "snr.network", "rate", "rate.low", "rate.high")));

        RunFigures figures = RunFigures.write(folder, result, WaveCharts.all());

        assertThat(figures.failures()).isEmpty();
        assertThat(figures.names())
                .containsExactly("whitened-strain.png", "snr.png", "mass-plane.png", "spectrum.png", "background.png");
    }

    @Test
    void galaxies() {
        List<List<Object>> bodies = List.of(List.of(0L, 0L, 1.0, -1.0), List.of(1L, 1L, 2.0, 3.0));
        List<List<Object>> cells =
                List.of(List.of(0L, 0.0, 0.5, 0.5, 3L), List.of(0L, 0.0, 1.5, 2.5, 1L), List.of(1L, 2.0, 0.5, 0.5, 4L));
        Result result = new Result(
                1,
                List.of(),
                List.of(
                        table("drift", List.of(), "time", "kinetic", "potential", "energy", "energy.drift"),
                        new Table(
                                "density",
                                List.of(
                                        Column.whole("frame"),
                                        Column.real("time"),
                                        Column.real("x"),
                                        Column.real("y"),
                                        Column.whole("bodies")),
                                cells),
                        new Table(
                                "bodies",
                                List.of(
                                        Column.whole("body"),
                                        Column.whole("galaxy"),
                                        Column.real("x"),
                                        Column.real("y")),
                                bodies)));

        RunFigures figures = RunFigures.write(folder, result, GalaxyCharts.all());

        assertThat(figures.failures()).isEmpty();
        assertThat(figures.names()).containsExactly("frames.png", "energy-drift.png", "final.png");
    }

    @Test
    void valueAtRisk() {
        Histogram losses = new Histogram(-0.1, 0.1, 20);
        Quantiles quantiles = new Quantiles(14, 1e-6);
        for (int i = 0; i < 2000; i++) {
            double loss = -0.08 + 0.16 * i / 2000;
            losses.add(loss);
            quantiles.add(loss);
        }
        Result result = new Result(
                2000,
                List.of(quantiles.quantile("value-at-risk.95", 0.95), quantiles.quantile("value-at-risk.99", 0.99)),
                List.of(losses.table("losses")));

        RunFigures figures = RunFigures.write(folder, result, new ValueAtRisk().charts());

        assertThat(figures.failures()).isEmpty();
        assertThat(figures.names()).containsExactly("losses.png");
    }

    /** Three rows for each of two detectors, of numbers above 0. */
    private static Table table(String name, List<String> texts, String... reals) {
        List<Column> columns = new ArrayList<>();
        texts.forEach(text -> columns.add(Column.text(text)));
        for (String real : reals) {
            columns.add(Column.real(real));
        }
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            List<Object> row = new ArrayList<>();
            for (int column = 0; column < columns.size(); column++) {
                row.add(column < texts.size() ? (Object) (i < 3 ? "V1" : "K1") : (Object) (1.0 + i % 3 + column));
            }
            rows.add(row);
        }
        return new Table(name, columns, rows);
    }
}
