package org.sparkberry.random;

/**
 * The counter-based generator Philox4x64-10: a keyed bijection of 256-bit counters, so that any value of any stream is
 * computed directly, with no state to carry.
 *
 * <p>Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11,
 * doi:10.1145/2063384.2063405, section 4.3; constants from the Random123 library.
 */
final class Philox4x64 {
    private static final long MULTIPLIER_0 = 0xD2E7470EE14C6C93L;
    private static final long MULTIPLIER_1 = 0xCA5A826395121157L;
    /** The golden ratio and √3 − 1, in units of 2⁻⁶⁴. */
    private static final long WEYL_0 = 0x9E3779B97F4A7C15L;

    private static final long WEYL_1 = 0xBB67AE8584CAA73BL;
    private static final int ROUNDS = 10;

    private Philox4x64() {}

    /** The four words that the key (k0, k1) makes of the counter (c0, c1, c2, c3). */
    static long[] words(long k0, long k1, long c0, long c1, long c2, long c3) {
        for (int round = 0; round < ROUNDS; round++) {
            long high0 = unsignedMultiplyHigh(MULTIPLIER_0, c0);
            long low0 = MULTIPLIER_0 * c0;
            long high1 = unsignedMultiplyHigh(MULTIPLIER_1, c2);
            long low1 = MULTIPLIER_1 * c2;
            c0 = high1 ^ c1 ^ k0;
            c1 = low1;
            c2 = high0 ^ c3 ^ k1;
            c3 = low0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return new long[] {c0, c1, c2, c3};
    }

    /** {@code Math.unsignedMultiplyHigh} came with Java 18. */
    private static long unsignedMultiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }
}
