package org.sparkberry.report;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.sparkberry.record.ColourScale;
import org.sparkberry.record.Layer;
import org.sparkberry.record.Layer.Mark;
import org.sparkberry.record.Panel;

/**
 * What one declared panel's axes and colours reach over; the same in all the panels that it stands for.
 *
 * @param x to the right
 * @param y upwards
 * @param colours of the first layer that numbers colour
 * @param colour the range of these colours, of what lies within the axes
 * @param grids of the heat maps
 */
record PanelScales(
        AxisScale x,
        AxisScale y,
        Optional<ColourScale> colours,
        Optional<AxisScale> colour,
        Map<Layer, HeatGrid> grids) {
    private static final double X_MARGIN = 0.02;
    private static final double Y_MARGIN = 0.06;

    /** Of an axis on which all numbers are the same. */
    private static final double LONE_MARGIN = 0.1;

    static PanelScales of(Panel panel, List<ChartData.Facet> facets, int wantedX, int wantedY) {
        List<Series> all =
                facets.stream().flatMap(facet -> facet.series().stream()).toList();
        Map<Layer, HeatGrid> grids = all.stream()
                .filter(series -> series.layer().mark() == Mark.HEAT_MAP)
                .collect(Collectors.collectingAndThen(
                        Collectors.groupingBy(Series::layer), byLayer -> byLayer.entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, entry -> HeatGrid.of(entry.getValue())))));
        Range x = new Range(panel.x().isLogarithmic(), panel.x().share());
        Range y = new Range(panel.y().isLogarithmic(), panel.y().share());
        for (Series series : all) {
            switch (series.layer().mark()) {
                case RULE -> x.add(series.drawn(0));
                case BARS -> {
                    x.add(series.drawn(0)).add(series.drawn(1));
                    y.add(series.drawn(2));
                    y.beginsAtZero = true;
                }
                case LINE, POINTS, HEAT_MAP -> {
                    x.add(series.drawn(0));
                    y.add(series.drawn(1));
                }
            }
        }
        y.isOfLines = all.stream()
                .allMatch(series ->
                        series.layer().mark() == Mark.LINE || series.layer().mark() == Mark.RULE);
        grids.values().forEach(grid -> {
            x.add(grid.x().low(), grid.x().high());
            y.add(grid.y().low(), grid.y().high());
        });
        AxisScale right = x.scale(grids.isEmpty() ? X_MARGIN : 0, wantedX);
        AxisScale up = y.scale(grids.isEmpty() ? Y_MARGIN : 0, wantedY);
        Range colour = new Range(false, 1);
        all.stream()
                .filter(Series::isColoured)
                .forEach(series -> colour.add(series.drawn()
                        .filter(row -> right.holds(series.column(0)[row]) && up.holds(series.column(1)[row]))
                        .mapToDouble(series::value)
                        .toArray()));
        if (colour.isEmpty()) {
            all.stream()
                    .filter(Series::isColoured)
                    .forEach(series ->
                            colour.add(series.drawn().mapToDouble(series::value).toArray()));
        }
        Optional<ColourScale> colours = all.stream()
                .flatMap(series -> series.layer().colours().stream())
                .findFirst();
        return new PanelScales(
                right,
                up,
                colours,
                colours.map(scale -> {
                    double low = scale.least().orElse(colour.low());
                    return new Range(scale.isLogarithmic(), 1)
                            .add(low, Math.max(low, colour.high()))
                            .scale(0, wantedY);
                }),
                grids);
    }

    private static final class Range {
        private final boolean isLogarithmic;
        private final double share;
        private double[] numbers = new double[0];
        private boolean beginsAtZero;
        private boolean isOfLines;

        /** @param share how much of the numbers, in their middle, it reaches over */
        Range(boolean isLogarithmic, double share) {
            this.isLogarithmic = isLogarithmic;
            this.share = share;
        }

        Range add(double... more) {
            numbers = DoubleStream.concat(Arrays.stream(numbers), Arrays.stream(more))
                    .filter(number -> !Double.isNaN(number))
                    .sorted()
                    .toArray();
            return this;
        }

        boolean isEmpty() {
            return numbers.length == 0;
        }

        double low() {
            return numbers[(int) ((1 - share) / 2 * numbers.length)];
        }

        double high() {
            return numbers[numbers.length - 1 - (int) ((1 - share) / 2 * numbers.length)];
        }

        AxisScale scale(double margin, int wanted) {
            double low = low();
            double high = high();
            if (isLogarithmic) {
                double factor = high > low ? Math.pow(high / low, margin) : 1 + LONE_MARGIN;
                return AxisScale.of(true, low / factor, high * factor, wanted);
            }
            double bottom = beginsAtZero ? Math.min(0, low) : low;
            double room = high > bottom ? margin * (high - bottom) : LONE_MARGIN * Math.max(Math.abs(high), 1);
            boolean isFoot = (beginsAtZero && bottom == 0) || (isOfLines && bottom >= 0 && bottom < room);
            return AxisScale.of(false, isFoot ? 0 : bottom - room, high + room, wanted);
        }
    }
}
