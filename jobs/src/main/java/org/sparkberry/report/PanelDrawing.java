package org.sparkberry.report;

import java.util.List;
import java.util.Map;
import org.sparkberry.record.Panel;

/** Draws one panel: its axes and what is between them. */
final class PanelDrawing {
    static final double TEXT_PIXELS = 12;
    static final double TICK_PIXELS = 4;
    static final double LABEL_GAP = 7;
    /** From the baseline of the x labels to the frame, and of the x axis's name to that of the labels. */
    static final double X_LABEL_DROP = 17;

    static final double X_NAME_DROP = 19;

    private final Panel panel;
    private final PanelScales scales;
    private final Ground ground;
    private final Map<String, String> colours;

    /** @param colours of series, by their keys */
    PanelDrawing(Panel panel, PanelScales scales, Ground ground, Map<String, String> colours) {
        this.panel = panel;
        this.scales = scales;
        this.ground = ground;
        this.colours = colours;
    }

    /** A rectangle on paper. */
    record Frame(double left, double top, double width, double height) {
        double right() {
            return left + width;
        }

        double bottom() {
            return top + height;
        }
    }

    /**
     * @param clip the id of the clipping path, unique in the file
     * @param namesY whether the y axis has labels
     * @param namesX whether the x axis has labels
     */
    void draw(Markup svg, Frame frame, List<Series> series, String clip, boolean namesY, boolean namesX) {
        svg.element(
                "rect",
                "x",
                frame.left,
                "y",
                frame.top,
                "width",
                frame.width,
                "height",
                frame.height,
                "fill",
                ground.frame());
        boolean isMap = !scales.grids().isEmpty();
        if (!isMap) {
            grid(svg, frame);
        }
        svg.open("clipPath", "id", clip)
                .element("rect", "x", frame.left, "y", frame.top, "width", frame.width, "height", frame.height)
                .close("clipPath");
        svg.open("g", "clip-path", "url(#" + clip + ")");
        PanelMarks marks = new PanelMarks(svg, frame, scales, ground, colours);
        series.forEach(marks::draw);
        svg.close("g");
        axes(svg, frame, isMap, namesY, namesX);
    }

    private double x(Frame frame, double value) {
        return frame.left + scales.x().share(value) * frame.width;
    }

    private double y(Frame frame, double value) {
        return frame.bottom() - scales.y().share(value) * frame.height;
    }

    private void grid(Markup svg, Frame frame) {
        for (double value : scales.x().minor()) {
            upright(svg, frame, x(frame, value), ground.grid(), 0.4);
        }
        for (double value : scales.y().minor()) {
            level(svg, frame, y(frame, value), ground.grid(), 0.4);
        }
        scales.x().ticks().forEach(tick -> upright(svg, frame, x(frame, tick.value()), ground.grid(), 1));
        scales.y().ticks().forEach(tick -> level(svg, frame, y(frame, tick.value()), ground.grid(), 1));
    }

    private static void upright(Markup svg, Frame frame, double x, String colour, double width) {
        svg.element(
                "line",
                "x1",
                x,
                "y1",
                frame.top,
                "x2",
                x,
                "y2",
                frame.bottom(),
                "stroke",
                colour,
                "stroke-width",
                width);
    }

    private static void level(Markup svg, Frame frame, double y, String colour, double width) {
        svg.element(
                "line",
                "x1",
                frame.left,
                "y1",
                y,
                "x2",
                frame.right(),
                "y2",
                y,
                "stroke",
                colour,
                "stroke-width",
                width);
    }

    private void axes(Markup svg, Frame frame, boolean isMap, boolean namesY, boolean namesX) {
        if (isMap) {
            svg.element(
                    "rect",
                    "x",
                    frame.left,
                    "y",
                    frame.top,
                    "width",
                    frame.width,
                    "height",
                    frame.height,
                    "fill",
                    "none",
                    "stroke",
                    ground.grid());
        } else {
            level(svg, frame, frame.bottom(), ground.muted(), 1);
            upright(svg, frame, frame.left, ground.muted(), 1);
        }
        for (AxisScale.Tick tick : scales.x().ticks()) {
            double x = x(frame, tick.value());
            svg.element(
                    "line",
                    "x1",
                    x,
                    "y1",
                    frame.bottom(),
                    "x2",
                    x,
                    "y2",
                    frame.bottom() + TICK_PIXELS,
                    "stroke",
                    ground.muted());
            if (namesX) {
                svg.words(x, frame.bottom() + X_LABEL_DROP, "middle", ground.muted(), TEXT_PIXELS, tick.label());
            }
        }
        for (AxisScale.Tick tick : scales.y().ticks()) {
            double y = y(frame, tick.value());
            svg.element(
                    "line",
                    "x1",
                    frame.left - TICK_PIXELS,
                    "y1",
                    y,
                    "x2",
                    frame.left,
                    "y2",
                    y,
                    "stroke",
                    ground.muted());
            if (namesY) {
                svg.words(
                        frame.left - LABEL_GAP,
                        y + 0.35 * TEXT_PIXELS,
                        "end",
                        ground.muted(),
                        TEXT_PIXELS,
                        tick.label());
            }
        }
        if (namesX) {
            double down = frame.bottom() + X_LABEL_DROP + X_NAME_DROP;
            svg.words(
                    frame.left + frame.width / 2,
                    down,
                    "middle",
                    ground.ink(),
                    TEXT_PIXELS,
                    name(panel.x().label(), scales.x()));
        }
        if (namesY) {
            double left = frame.left - LABEL_GAP - TextWidth.widest(scales.y()) - 10;
            svg.holding(
                    "text",
                    name(panel.y().label(), scales.y()),
                    "transform",
                    "translate(" + Markup.pixels(left) + " " + Markup.pixels(frame.top + frame.height / 2)
                            + ") rotate(-90)",
                    "text-anchor",
                    "middle",
                    "fill",
                    ground.ink(),
                    "font-size",
                    TEXT_PIXELS);
        }
    }

    /** What an axis shows, with the factor of its labels. */
    static String name(String label, AxisScale scale) {
        return scale.factor().isEmpty() ? label : label + ", " + scale.factor();
    }
}
