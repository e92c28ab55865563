package org.sparkberry.model;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import org.sparkberry.random.WidthSimd;

/** {@link IndexPairsKernel} by the Vector API: as many lanes side by side as a vector holds. */
final class IndexPairsSimd implements IndexPairsKernel {
    /** A double of these bits or-ed with a whole number below 2⁵² is 2⁵² + that number. */
    private static final long TWO_TO_52 = 0x4330_0000_0000_0000L;

    private static final long LOW_HALF = 0xFFFF_FFFFL;
    private static final long LOW_INDEX = MAX_BOUND - 1L;
    private static final long HIGH_INDEX = LOW_INDEX << 32;

    @Override
    public void fill(long[] states, int bound, int steps, long[] pairs) {
        for (int first = 0; first < Kernels.LANES; first += WidthSimd.LONGS.length()) {
            fill(states, first, bound, steps, pairs);
        }
    }

    /** The lanes from this one on that fit into one vector. */
    private static void fill(long[] states, int first, double bound, int steps, long[] pairs) {
        LongVector s0 = LongVector.fromArray(WidthSimd.LONGS, states, first);
        LongVector s1 = LongVector.fromArray(WidthSimd.LONGS, states, Kernels.LANES + first);
        LongVector s2 = LongVector.fromArray(WidthSimd.LONGS, states, 2 * Kernels.LANES + first);
        LongVector s3 = LongVector.fromArray(WidthSimd.LONGS, states, 3 * Kernels.LANES + first);
        // (2⁵² + h)·bound + 2⁵² − 2⁵²·bound = 2⁵² + h·bound: of whole numbers, nothing is rounded.
        DoubleVector factor = DoubleVector.broadcast(WidthSimd.DOUBLES, bound);
        DoubleVector offset = DoubleVector.broadcast(WidthSimd.DOUBLES, 0x1p52 - 0x1p52 * bound);
        for (int i = 0; i < steps; i++) {
            // Shifts, not ROL: not every JVM compiles a rotation for every width.
            LongVector sum = s0.add(s3);
            LongVector draw = sum.lanewise(VectorOperators.LSHL, 23)
                    .or(sum.lanewise(VectorOperators.LSHR, 41))
                    .add(s0);
            LongVector t = s1.lanewise(VectorOperators.LSHL, 17);
            s2 = s2.lanewise(VectorOperators.XOR, s0);
            s3 = s3.lanewise(VectorOperators.XOR, s1);
            s1 = s1.lanewise(VectorOperators.XOR, s2);
            s0 = s0.lanewise(VectorOperators.XOR, s3);
            s2 = s2.lanewise(VectorOperators.XOR, t);
            s3 = s3.lanewise(VectorOperators.LSHL, 45).or(s3.lanewise(VectorOperators.LSHR, 19));

            LongVector ofHigh = draw.lanewise(VectorOperators.LSHR, 32)
                    .or(TWO_TO_52)
                    .reinterpretAsDoubles()
                    .fma(factor, offset)
                    .reinterpretAsLongs();
            LongVector ofLow = draw.and(LOW_HALF)
                    .or(TWO_TO_52)
                    .reinterpretAsDoubles()
                    .fma(factor, offset)
                    .reinterpretAsLongs();
            ofHigh.lanewise(VectorOperators.LSHR, 32)
                    .and(LOW_INDEX)
                    .or(ofLow.and(HIGH_INDEX))
                    .intoArray(pairs, i * Kernels.LANES + first);
        }
        s0.intoArray(states, first);
        s1.intoArray(states, Kernels.LANES + first);
        s2.intoArray(states, 2 * Kernels.LANES + first);
        s3.intoArray(states, 3 * Kernels.LANES + first);
    }
}
