package org.sparkberry.random;

/**
 * A stream of random numbers: the generator xoshiro256++ 1.0. Equal states give equal values, on every machine.
 *
 * <p>Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021),
 * doi:10.1145/3460772.
 */
public final class RandomStream {
    private static final double TWO_TO_MINUS_53 = 0x1p-53;

    private long s0;
    private long s1;
    private long s2;
    private long s3;

    /** @param state four words, not all zero */
    RandomStream(long[] state) {
        s0 = state[0];
        s1 = state[1];
        s2 = state[2];
        s3 = state[3];
    }

    /** 64 uniform bits. */
    public long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
    public double nextDouble() {
        return (nextLong() >>> 11) * TWO_TO_MINUS_53;
    }

    /**
     * Uniform in 0 … bound − 1, from one draw: each value's probability is 1/bound within 2⁻⁵³. A draw is never
     * rejected, so that the number of draws of a trial is known and lanes stay in step.
     *
     * @param bound at least 1
     */
    public int nextIndex(int bound) {
        // u ≤ 1 − 2⁻⁵³, and the product u·bound rounds to below bound for every int bound.
        return (int) (nextDouble() * bound);
    }
}
