package org.sparkberry.model;

/** {@link Darts} one lane after the other. */
final class DartsScalar implements DartsKernel {
    private static final long RADIUS_SQUARED = (long) Darts.RADIUS * Darts.RADIUS;

    @Override
    public long hits(long[] states, long rounds) {
        long hits = 0;
        for (int lane = 0; lane < Kernels.LANES; lane++) {
            hits += hits(states, lane, rounds);
        }
        return hits;
    }

    /** {@code RandomStream.nextLong} by hand: the state stays in registers. */
    static long hits(long[] states, int lane, long darts) {
        long s0 = states[lane];
        long s1 = states[Kernels.LANES + lane];
        long s2 = states[2 * Kernels.LANES + lane];
        long s3 = states[3 * Kernels.LANES + lane];
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
            // Doubles hold these whole numbers exactly, and are multiplied faster than longs.
            double x = (double) (((draw >>> Darts.COLUMN_SHIFT) | 1) - Darts.RADIUS);
            double y = (double) (((draw & Darts.ROW_MASK) | 1) - Darts.RADIUS);
            hits += Double.doubleToRawLongBits(x * x + (y * y - RADIUS_SQUARED)) >>> 63;
        }
        states[lane] = s0;
        states[Kernels.LANES + lane] = s1;
        states[2 * Kernels.LANES + lane] = s2;
        states[3 * Kernels.LANES + lane] = s3;
        return hits;
    }
}
