package org.sparkberry.model;

/** {@link IndexPairsKernel} one lane after the other. */
final class IndexPairsScalar implements IndexPairsKernel {
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    @Override
    public void fill(long[] states, int bound, int steps, long[] pairs) {
        for (int lane = 0; lane < Kernels.LANES; lane++) {
            fill(states, lane, bound, steps, pairs);
        }
    }

    /** {@code RandomStream.nextLong} by hand: the state stays in registers. */
    private static void fill(long[] states, int lane, long bound, int steps, long[] pairs) {
        long s0 = states[lane];
        long s1 = states[Kernels.LANES + lane];
        long s2 = states[2 * Kernels.LANES + lane];
        long s3 = states[3 * Kernels.LANES + lane];
        for (int i = 0; i < steps; i++) {
            long draw = Long.rotateLeft(s0 + s3, 23) + s0;
            long t = s1 << 17;
            s2 ^= s0;
            s3 ^= s1;
            s1 ^= s2;
            s0 ^= s3;
            s2 ^= t;
            s3 = Long.rotateLeft(s3, 45);
            pairs[i * Kernels.LANES + lane] =
                    (((draw >>> 32) * bound) >>> 32) | (((draw & LOW_HALF) * bound) & ~LOW_HALF);
        }
        states[lane] = s0;
        states[Kernels.LANES + lane] = s1;
        states[2 * Kernels.LANES + lane] = s2;
        states[3 * Kernels.LANES + lane] = s3;
    }
}
