package org.sparkberry.model.galaxy;

import static org.sparkberry.random.WidthSimd.DOUBLES;
import static org.sparkberry.random.WidthSimd.LONGS;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link GravityKernel} by the Vector API: two vectors of targets side by side, so that the sources are loaded for both,
 * and one's results need not be waited for. More than two take more registers than a processor has. The loop calls nothing
 * of our own: a call in it that the JVM does not inline, such as one to an inverse root, makes it four times as slow.
 */
public final class GravitySimd implements GravityKernel {
    private static final int TARGETS_AT_ONCE = 2 * DOUBLES.length();

    @Override
    public void add(double[] targets, double[] sources, boolean same, double softeningSquared, double[] sums) {
        int bodies = targets.length / 4;
        int count = sources.length / 4;
        int first = 0;
        for (; first + TARGETS_AT_ONCE <= bodies; first += TARGETS_AT_ONCE) {
            if (same) {
                int after = first + TARGETS_AT_ONCE;
                add(targets, first, sources, 0, first, softeningSquared, sums);
                for (int target = first; target < after; target++) {
                    GravityScalar.add(targets, target, sources, first, target, softeningSquared, sums);
                    GravityScalar.add(targets, target, sources, target + 1, after, softeningSquared, sums);
                }
                add(targets, first, sources, after, count, softeningSquared, sums);
            } else {
                add(targets, first, sources, 0, count, softeningSquared, sums);
            }
        }
        for (int target = first; target < bodies; target++) {
            GravityScalar.add(targets, target, sources, 0, same ? target : count, softeningSquared, sums);
            if (same) {
                GravityScalar.add(targets, target, sources, target + 1, count, softeningSquared, sums);
            }
        }
    }

    /** What the sources from one to before another do to the targets from the first on. */
    private static void add(
            double[] targets, int first, double[] sources, int from, int to, double softeningSquared, double[] sums) {
        int bodies = targets.length / 4;
        int count = sources.length / 4;
        int second = first + DOUBLES.length();
        DoubleVector xA = DoubleVector.fromArray(DOUBLES, targets, first);
        DoubleVector yA = DoubleVector.fromArray(DOUBLES, targets, bodies + first);
        DoubleVector zA = DoubleVector.fromArray(DOUBLES, targets, 2 * bodies + first);
        DoubleVector attractionXA = DoubleVector.fromArray(DOUBLES, sums, first);
        DoubleVector attractionYA = DoubleVector.fromArray(DOUBLES, sums, bodies + first);
        DoubleVector attractionZA = DoubleVector.fromArray(DOUBLES, sums, 2 * bodies + first);
        DoubleVector depthA = DoubleVector.fromArray(DOUBLES, sums, 3 * bodies + first);
        DoubleVector xB = DoubleVector.fromArray(DOUBLES, targets, second);
        DoubleVector yB = DoubleVector.fromArray(DOUBLES, targets, bodies + second);
        DoubleVector zB = DoubleVector.fromArray(DOUBLES, targets, 2 * bodies + second);
        DoubleVector attractionXB = DoubleVector.fromArray(DOUBLES, sums, second);
        DoubleVector attractionYB = DoubleVector.fromArray(DOUBLES, sums, bodies + second);
        DoubleVector attractionZB = DoubleVector.fromArray(DOUBLES, sums, 2 * bodies + second);
        DoubleVector depthB = DoubleVector.fromArray(DOUBLES, sums, 3 * bodies + second);
        DoubleVector softening = DoubleVector.broadcast(DOUBLES, softeningSquared);
        DoubleVector c0 = DoubleVector.broadcast(DOUBLES, InverseRoot.C0);
        DoubleVector c1 = DoubleVector.broadcast(DOUBLES, InverseRoot.C1);
        DoubleVector c2 = DoubleVector.broadcast(DOUBLES, InverseRoot.C2);
        DoubleVector c3 = DoubleVector.broadcast(DOUBLES, InverseRoot.C3);
        DoubleVector minusOne = DoubleVector.broadcast(DOUBLES, -1);
        DoubleVector minusHalf = DoubleVector.broadcast(DOUBLES, -0.5);
        DoubleVector threeEighths = DoubleVector.broadcast(DOUBLES, 0.375);
        LongVector magic = LongVector.broadcast(LONGS, InverseRoot.MAGIC);
        for (int source = from; source < to; source++) {
            DoubleVector x = DoubleVector.broadcast(DOUBLES, sources[source]);
            DoubleVector y = DoubleVector.broadcast(DOUBLES, sources[count + source]);
            DoubleVector z = DoubleVector.broadcast(DOUBLES, sources[2 * count + source]);
            DoubleVector mass = DoubleVector.broadcast(DOUBLES, sources[3 * count + source]);

            DoubleVector dxA = x.sub(xA);
            DoubleVector dyA = y.sub(yA);
            DoubleVector dzA = z.sub(zA);
            DoubleVector squaredA = dxA.fma(dxA, dyA.fma(dyA, dzA.fma(dzA, softening)));
            DoubleVector guessA = magic.sub(squaredA.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 1))
                    .reinterpretAsDoubles();
            DoubleVector tA = squaredA.mul(guessA).mul(guessA);
            DoubleVector rootA = tA.fma(tA.fma(tA.fma(c3, c2), c1), c0).mul(guessA);
            DoubleVector excessA = squaredA.mul(rootA).fma(rootA, minusOne);
            DoubleVector inverseA = excessA.mul(rootA).fma(excessA.fma(threeEighths, minusHalf), rootA);
            DoubleVector shareA = mass.mul(inverseA);
            DoubleVector pullA = inverseA.mul(inverseA).mul(shareA);
            attractionXA = dxA.fma(pullA, attractionXA);
            attractionYA = dyA.fma(pullA, attractionYA);
            attractionZA = dzA.fma(pullA, attractionZA);
            depthA = depthA.add(shareA);

            DoubleVector dxB = x.sub(xB);
            DoubleVector dyB = y.sub(yB);
            DoubleVector dzB = z.sub(zB);
            DoubleVector squaredB = dxB.fma(dxB, dyB.fma(dyB, dzB.fma(dzB, softening)));
            DoubleVector guessB = magic.sub(squaredB.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 1))
                    .reinterpretAsDoubles();
            DoubleVector tB = squaredB.mul(guessB).mul(guessB);
            DoubleVector rootB = tB.fma(tB.fma(tB.fma(c3, c2), c1), c0).mul(guessB);
            DoubleVector excessB = squaredB.mul(rootB).fma(rootB, minusOne);
            DoubleVector inverseB = excessB.mul(rootB).fma(excessB.fma(threeEighths, minusHalf), rootB);
            DoubleVector shareB = mass.mul(inverseB);
            DoubleVector pullB = inverseB.mul(inverseB).mul(shareB);
            attractionXB = dxB.fma(pullB, attractionXB);
            attractionYB = dyB.fma(pullB, attractionYB);
            attractionZB = dzB.fma(pullB, attractionZB);
            depthB = depthB.add(shareB);
        }
        attractionXA.intoArray(sums, first);
        attractionYA.intoArray(sums, bodies + first);
        attractionZA.intoArray(sums, 2 * bodies + first);
        depthA.intoArray(sums, 3 * bodies + first);
        attractionXB.intoArray(sums, second);
        attractionYB.intoArray(sums, bodies + second);
        attractionZB.intoArray(sums, 2 * bodies + second);
        depthB.intoArray(sums, 3 * bodies + second);
    }
}
