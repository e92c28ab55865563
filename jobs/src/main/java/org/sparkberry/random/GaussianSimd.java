package org.sparkberry.random;

import static org.sparkberry.random.WidthSimd.DOUBLES;
import static org.sparkberry.random.WidthSimd.LONGS;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/** {@link Gaussian} for many numbers at once, to the same bits. */
public final class GaussianSimd {
    private static final int LANES = 8;
    private static final long MANTISSA_OF_TWO = 0x4000000000000000L;
    /** Beyond this w may reach the tails, which begin at 0.99903. */
    private static final double CENTRE = 0.999;

    private GaussianSimd() {}

    /**
     * Draws numbers uniform in (−1, 1): of step i and lane l the one at 8i + l.
     *
     * @param states eight lanes' random streams, as {@link Streams#states} lays them out; they move on
     */
    public static void centred(long[] states, int steps, double[] numbers) {
        for (int first = 0; first < LANES; first += LONGS.length()) {
            centred(states, first, steps, numbers);
        }
    }

    /** Puts the quantile of each of the first numbers, a multiple of eight, into the other array. */
    public static void quantiles(double[] centred, int count, double[] normals) {
        PortableMathSimd.logOneMinusSquare(centred, count, normals);
        centre(centred, normals, count);
        // One of a thousand may lie in a tail: scalars do it again.
        for (int i = 0; i < count; i++) {
            if (Math.abs(centred[i]) > CENTRE) {
                normals[i] = Gaussian.quantile(centred[i]);
            }
        }
    }

    /** From the numbers and the logarithms −w to the quantiles, in the logarithms' place. */
    private static void centre(double[] centred, double[] logarithms, int count) {
        for (int i = 0; i < count; i += DOUBLES.length()) {
            DoubleVector c =
                    DoubleVector.fromArray(DOUBLES, logarithms, i).neg().sub(3.125);
            DoubleVector p = DoubleVector.broadcast(DOUBLES, -3.64441206401782e-21)
                    .fma(c, DoubleVector.broadcast(DOUBLES, -1.6850591381820166e-19))
                    .fma(c, DoubleVector.broadcast(DOUBLES, 1.28584807152564e-18))
                    .fma(c, DoubleVector.broadcast(DOUBLES, 1.1157877678025181e-17))
                    .fma(c, DoubleVector.broadcast(DOUBLES, -1.333171662854621e-16))
                    .fma(c, DoubleVector.broadcast(DOUBLES, 2.0972767875968562e-17))
                    .fma(c, DoubleVector.broadcast(DOUBLES, 6.637638134358324e-15))
                    .fma(c, DoubleVector.broadcast(DOUBLES, -4.054566272975207e-14))
                    .fma(c, DoubleVector.broadcast(DOUBLES, -8.151934197605472e-14))
                    .fma(c, DoubleVector.broadcast(DOUBLES, 2.6335093153082323e-12))
                    .fma(c, DoubleVector.broadcast(DOUBLES, -1.2975133253453532e-11))
                    .fma(c, DoubleVector.broadcast(DOUBLES, -5.415412054294628e-11))
                    .fma(c, DoubleVector.broadcast(DOUBLES, 1.0512122733215323e-09))
                    .fma(c, DoubleVector.broadcast(DOUBLES, -4.112633980346984e-09))
                    .fma(c, DoubleVector.broadcast(DOUBLES, -2.9070369957882005e-08))
                    .fma(c, DoubleVector.broadcast(DOUBLES, 4.2347877827932404e-07))
                    .fma(c, DoubleVector.broadcast(DOUBLES, -1.3654692000834679e-06))
                    .fma(c, DoubleVector.broadcast(DOUBLES, -1.3882523362786469e-05))
                    .fma(c, DoubleVector.broadcast(DOUBLES, 0.00018673420803405714))
                    .fma(c, DoubleVector.broadcast(DOUBLES, -0.000740702534166267))
                    .fma(c, DoubleVector.broadcast(DOUBLES, -0.006033670871430149))
                    .fma(c, DoubleVector.broadcast(DOUBLES, 0.24015818242558962))
                    .fma(c, DoubleVector.broadcast(DOUBLES, 1.6536545626831027));
            p.mul(DoubleVector.fromArray(DOUBLES, centred, i).mul(1.4142135623730951))
                    .intoArray(logarithms, i);
        }
    }

    private static void centred(long[] states, int first, int steps, double[] numbers) {
        LongVector s0 = LongVector.fromArray(LONGS, states, first);
        LongVector s1 = LongVector.fromArray(LONGS, states, LANES + first);
        LongVector s2 = LongVector.fromArray(LONGS, states, 2 * LANES + first);
        LongVector s3 = LongVector.fromArray(LONGS, states, 3 * LANES + first);
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
            draw.lanewise(VectorOperators.LSHR, 12)
                    .or(MANTISSA_OF_TWO)
                    .reinterpretAsDoubles()
                    .sub(3)
                    .add(0x1p-52)
                    .intoArray(numbers, i * LANES + first);
        }
        s0.intoArray(states, first);
        s1.intoArray(states, LANES + first);
        s2.intoArray(states, 2 * LANES + first);
        s3.intoArray(states, 3 * LANES + first);
    }
}
