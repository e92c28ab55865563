package org.sparkberry.model.galaxy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.sparkberry.estimate.Table;
import org.sparkberry.model.Kernels;
import org.sparkberry.model.Observation;
import org.sparkberry.model.Simulation;

/**
 * Bodies that attract each other, by the sum over all pairs: d²rᵢ/dt² = G Σⱼ mⱼ(rⱼ − rᵢ)/(|rⱼ − rᵢ|² + ε²)^(3/2), with
 * Plummer's softening ε (Aarseth 1963, doi:10.1093/mnras/126.3.223). Time goes on by the leapfrog, kick-drift-kick:
 * half of a step's change of velocity, the whole change of place, the forces there, the other half. It is symplectic,
 * the same backwards, and its error falls as dt². Step 0 computes the forces at the start, and no time passes.
 *
 * <p>Every body sees the places of all others, so a block's share is to be sent to all machines in every step. A body's
 * sum runs over all others in their order: the bits do not depend on how many bodies a block holds.
 */
public final class NBody implements Simulation {
    private static final long serialVersionUID = 1;

    /** 8000 bodies are 250 blocks, enough for 40 Raspberry Pis of 4 cores. */
    public static final int BODIES_PER_BLOCK = 32;

    /** {@link Conserved} numbers, every so many steps and at the end. */
    public static final String CONSERVED = "energy";

    /** The {@link DensityGrid}'s counts, in its frames. */
    public static final String DENSITY = "density";

    private static final Supplier<GravityKernel> KERNEL =
            Kernels.choose(GravityKernel.class, new GravityScalar(), NBody::rehearse);

    private final Bodies start;
    private final Settings settings;
    private final int bodiesPerBlock;
    private final DensityGrid grid;

    /**
     * How to compute, in the units of the bodies.
     *
     * @param gravity G, above 0
     * @param softening ε, a length, 0 or above
     * @param dt the time of a step
     * @param steps how many
     * @param output after how many steps energy and momentum are computed, at least 1
     * @param snapshot after how many steps all bodies are kept; 0 for never
     */
    public record Settings(double gravity, double softening, double dt, long steps, long output, long snapshot)
            implements Serializable {}

    public NBody(Bodies start, Settings settings) {
        this(start, settings, BODIES_PER_BLOCK);
    }

    NBody(Bodies start, Settings settings, int bodiesPerBlock) {
        this.start = start;
        this.settings = settings;
        this.bodiesPerBlock = bodiesPerBlock;
        this.grid = DensityGrid.around(start);
    }

    /** How many bodies there are. */
    public int bodies() {
        return start.count();
    }

    /** Where the bodies are counted. */
    public DensityGrid grid() {
        return grid;
    }

    @Override
    public int blocks() {
        return (start.count() - 1) / bodiesPerBlock + 1;
    }

    @Override
    public long steps() {
        return settings.steps();
    }

    @Override
    public double[] initial(int block) {
        int from = block * bodiesPerBlock;
        return BlockState.of(start, from, Math.min(from + bodiesPerBlock, start.count()));
    }

    @Override
    public double[] shown(int block, double[] state, long step) {
        int count = BlockState.bodies(state);
        double[] shown = new double[(BlockState.MASS + 1) * count];
        System.arraycopy(state, BlockState.MASS * count, shown, BlockState.MASS * count, count);
        double dt = step == 0 ? 0 : settings.dt();
        for (int i = 0; i < BlockState.MASS * count; i++) {
            shown[i] = Math.fma(halfway(state, count, i, dt), dt, state[i]);
        }
        return shown;
    }

    @Override
    public double[] step(int block, long step, double[] state, double[][] shown) {
        return step(block, step, state, shown, KERNEL.get());
    }

    double[] step(int block, long step, double[] state, double[][] shown, GravityKernel kernel) {
        int count = BlockState.bodies(state);
        double[] sums = new double[4 * count];
        double softeningSquared = settings.softening() * settings.softening();
        for (int other = 0; other < shown.length; other++) {
            kernel.add(shown[block], shown[other], other == block, softeningSquared, sums);
        }
        double[] next = new double[state.length];
        System.arraycopy(shown[block], 0, next, 0, shown[block].length);
        double dt = step == 0 ? 0 : settings.dt();
        for (int i = 0; i < BlockState.MASS * count; i++) {
            double acceleration = settings.gravity() * sums[i];
            next[BlockState.AX * count + i] = acceleration;
            next[BlockState.VX * count + i] = Math.fma(acceleration, 0.5 * dt, halfway(state, count, i, dt));
        }
        System.arraycopy(sums, 3 * count, next, BlockState.DEPTH * count, count);
        return next;
    }

    /** A velocity in the middle of the step. */
    private static double halfway(double[] state, int count, int i, double dt) {
        return Math.fma(state[BlockState.AX * count + i], 0.5 * dt, state[BlockState.VX * count + i]);
    }

    /**
     * {@inheritDoc}
     *
     * @throws ArithmeticException if the energy is no finite number any more
     */
    @Override
    public List<Observation> observe(long step, List<double[]> states) {
        List<Observation> observations = new ArrayList<>();
        if (step % settings.output() == 0 || step == settings.steps()) {
            Conserved conserved = Conserved.of(states, settings.gravity());
            if (!conserved.isFinite()) {
                throw new ArithmeticException("the energy is no number any more after step " + step);
            }
            observations.add(new Observation(CONSERVED, step, conserved.numbers()));
        }
        if (DensityGrid.isFrame(step, settings.steps())) {
            observations.add(new Observation(DENSITY, step, grid.count(states)));
        }
        return observations;
    }

    @Override
    public Optional<Table> snapshot(long step, List<double[]> states) {
        long every = settings.snapshot();
        return every > 0 && (step % every == 0 || step == settings.steps())
                ? Optional.of(table(String.format(Locale.ROOT, "snapshot-%08d", step), states))
                : Optional.empty();
    }

    /** All bodies in a state, a row each. */
    public Table table(String name, List<double[]> states) {
        List<Table.Column> columns = List.of(
                Table.Column.whole("body"),
                Table.Column.whole("galaxy"),
                Table.Column.real("mass"),
                Table.Column.real("x"),
                Table.Column.real("y"),
                Table.Column.real("z"),
                Table.Column.real("vx"),
                Table.Column.real("vy"),
                Table.Column.real("vz"));
        int[] order = {
            BlockState.MASS,
            BlockState.X,
            BlockState.X + 1,
            BlockState.X + 2,
            BlockState.VX,
            BlockState.VX + 1,
            BlockState.VX + 2
        };
        List<List<Object>> rows = new ArrayList<>();
        for (double[] state : states) {
            int count = BlockState.bodies(state);
            for (int i = 0; i < count; i++) {
                int body = rows.size();
                List<Object> row = new ArrayList<>(List.of((long) body + 1, (long) start.galaxy()[body]));
                for (int quantity : order) {
                    row.add(state[quantity * count + i]);
                }
                rows.add(row);
            }
        }
        return new Table(name, columns, rows);
    }

    private static void rehearse(GravityKernel kernel) {
        double[] group = new double[4 * BODIES_PER_BLOCK];
        for (int i = 0; i < group.length; i++) {
            group[i] = i * 0.01;
        }
        kernel.add(group, group, false, 1, new double[group.length]);
        kernel.add(group, group, true, 1, new double[group.length]);
    }
}
