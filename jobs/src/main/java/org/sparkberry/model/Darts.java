package org.sparkberry.model;

import org.sparkberry.estimate.Proportion;

/**
 * π by darts: the share of points, uniform in a square, that fall into its inscribed circle is π/4.
 *
 * <p>A dart is one draw of 64 bits, whose halves are the column x and the row y of a grid of 2³² × 2³² cells, from −2³¹
 * to 2³¹ − 1; the dart is at the cell's middle (x + ½, y + ½). It hits if (x + ½)² + (y + ½)² < 2⁶², which for whole
 * numbers is x(x + 1) + y(y + 1) < 2⁶²: integers alone, no rounding. The grid changes the share by less than 10⁻¹².
 */
public final class Darts implements Model<Proportion> {
    private static final long serialVersionUID = 1;

    /** Trials are dealt out to this many streams whatever the hardware, so that a kernel may run them side by side. */
    static final int LANES = 8;

    private static final long RADIUS_SQUARED = 1L << 62;

    @Override
    public Proportion estimator() {
        return new Proportion();
    }

    @Override
    public void compute(Block block, Proportion proportion) {
        long hits = 0;
        for (int lane = 0; lane < LANES; lane++) {
            hits += hits(block.streams().state(block.number(), lane), block.trialsOfLane(lane, LANES));
        }
        proportion.add(hits, block.trials());
    }

    /** {@code RandomStream.nextLong} by hand: the state stays in registers. */
    static long hits(long[] state, long darts) {
        long s0 = state[0];
        long s1 = state[1];
        long s2 = state[2];
        long s3 = state[3];
        long hits = 0;
        for (long i = 0; i < darts; i++) {
            long draw = Long.rotateLeft(s0 + s3, 23) + s0;
            long t = s1 << 17;
            s2 ^= s0;
            s3 ^= s1;
            s1 ^= s2;
            s0 ^= s3;
            s2 ^= t;
            s3 = Long.rotateLeft(s3, 45);
            long x = draw >> 32;
            long y = (int) draw;
            // The sign bit of a difference that cannot overflow: both products are below 2⁶².
            hits += (x * (x + 1) + y * (y + 1) - RADIUS_SQUARED) >>> 63;
        }
        return hits;
    }
}
