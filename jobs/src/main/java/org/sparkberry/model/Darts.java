package org.sparkberry.model;

import java.util.function.Supplier;
import org.sparkberry.estimate.Proportion;

/**
 * π by darts: the share of points, uniform in a square, that fall into its inscribed circle is π/4.
 *
 * <p>A dart is one draw of 64 bits, whose bits 38 to 63 and 1 to 26 are the column and the row of a grid of 2²⁶ × 2²⁶
 * cells over the square of side 2·2²⁶; the dart is at the cell's middle, whose x and y are odd whole numbers from −2²⁶ + 1
 * to 2²⁶ − 1. It hits if x² + y² < 2⁵²: doubles compute that without rounding. The grid changes the share by less than
 * 10⁻¹², which 10²³ darts would not show.
 */
public final class Darts implements Model<Proportion> {
    private static final long serialVersionUID = 1;

    static final int RADIUS = 1 << 26;
    /** Brings the column to bits 1 to 26; bit 0 is to be 1. */
    static final int COLUMN_SHIFT = 37;
    /** Leaves the row in bits 1 to 26; bit 0 is to be 1. */
    static final long ROW_MASK = 2 * RADIUS - 1;

    private static final Supplier<DartsKernel> KERNEL = Kernels.choose(
            DartsKernel.class, new DartsScalar(), kernel -> kernel.hits(new long[4 * Kernels.LANES], 32));

    @Override
    public Proportion estimator() {
        return new Proportion();
    }

    @Override
    public void compute(Block block, Proportion proportion) {
        proportion.add(hits(block, KERNEL.get()), block.trials());
    }

    static long hits(Block block, DartsKernel kernel) {
        long[] states = block.streams().states(block.number(), Kernels.LANES);
        long hits = kernel.hits(states, block.trials() / Kernels.LANES);
        // What is left when the trials are dealt out to the lanes in turn.
        for (int lane = 0; lane < block.trials() % Kernels.LANES; lane++) {
            hits += DartsScalar.hits(states, lane, 1);
        }
        return hits;
    }
}
