package org.sparkberry.job;

import java.util.List;
import org.sparkberry.record.Axis;
import org.sparkberry.record.Chart;
import org.sparkberry.record.ColourScale;
import org.sparkberry.record.Layer;
import org.sparkberry.record.Panel;

/** The figures of a simulation of galaxies. */
final class GalaxyCharts {
    /** Below 1, so that a lone body is not as black as none. */
    private static final double FAINTEST = 0.3;

    private static final Axis TIME = Axis.linear("time (units of the start)");

    private GalaxyCharts() {}

    static List<Chart> all() {
        return List.of(frames(), energy(), last());
    }

    private static Chart frames() {
        ColourScale bodies = ColourScale.logarithmic("bodies", "bodies in a cell")
                .in(ColourScale.Map.INFERNO)
                .from(FAINTEST);
        return Chart.of(
                        "frames",
                        "The bodies, seen from above",
                        "How many bodies stand in each cell of the plane, at equal steps of time. All frames have the"
                                + " same window and colours.",
                        Panel.of(
                                        Axis.linear("x (units of the start)"),
                                        Axis.linear("y (units of the start)"),
                                        Layer.heatMap("density", "x", "y", bodies))
                                .forEach("frame")
                                .titled("t = {time}")
                                .toScale())
                .inColumns(4)
                .onBlack();
    }

    private static Chart energy() {
        return Chart.of(
                "energy-drift",
                "What must not change",
                "The energy's error, relative to the energy at the start: it should stay small, not grow. Below it the"
                        + " energies themselves: what the bodies gain in motion they lose in height.",
                Panel.of(TIME, Axis.linear("relative energy error"), Layer.line("drift", "time", "energy.drift")),
                Panel.of(
                        TIME,
                        Axis.linear("energy (units of the start)"),
                        Layer.line("drift", "time", "kinetic").named("kinetic"),
                        Layer.line("drift", "time", "potential").named("potential"),
                        Layer.line("drift", "time", "energy").named("total")));
    }

    private static Chart last() {
        return Chart.of(
                        "final",
                        "The bodies at the end",
                        "A dot is a body; where there were several galaxies at the start, its colour says which it was"
                                + " of. A few that are far out are not shown.",
                        Panel.of(
                                        Axis.linear("x (units of the start)").overShare(0.99),
                                        Axis.linear("y (units of the start)").overShare(0.99),
                                        Layer.points("bodies", "x", "y")
                                                .by("galaxy")
                                                .named("galaxy"))
                                .toScale())
                .onBlack();
    }
}
