package org.sparkberry.job;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Moments;
import org.sparkberry.estimate.Result;
import org.sparkberry.estimate.Table;
import org.sparkberry.model.Course;
import org.sparkberry.model.Observation;
import org.sparkberry.model.galaxy.Conserved;
import org.sparkberry.model.galaxy.DensityGrid;
import org.sparkberry.model.galaxy.NBody;
import org.sparkberry.record.BadInput;

/**
 * What is told of bodies' motion. A drift is how far a number that should not change has gone: it is itself the measure
 * of an error, and exact, so its standard error is 0.
 */
final class GalaxyResult {
    /** The second half of the run in so many parts: their means scatter as that of the whole does. */
    private static final int PARTS = 10;

    private final NBody simulation;
    private final NBody.Settings settings;

    GalaxyResult(NBody simulation, NBody.Settings settings) {
        this.simulation = simulation;
        this.settings = settings;
    }

    /**
     * Estimates and tables; trials are steps.
     *
     * @throws BadInput if the bodies' numbers ended to be numbers
     */
    Result of(Course course) {
        List<Observation> observations = course.series(NBody.CONSERVED);
        List<Conserved> moments = new ArrayList<>();
        for (Observation observation : observations) {
            Conserved moment = Conserved.of(observation.numbers());
            if (!moment.isFinite()) {
                throw new BadInput("--dt: the energy is no number any more after step " + observation.step()
                        + ": bodies came too close for such steps; set --dt smaller, or --softening higher");
            }
            moments.add(moment);
        }
        return new Result(
                settings.steps(),
                estimates(moments),
                List.of(
                        drift(observations, moments),
                        density(course.series(NBody.DENSITY)),
                        simulation.table("bodies", course.states())));
    }

    private static List<Estimate> estimates(List<Conserved> moments) {
        Conserved start = moments.get(0);
        Conserved end = moments.get(moments.size() - 1);
        return List.of(
                energy(moments).withReference(start.energy()),
                exact("energy.drift", end.energyDrift(start)),
                exact("energy.drift.max", largest(moments, moment -> moment.energyDrift(start))),
                exact("momentum.drift", largest(moments, moment -> moment.momentumDrift(start))),
                exact("angular-momentum.drift", largest(moments, moment -> moment.angularMomentumDrift(start))),
                virialRatio(moments));
    }

    /** At the end; the interval is that of all outputs. What the drift is, no statistics tell: the error is not known. */
    private static Estimate energy(List<Conserved> moments) {
        double low = moments.stream().mapToDouble(Conserved::energy).min().orElseThrow();
        double high = moments.stream().mapToDouble(Conserved::energy).max().orElseThrow();
        return new Estimate("energy", moments.get(moments.size() - 1).energy(), Double.NaN, low, high, 0, null);
    }

    /** The mean over the second half of the outputs, with an error from the means of its parts. */
    private static Estimate virialRatio(List<Conserved> moments) {
        int second = moments.size() - moments.size() / 2;
        int length = Math.max(1, second / PARTS);
        Moments means = new Moments();
        for (int part = Math.min(PARTS, second); part > 0; part--) {
            int from = moments.size() - part * length;
            double sum = 0;
            for (Conserved moment : moments.subList(from, from + length)) {
                sum += moment.virialRatio();
            }
            means.add(sum / length);
        }
        return means.estimate("virial-ratio");
    }

    private static Estimate exact(String name, double value) {
        return new Estimate(name, value, 0, value, value, 0, null);
    }

    private static double largest(List<Conserved> moments, ToDoubleFunction<Conserved> drift) {
        return moments.stream().mapToDouble(drift).max().orElseThrow();
    }

    private Table drift(List<Observation> observations, List<Conserved> moments) {
        List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.whole("step")));
        for (String name : List.of(
                "time",
                "kinetic",
                "potential",
                "energy",
                "energy.drift",
                "momentum.x",
                "momentum.y",
                "momentum.z",
                "angular-momentum.x",
                "angular-momentum.y",
                "angular-momentum.z",
                "virial-ratio")) {
            columns.add(Table.Column.real(name));
        }
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < moments.size(); i++) {
            Conserved moment = moments.get(i);
            long step = observations.get(i).step();
            rows.add(List.of(
                    step,
                    step * settings.dt(),
                    moment.kinetic(),
                    moment.potential(),
                    moment.energy(),
                    moment.energyDrift(moments.get(0)),
                    moment.momentum()[0],
                    moment.momentum()[1],
                    moment.momentum()[2],
                    moment.angularMomentum()[0],
                    moment.angularMomentum()[1],
                    moment.angularMomentum()[2],
                    moment.virialRatio()));
        }
        return new Table("drift", columns, rows);
    }

    /** The cells in which bodies are, frame by frame; x and y are a cell's middle. */
    private Table density(List<Observation> frames) {
        DensityGrid grid = simulation.grid();
        List<List<Object>> rows = new ArrayList<>();
        for (int frame = 0; frame < frames.size(); frame++) {
            double[] counts = frames.get(frame).numbers();
            double time = frames.get(frame).step() * settings.dt();
            for (int cell = 0; cell < counts.length; cell++) {
                if (counts[cell] > 0) {
                    rows.add(List.of(
                            (long) frame + 1,
                            time,
                            grid.x(cell % DensityGrid.CELLS),
                            grid.y(cell / DensityGrid.CELLS),
                            (long) counts[cell],
                            grid.side()));
                }
            }
        }
        return new Table(
                "density",
                List.of(
                        Table.Column.whole("frame"),
                        Table.Column.real("time"),
                        Table.Column.real("x"),
                        Table.Column.real("y"),
                        Table.Column.whole("bodies"),
                        Table.Column.real("cell")),
                rows);
    }
}
