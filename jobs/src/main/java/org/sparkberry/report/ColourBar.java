package org.sparkberry.report;

import org.sparkberry.record.ColourScale;
import org.sparkberry.report.PanelDrawing.Frame;

/** What the colours mean: a bar with all of them, and numbers beside it. */
final class ColourBar {
    private static final double GAP = 16;
    private static final double WIDTH = 12;
    /** From the labels to the baseline of what they are. */
    private static final double NAME_GAP = 16;

    private static final int STOPS = 17;

    private ColourBar() {}

    /** How much room it takes to the right of a panel. */
    static double room(AxisScale scale) {
        return GAP + WIDTH + PanelDrawing.LABEL_GAP + TextWidth.widest(scale) + NAME_GAP;
    }

    /**
     * Draws it to the right of the frame.
     *
     * @param id unique in the file
     */
    static void draw(Markup svg, Frame frame, ColourScale colours, AxisScale scale, Ground ground, String id) {
        ColourRamp ramp = ColourRamp.of(colours.map());
        svg.open("linearGradient", "id", id, "x1", 0, "y1", 1, "x2", 0, "y2", 0);
        for (int i = 0; i <= STOPS; i++) {
            double share = (double) i / STOPS;
            svg.element("stop", "offset", Double.toString(share), "stop-color", ramp.hexAt(share));
        }
        svg.close("linearGradient");
        double left = frame.right() + GAP;
        svg.element(
                "rect",
                "x",
                left,
                "y",
                frame.top(),
                "width",
                WIDTH,
                "height",
                frame.height(),
                "fill",
                "url(#" + id + ")",
                "stroke",
                ground.grid());
        double right = left + WIDTH;
        for (AxisScale.Tick tick : scale.ticks()) {
            double y = frame.bottom() - scale.share(tick.value()) * frame.height();
            svg.element(
                    "line",
                    "x1",
                    right,
                    "y1",
                    y,
                    "x2",
                    right + PanelDrawing.TICK_PIXELS,
                    "y2",
                    y,
                    "stroke",
                    ground.muted());
            svg.words(
                    right + PanelDrawing.LABEL_GAP,
                    y + 0.35 * PanelDrawing.TEXT_PIXELS,
                    "start",
                    ground.muted(),
                    PanelDrawing.TEXT_PIXELS,
                    tick.label());
        }
        double nameLeft = right + PanelDrawing.LABEL_GAP + TextWidth.widest(scale) + NAME_GAP;
        svg.holding(
                "text",
                PanelDrawing.name(colours.label(), scale),
                "transform",
                "translate(" + Markup.pixels(nameLeft) + " " + Markup.pixels(frame.top() + frame.height() / 2)
                        + ") rotate(-90)",
                "text-anchor",
                "middle",
                "fill",
                ground.ink(),
                "font-size",
                PanelDrawing.TEXT_PIXELS);
    }
}
