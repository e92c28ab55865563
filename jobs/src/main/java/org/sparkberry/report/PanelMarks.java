package org.sparkberry.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import org.sparkberry.report.PanelDrawing.Frame;

/** Draws the marks of one panel. */
final class PanelMarks {
    private static final double LINE_PIXELS = 1.5;
    private static final double FAINT_PIXELS = 0.9;
    private static final double BAR_OPACITY = 0.45;
    private static final int FEW_POINTS = 300;
    private static final double LARGEST_DOT = 6;
    private static final double SMALLEST_DOT = 1.4;
    private static final double FAINT_OPACITY = 0.35;

    private final Markup svg;
    private final Frame frame;
    private final PanelScales scales;
    private final Ground ground;
    private final Map<String, String> colours;

    /** @param colours of series, by their keys */
    PanelMarks(Markup svg, Frame frame, PanelScales scales, Ground ground, Map<String, String> colours) {
        this.svg = svg;
        this.frame = frame;
        this.scales = scales;
        this.ground = ground;
        this.colours = colours;
    }

    private double x(double value) {
        return frame.left() + scales.x().share(value) * frame.width();
    }

    private double y(double value) {
        return frame.bottom() - scales.y().share(value) * frame.height();
    }

    void draw(Series series) {
        String colour =
                series.layer().isFaint() ? ground.muted() : colours.getOrDefault(series.key(), ground.series(0));
        switch (series.layer().mark()) {
            case LINE -> line(series, colour);
            case POINTS -> points(series, colour);
            case BARS -> bars(series, colour);
            case HEAT_MAP -> cells(series);
            case RULE ->
                svg.element(
                        "line",
                        "x1",
                        x(series.column(0)[0]),
                        "y1",
                        frame.top(),
                        "x2",
                        x(series.column(0)[0]),
                        "y2",
                        frame.bottom(),
                        "stroke",
                        colour,
                        "stroke-width",
                        LINE_PIXELS);
        }
    }

    private void line(Series series, String colour) {
        StringBuilder path = new StringBuilder();
        boolean on = false;
        for (int row = 0; row < series.rows(); row++) {
            if (series.has(row)) {
                path.append(on ? 'L' : 'M')
                        .append(Markup.pixels(x(series.column(0)[row])))
                        .append(' ')
                        .append(Markup.pixels(y(series.column(1)[row])));
            }
            on = series.has(row);
        }
        svg.element(
                "path",
                "d",
                path.toString(),
                "fill",
                "none",
                "stroke",
                colour,
                "stroke-width",
                series.layer().isFaint() ? FAINT_PIXELS : LINE_PIXELS,
                "stroke-linejoin",
                "round");
    }

    /** Dots as short lines with round ends: one path for each colour, the greatest numbers above the others. */
    private void points(Series series, String colour) {
        int[] rows = series.drawn().toArray();
        boolean coloured = series.isColoured();
        if (coloured) {
            rows = Arrays.stream(rows)
                    .boxed()
                    .sorted(Comparator.comparingDouble(series::value))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        double size = rows.length <= FEW_POINTS
                ? LARGEST_DOT
                : Math.max(SMALLEST_DOT, LARGEST_DOT * Math.sqrt((double) FEW_POINTS / rows.length));
        StringBuilder path = new StringBuilder();
        String before = "";
        for (int row : rows) {
            String here = coloured ? colour(series, row) : colour;
            if (!here.equals(before)) {
                dots(path, before, size, series.layer().isFaint() ? FAINT_OPACITY : 1);
            }
            before = here;
            path.append('M')
                    .append(Markup.pixels(x(series.column(0)[row])))
                    .append(' ')
                    .append(Markup.pixels(y(series.column(1)[row])))
                    .append("h.01");
        }
        dots(path, before, size, series.layer().isFaint() ? FAINT_OPACITY : 1);
    }

    private void dots(StringBuilder path, String colour, double size, double opacity) {
        if (!path.isEmpty()) {
            svg.element(
                    "path",
                    "d",
                    path.toString(),
                    "fill",
                    "none",
                    "stroke",
                    colour,
                    "stroke-width",
                    size,
                    "stroke-opacity",
                    opacity,
                    "stroke-linecap",
                    "round");
            path.setLength(0);
        }
    }

    private String colour(Series series, int row) {
        AxisScale scale = scales.colour().orElseThrow();
        return ColourRamp.of(series.layer().colours().orElseThrow().map()).hexAt(scale.share(series.value(row)));
    }

    private void bars(Series series, String colour) {
        StringBuilder path = new StringBuilder();
        double foot = scales.y().isLogarithmic() ? frame.bottom() : y(0);
        for (int row = 0; row < series.rows(); row++) {
            if (series.has(row)) {
                path.append('M')
                        .append(Markup.pixels(x(series.column(0)[row])))
                        .append(' ')
                        .append(Markup.pixels(foot))
                        .append('V')
                        .append(Markup.pixels(y(series.column(2)[row])))
                        .append('H')
                        .append(Markup.pixels(x(series.column(1)[row])))
                        .append('V')
                        .append(Markup.pixels(foot))
                        .append('Z');
            }
        }
        svg.element("path", "d", path.toString(), "fill", colour, "fill-opacity", BAR_OPACITY);
    }

    private void cells(Series series) {
        HeatGrid grid = scales.grids().get(series.layer());
        if (grid == null) {
            throw new IllegalStateException("a heat map without a grid");
        }
        ColourRamp ramp = ColourRamp.of(series.layer().colours().orElseThrow().map());
        double left = x(grid.x().low());
        double top = y(grid.y().high());
        svg.element(
                "image",
                "x",
                left,
                "y",
                top,
                "width",
                x(grid.x().high()) - left,
                "height",
                y(grid.y().low()) - top,
                "preserveAspectRatio",
                "none",
                "image-rendering",
                "pixelated",
                "href",
                HeatGrid.dataUri(grid.image(series, scales.colour().orElseThrow(), ramp)));
    }
}
