package org.sparkberry.model;

import static org.sparkberry.random.WidthSimd.DOUBLES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import org.sparkberry.random.GaussianSimd;
import org.sparkberry.random.PortableMathSimd;

/** {@link EuropeanOption} by the Vector API: as many lanes side by side as a vector holds. */
final class EuropeanOptionSimd implements EuropeanOptionKernel {
    /** So few that all their numbers stay in the nearest cache, so many that a call costs nothing beside them. */
    private static final int ROUNDS_AT_ONCE = 32;

    @Override
    public void add(EuropeanOption option, boolean antithetic, long[] states, long rounds, double[] sums) {
        double[] centred = new double[ROUNDS_AT_ONCE * Kernels.LANES];
        double[] normals = new double[centred.length];
        double[] growth = new double[centred.length];
        double[] mirrored = new double[centred.length];
        PathSumsSimd paths = new PathSumsSimd(ROUNDS_AT_ONCE);
        for (long done = 0; done < rounds; done += ROUNDS_AT_ONCE) {
            int some = (int) Math.min(ROUNDS_AT_ONCE, rounds - done);
            int count = some * Kernels.LANES;
            GaussianSimd.centred(states, some, centred);
            GaussianSimd.quantiles(centred, count, normals);
            PortableMathSimd.exp(option.spread, normals, count, growth);
            if (antithetic) {
                PortableMathSimd.exp(-option.spread, normals, count, mirrored);
                pairs(option, normals, growth, mirrored, count, paths);
            } else {
                singles(option, normals, growth, count, paths);
            }
            paths.addTo(sums, some);
        }
    }

    private static void singles(
            EuropeanOption option, double[] normals, double[] growth, int count, PathSumsSimd paths) {
        for (int i = 0; i < count; i += DOUBLES.length()) {
            DoubleVector z = DoubleVector.fromArray(DOUBLES, normals, i);
            DoubleVector price = DoubleVector.fromArray(DOUBLES, growth, i).mul(option.discountedMedian);
            DoubleVector gain = price.sub(option.discountedStrike).mul(option.sign);
            DoubleVector slope =
                    DoubleVector.zero(DOUBLES).blend(price.mul(option.sign), gain.compare(VectorOperators.GT, 0));
            DoubleVector payoff = gain.add(gain.abs()).mul(0.5);
            DoubleVector vega = slope.mul(z.fma(
                    DoubleVector.broadcast(DOUBLES, option.rootMaturity),
                    DoubleVector.broadcast(DOUBLES, -option.volatilityTime)));
            price.sub(option.spot).intoArray(paths.control, i);
            payoff.mul(payoff).intoArray(paths.plainSquared, i);
            payoff.intoArray(paths.payoff, i);
            slope.mul(option.inverseSpot).intoArray(paths.delta, i);
            vega.intoArray(paths.vega, i);
        }
    }

    private static void pairs(
            EuropeanOption option,
            double[] normals,
            double[] growth,
            double[] mirrored,
            int count,
            PathSumsSimd paths) {
        singles(option, normals, growth, count, paths);
        for (int i = 0; i < count; i += DOUBLES.length()) {
            DoubleVector z = DoubleVector.fromArray(DOUBLES, normals, i).neg();
            DoubleVector price = DoubleVector.fromArray(DOUBLES, mirrored, i).mul(option.discountedMedian);
            DoubleVector gain = price.sub(option.discountedStrike).mul(option.sign);
            DoubleVector slope =
                    DoubleVector.zero(DOUBLES).blend(price.mul(option.sign), gain.compare(VectorOperators.GT, 0));
            DoubleVector payoff = gain.add(gain.abs()).mul(0.5);
            DoubleVector vega = slope.mul(z.fma(
                    DoubleVector.broadcast(DOUBLES, option.rootMaturity),
                    DoubleVector.broadcast(DOUBLES, -option.volatilityTime)));
            DoubleVector.fromArray(DOUBLES, paths.control, i)
                    .add(price.sub(option.spot))
                    .mul(0.5)
                    .intoArray(paths.control, i);
            payoff.fma(payoff, DoubleVector.fromArray(DOUBLES, paths.plainSquared, i))
                    .mul(0.5)
                    .intoArray(paths.plainSquared, i);
            DoubleVector.fromArray(DOUBLES, paths.payoff, i)
                    .add(payoff)
                    .mul(0.5)
                    .intoArray(paths.payoff, i);
            DoubleVector.fromArray(DOUBLES, paths.delta, i)
                    .add(slope.mul(option.inverseSpot))
                    .mul(0.5)
                    .intoArray(paths.delta, i);
            DoubleVector.fromArray(DOUBLES, paths.vega, i).add(vega).mul(0.5).intoArray(paths.vega, i);
        }
    }
}
