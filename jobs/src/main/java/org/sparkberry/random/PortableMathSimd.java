package org.sparkberry.random;

import static org.sparkberry.random.WidthSimd.DOUBLES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link PortableMath} for many numbers: the same operations in the same order, to the same bits.
 *
 * <p>Here and in the other kernels a loop over an array calls nothing but the Vector API. A function of our own that
 * takes and gives vectors may not be inlined, and then every vector becomes an object.
 */
public final class PortableMathSimd {
    private static final double ROUNDING = 0x1.8p52;
    private static final double LOG2_E = 0x1.71547652b82fep+0;
    private static final double LN2_HIGH = 0x1.62e42fefa3800p-1;
    private static final double LN2_LOW = 0x1.ef35793c76730p-45;
    private static final long MANTISSA = 0x000FFFFFFFFFFFFFL;
    private static final long SQRT_HALF = 0x3FE6A09E667F3BCDL;
    private static final long ONE = 0x3FF0000000000000L;
    private static final long TWO_TO_52 = 0x4330000000000000L;
    private static final double BIASED_ZERO = 0x1p52 + 1023;

    private PortableMathSimd() {}

    /** Puts the exponential of the factor times x into results, for each of the first x, a multiple of eight. */
    public static void exp(double factor, double[] x, int count, double[] results) {
        for (int i = 0; i < count; i += DOUBLES.length()) {
            DoubleVector argument = DoubleVector.fromArray(DOUBLES, x, i).mul(factor);
            DoubleVector shifted =
                    argument.fma(DoubleVector.broadcast(DOUBLES, LOG2_E), DoubleVector.broadcast(DOUBLES, ROUNDING));
            DoubleVector k = shifted.sub(ROUNDING);
            DoubleVector r = k.fma(
                    DoubleVector.broadcast(DOUBLES, -LN2_LOW),
                    k.fma(DoubleVector.broadcast(DOUBLES, -LN2_HIGH), argument));
            DoubleVector q = DoubleVector.broadcast(DOUBLES, 2.510038549551032e-08)
                    .fma(r, DoubleVector.broadcast(DOUBLES, 2.7620088445409746e-07))
                    .fma(r, DoubleVector.broadcast(DOUBLES, 2.7557268459997064e-06))
                    .fma(r, DoubleVector.broadcast(DOUBLES, 2.4801521295954376e-05))
                    .fma(r, DoubleVector.broadcast(DOUBLES, 0.00019841269863053618))
                    .fma(r, DoubleVector.broadcast(DOUBLES, 0.0013888888917213717))
                    .fma(r, DoubleVector.broadcast(DOUBLES, 0.008333333333330062))
                    .fma(r, DoubleVector.broadcast(DOUBLES, 0.04166666666662413))
                    .fma(r, DoubleVector.broadcast(DOUBLES, 0.16666666666666669))
                    .fma(r, DoubleVector.broadcast(DOUBLES, 0.5));
            DoubleVector power = r.mul(r).fma(q, r).add(1);
            LongVector scale = shifted.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
            power.reinterpretAsLongs().add(scale).reinterpretAsDoubles().intoArray(results, i);
        }
    }

    /** Puts the logarithm of (1 − x)(1 + x) into results, for each of the first x, a multiple of eight. */
    static void logOneMinusSquare(double[] x, int count, double[] results) {
        for (int i = 0; i < count; i += DOUBLES.length()) {
            DoubleVector argument = DoubleVector.fromArray(DOUBLES, x, i);
            DoubleVector one = DoubleVector.broadcast(DOUBLES, 1);
            LongVector bits = one.sub(argument)
                    .mul(one.add(argument))
                    .reinterpretAsLongs()
                    .add(ONE - SQRT_HALF);
            DoubleVector k = bits.lanewise(VectorOperators.LSHR, 52)
                    .or(TWO_TO_52)
                    .reinterpretAsDoubles()
                    .sub(BIASED_ZERO);
            DoubleVector f =
                    bits.and(MANTISSA).add(SQRT_HALF).reinterpretAsDoubles().sub(1);
            DoubleVector s = f.div(f.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector p = DoubleVector.broadcast(DOUBLES, 0.14798198605116586)
                    .fma(z, DoubleVector.broadcast(DOUBLES, 0.15313837699209373))
                    .fma(z, DoubleVector.broadcast(DOUBLES, 0.1818357216161805))
                    .fma(z, DoubleVector.broadcast(DOUBLES, 0.22222198432149784))
                    .fma(z, DoubleVector.broadcast(DOUBLES, 0.2857142874366239))
                    .fma(z, DoubleVector.broadcast(DOUBLES, 0.3999999999940942))
                    .fma(z, DoubleVector.broadcast(DOUBLES, 0.6666666666666735));
            DoubleVector halfSquare = f.mul(0.5).mul(f);
            DoubleVector correction = s.fma(p.fma(z, halfSquare), k.mul(LN2_LOW));
            k.fma(DoubleVector.broadcast(DOUBLES, LN2_HIGH), f.sub(halfSquare.sub(correction)))
                    .intoArray(results, i);
        }
    }
}
