package org.sparkberry.job;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Result;
import org.sparkberry.estimate.Table;
import org.sparkberry.model.Course;
import org.sparkberry.model.Observation;
import org.sparkberry.model.galaxy.Conserved;
import org.sparkberry.model.galaxy.DensityGrid;
import org.sparkberry.model.galaxy.NBody;

/**
 * What is told of bodies' motion. Nothing of it is estimated from samples: it is what this run did, so standard errors
 * are 0. The measure of its error are the drifts, how far numbers that should not change have gone.
 */
final class GalaxyResult {
    private final NBody simulation;
    private final NBody.Settings settings;

    GalaxyResult(NBody simulation, NBody.Settings settings) {
        this.simulation = simulation;
        this.settings = settings;
    }

    /** Estimates and tables; trials are steps. */
    Result of(Course course) {
        List<Observation> observations = course.series(NBody.CONSERVED);
        List<Conserved> moments = new ArrayList<>();
        for (Observation observation : observations) {
            moments.add(Conserved.of(observation.numbers()));
        }
        return new Result(
                settings.steps(),
                estimates(moments),
                List.of(
                        settings(),
                        drift(observations, moments),
                        density(course.series(NBody.DENSITY)),
                        simulation.table("bodies", course.states())));
    }

    private static List<Estimate> estimates(List<Conserved> moments) {
        Conserved start = moments.get(0);
        Conserved end = moments.get(moments.size() - 1);
        return List.of(
                Estimate.exact("energy", end.energy()).withReference(start.energy()),
                Estimate.exact("energy.drift", end.energyDrift(start)),
                Estimate.exact("energy.drift.max", largest(moments, moment -> moment.energyDrift(start))),
                Estimate.exact("momentum.drift", largest(moments, moment -> moment.momentumDrift(start))),
                Estimate.exact(
                        "angular-momentum.drift", largest(moments, moment -> moment.angularMomentumDrift(start))),
                Estimate.exact("virial-ratio", virialRatio(moments)));
    }

    /** The mean over the second half of the outputs. */
    private static double virialRatio(List<Conserved> moments) {
        return moments.subList(moments.size() / 2, moments.size()).stream()
                .mapToDouble(Conserved::virialRatio)
                .average()
                .orElseThrow();
    }

    private Table settings() {
        return new Table(
                "settings",
                List.of(
                        Table.Column.real("gravity"),
                        Table.Column.real("softening"),
                        Table.Column.real("dt"),
                        Table.Column.whole("bodies")),
                List.of(List.of(settings.gravity(), settings.softening(), settings.dt(), (long) simulation.bodies())));
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
