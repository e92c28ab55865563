package org.sparkberry.model;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import org.sparkberry.random.WidthSimd;

/** {@link Darts} by the Vector API: as many lanes side by side as a vector holds. */
final class DartsSimd implements DartsKernel {
    /** So few per call that the compiler soon sees many calls, so many that a call costs nothing beside them. */
    private static final int ROUNDS_PER_CALL = 128;

    /** A double of these bits or-ed with a whole number below 2⁵² is 2⁵² + that number. */
    private static final long TWO_TO_52 = 0x4330_0000_0000_0000L;

    private static final double ORIGIN = 0x1p52 + Darts.RADIUS;
    private static final double RADIUS_SQUARED = (double) Darts.RADIUS * Darts.RADIUS;

    @Override
    public long hits(long[] states, long rounds) {
        long hits = 0;
        for (long done = 0; done < rounds; done += ROUNDS_PER_CALL) {
            int some = (int) Math.min(ROUNDS_PER_CALL, rounds - done);
            for (int first = 0; first < Kernels.LANES; first += WidthSimd.LONGS.length()) {
                hits += hits(states, first, some);
            }
        }
        return hits;
    }

    /** The lanes from this one on that fit into one vector. */
    private static long hits(long[] states, int first, int rounds) {
        LongVector s0 = LongVector.fromArray(WidthSimd.LONGS, states, first);
        LongVector s1 = LongVector.fromArray(WidthSimd.LONGS, states, Kernels.LANES + first);
        LongVector s2 = LongVector.fromArray(WidthSimd.LONGS, states, 2 * Kernels.LANES + first);
        LongVector s3 = LongVector.fromArray(WidthSimd.LONGS, states, 3 * Kernels.LANES + first);
        LongVector hits = LongVector.zero(WidthSimd.LONGS);
        DoubleVector minusRadiusSquared = DoubleVector.broadcast(WidthSimd.DOUBLES, -RADIUS_SQUARED);
        for (int i = 0; i < rounds; i++) {
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

            DoubleVector x = draw.lanewise(VectorOperators.LSHR, Darts.COLUMN_SHIFT)
                    .or(TWO_TO_52 | 1)
                    .reinterpretAsDoubles()
                    .sub(ORIGIN);
            DoubleVector y = draw.and(Darts.ROW_MASK)
                    .or(TWO_TO_52 | 1)
                    .reinterpretAsDoubles()
                    .sub(ORIGIN);
            DoubleVector beyond = x.fma(x, y.fma(y, minusRadiusSquared));
            hits = hits.add(beyond.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 63));
        }
        s0.intoArray(states, first);
        s1.intoArray(states, Kernels.LANES + first);
        s2.intoArray(states, 2 * Kernels.LANES + first);
        s3.intoArray(states, 3 * Kernels.LANES + first);
        return hits.reduceLanes(VectorOperators.ADD);
    }
}
