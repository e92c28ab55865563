package org.sparkberry.job;

import java.util.List;
import org.sparkberry.dataflow.Tables;
import org.sparkberry.model.galaxy.Bodies;
import org.sparkberry.model.galaxy.DiskEncounter;
import org.sparkberry.model.galaxy.NBody;
import org.sparkberry.model.galaxy.PlummerSphere;
import org.sparkberry.random.Streams;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Chart;

/**
 * Gravity: bodies that attract each other, from one galaxy's stars to the solar system. The work is proportional to the
 * steps, and to the square of the number of bodies; so a sweep sets the steps, and a weak one lets every executor added
 * compute as many steps more of the same bodies.
 */
public final class Galaxy implements Job {
    private static final long MOST_STEPS = 1_000_000_000;
    private static final Option<Long> STEPS =
            Option.whole("steps", "N", 1, MOST_STEPS, "600", "how many steps in time");
    private static final Option<Long> BODIES =
            Option.whole("bodies", "N", 4, 1_000_000, "8000", "how many bodies; the work grows with their square");
    private static final Option<String> START = Option.text(
            "start",
            "plummer|encounter|FILE.csv",
            "encounter",
            "a cluster in equilibrium, two disk galaxies that meet, or a file with columns mass,x,y,z,vx,vy,vz");
    private static final Option<Double> DT = Option.real(
            "dt",
            "TIME",
            1e-100,
            1e100,
            null,
            "a step's time, in the units of the start (default: 0.015 for encounter, 0.01 for plummer)");
    private static final Option<Double> SOFTENING = Option.real(
            "softening",
            "LENGTH",
            0,
            1e100,
            null,
            "distance below which attraction weakens (default: 0.15 for encounter, 0.02 for plummer, 0 for a file)");
    private static final Option<Double> GRAVITY =
            Option.real("gravity", "G", 1e-100, 1e100, "1", "constant of gravity, in the units of the file of bodies");
    private static final Option<Long> OUTPUT = Option.whole(
            "output", "STEPS", 1, MOST_STEPS, "10", "energy, momentum and angular momentum are computed so often");
    private static final Option<Long> SNAPSHOT = Option.whole(
            "snapshot", "STEPS", 0, MOST_STEPS, "0", "all bodies are written so often, and at the end; 0 for never");

    /** Rows of energies, and files of bodies: what is more is a slip of the keyboard. */
    private static final long MOST_OUTPUTS = 100_000;

    private static final long MOST_SNAPSHOTS = 10_000;

    private record Defaults(double dt, double softening) {}

    private static final Defaults ENCOUNTER = new Defaults(0.015, 0.15);
    private static final Defaults PLUMMER = new Defaults(0.01, 0.02);

    @Override
    public String name() {
        return "galaxy";
    }

    @Override
    public String summary() {
        return "bodies that attract each other: galaxies that meet, a star cluster, the solar system";
    }

    @Override
    public Pattern pattern() {
        return Pattern.BROADCAST;
    }

    @Override
    public Option<Long> size() {
        return STEPS;
    }

    /** Step 0, which every run has beside the others, is then little beside them. */
    @Override
    public long blockSize() {
        return 20;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(START, BODIES, DT, SOFTENING, GRAVITY, OUTPUT, SNAPSHOT);
    }

    @Override
    public List<Chart> charts() {
        return GalaxyCharts.all();
    }

    @Override
    public Experiment prepare(Parameters parameters, Tables tables) {
        String start = parameters.get(START);
        return switch (start) {
            case "encounter" -> {
                NBody.Settings settings = generated(parameters, start, ENCOUNTER);
                yield experiment(
                        DiskEncounter.bodies(count(parameters), settings.softening(), streams(parameters)), settings);
            }
            case "plummer" -> {
                NBody.Settings settings = generated(parameters, start, PLUMMER);
                yield experiment(PlummerSphere.bodies(count(parameters), streams(parameters)), settings);
            }
            default -> {
                if (!start.matches(".*[./].*")) {
                    throw new BadInput("--start: must be plummer, encounter or a file of bodies (such as"
                            + " bodies.csv), not '" + start + "'");
                }
                if (parameters.isGiven(BODIES)) {
                    throw new BadInput("--bodies: the file says how many there are; leave it out");
                }
                NBody.Settings settings = settings(
                        parameters,
                        parameters
                                .find(DT)
                                .orElseThrow(() -> new BadInput("--dt is missing: give the time of a step, in"
                                        + " the units of the file, such as a thousandth of the shortest orbit")),
                        parameters.find(SOFTENING).orElse(0.0));
                yield experiment(BodiesFile.read(tables, start, settings.softening()), settings);
            }
        };
    }

    private static Experiment experiment(Bodies bodies, NBody.Settings settings) {
        NBody simulation = new NBody(bodies, settings);
        return dataflow -> {
            try {
                return new GalaxyResult(simulation, settings).of(dataflow.simulate(simulation));
            } catch (ArithmeticException e) {
                throw new BadInput(
                        "--dt: " + e.getMessage() + ": bodies came too close for such steps; set --dt smaller, or"
                                + " --softening higher",
                        e);
            }
        };
    }

    private static NBody.Settings generated(Parameters parameters, String start, Defaults defaults) {
        if (parameters.isGiven(GRAVITY)) {
            throw new BadInput("--gravity: is 1 in the units of " + start + "; leave it out");
        }
        return settings(
                parameters,
                parameters.find(DT).orElse(defaults.dt()),
                parameters.find(SOFTENING).orElse(defaults.softening()));
    }

    private static NBody.Settings settings(Parameters parameters, double dt, double softening) {
        NBody.Settings settings = new NBody.Settings(
                parameters.get(GRAVITY),
                softening,
                dt,
                parameters.get(STEPS),
                parameters.get(OUTPUT),
                parameters.get(SNAPSHOT));
        if (settings.steps() / settings.output() > MOST_OUTPUTS) {
            throw new BadInput("--output: every " + settings.output() + " of " + settings.steps()
                    + " steps is more than " + MOST_OUTPUTS + " times; set it higher");
        }
        if (settings.snapshot() > 0 && settings.steps() / settings.snapshot() > MOST_SNAPSHOTS) {
            throw new BadInput("--snapshot: every " + settings.snapshot() + " of " + settings.steps()
                    + " steps is more than " + MOST_SNAPSHOTS + " files; set it higher");
        }
        return settings;
    }

    private Streams streams(Parameters parameters) {
        return parameters.streams(this);
    }

    private static int count(Parameters parameters) {
        return Math.toIntExact(parameters.get(BODIES));
    }
}
