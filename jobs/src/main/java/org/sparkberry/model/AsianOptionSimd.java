package org.sparkberry.model;

import static org.sparkberry.random.WidthSimd.DOUBLES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import org.sparkberry.random.GaussianSimd;
import org.sparkberry.random.PortableMathSimd;

/** {@link AsianOption} by the Vector API: as many lanes side by side as a vector holds. */
final class AsianOptionSimd implements AsianOptionKernel {
    private static final int LANES = Kernels.LANES;
    /** So few that all that is made of them stays in the nearest cache. */
    private static final int NUMBERS_AT_ONCE = 32;

    @Override
    public void add(AsianOption option, boolean antithetic, long[] states, long rounds, double[] sums) {
        int dates = option.drift.length;
        int roundsAtOnce = Math.max(1, NUMBERS_AT_ONCE / dates);
        double[] centred = new double[roundsAtOnce * dates * LANES];
        double[] normals = new double[centred.length];
        double[] growth = centred;
        PathSumsSimd paths = new PathSumsSimd(roundsAtOnce);
        Walks walks = new Walks(roundsAtOnce);
        for (long done = 0; done < rounds; done += roundsAtOnce) {
            int some = (int) Math.min(roundsAtOnce, rounds - done);
            int count = some * dates * LANES;
            GaussianSimd.centred(states, some * dates, centred);
            GaussianSimd.quantiles(centred, count, normals);
            brownian(option.rootStep, normals, dates, some);
            walk(option, 1, normals, growth, some, walks);
            values(option, walks, some * LANES, paths);
            if (antithetic) {
                walk(option, -1, normals, growth, some, walks);
                mirror(option, walks, some * LANES, paths);
            }
            paths.addTo(sums, some);
        }
    }

    /** Of each path: Σ growth, Σ growth·(W − σt), ΣW, and the geometric mean's growth. */
    private static final class Walks {
        final double[] prices;
        final double[] slopes;
        final double[] logs;
        final double[] geometric;

        Walks(int rounds) {
            prices = new double[rounds * LANES];
            slopes = new double[rounds * LANES];
            logs = new double[rounds * LANES];
            geometric = new double[rounds * LANES];
        }
    }

    /** Normal numbers to Brownian motion, in place. */
    private static void brownian(double rootStep, double[] numbers, int dates, int rounds) {
        DoubleVector step = DoubleVector.broadcast(DOUBLES, rootStep);
        for (int round = 0; round < rounds; round++) {
            for (int first = 0; first < LANES; first += DOUBLES.length()) {
                DoubleVector w = DoubleVector.zero(DOUBLES);
                for (int date = 0; date < dates; date++) {
                    int at = (round * dates + date) * LANES + first;
                    w = DoubleVector.fromArray(DOUBLES, numbers, at).fma(step, w);
                    w.intoArray(numbers, at);
                }
            }
        }
    }

    /** @param mirror 1, or −1 for the mirror images */
    private static void walk(
            AsianOption option, double mirror, double[] brownian, double[] growth, int rounds, Walks walks) {
        int dates = option.drift.length;
        logGrowth(mirror * option.volatility, option.drift, brownian, growth, rounds);
        PortableMathSimd.exp(1, growth, rounds * dates * LANES, growth);
        for (int round = 0; round < rounds; round++) {
            for (int first = 0; first < LANES; first += DOUBLES.length()) {
                DoubleVector prices = DoubleVector.zero(DOUBLES);
                DoubleVector slopes = DoubleVector.zero(DOUBLES);
                DoubleVector logs = DoubleVector.zero(DOUBLES);
                for (int date = 0; date < dates; date++) {
                    int at = (round * dates + date) * LANES + first;
                    DoubleVector w =
                            DoubleVector.fromArray(DOUBLES, brownian, at).mul(mirror);
                    DoubleVector s = DoubleVector.fromArray(DOUBLES, growth, at);
                    prices = prices.add(s);
                    slopes = s.fma(w.sub(option.volatilityTime[date]), slopes);
                    logs = logs.add(w);
                }
                prices.intoArray(walks.prices, round * LANES + first);
                slopes.intoArray(walks.slopes, round * LANES + first);
                logs.fma(
                                DoubleVector.broadcast(DOUBLES, option.geometricScale),
                                DoubleVector.broadcast(DOUBLES, option.geometricDrift))
                        .intoArray(walks.logs, round * LANES + first);
            }
        }
        PortableMathSimd.exp(1, walks.logs, rounds * LANES, walks.geometric);
    }

    private static void logGrowth(double volatility, double[] drift, double[] brownian, double[] logs, int rounds) {
        DoubleVector factor = DoubleVector.broadcast(DOUBLES, volatility);
        for (int round = 0; round < rounds; round++) {
            for (int date = 0; date < drift.length; date++) {
                DoubleVector constant = DoubleVector.broadcast(DOUBLES, drift[date]);
                for (int first = 0; first < LANES; first += DOUBLES.length()) {
                    int at = (round * drift.length + date) * LANES + first;
                    DoubleVector.fromArray(DOUBLES, brownian, at)
                            .fma(factor, constant)
                            .intoArray(logs, at);
                }
            }
        }
    }

    private static void values(AsianOption option, Walks walks, int count, PathSumsSimd paths) {
        for (int i = 0; i < count; i += DOUBLES.length()) {
            DoubleVector arithmetic =
                    DoubleVector.fromArray(DOUBLES, walks.prices, i).mul(option.arithmeticScale);
            DoubleVector gain = arithmetic.sub(option.discountedStrike).mul(option.sign);
            DoubleVector geometricGain = DoubleVector.fromArray(DOUBLES, walks.geometric, i)
                    .mul(option.discountedSpot)
                    .sub(option.discountedStrike)
                    .mul(option.sign);
            DoubleVector slope = DoubleVector.zero(DOUBLES)
                    .blend(DoubleVector.broadcast(DOUBLES, option.sign), gain.compare(VectorOperators.GT, 0));
            DoubleVector payoff = gain.add(gain.abs()).mul(0.5);
            geometricGain
                    .add(geometricGain.abs())
                    .fma(DoubleVector.broadcast(DOUBLES, 0.5), DoubleVector.broadcast(DOUBLES, -option.geometricPrice))
                    .intoArray(paths.control, i);
            payoff.mul(payoff).intoArray(paths.plainSquared, i);
            payoff.intoArray(paths.payoff, i);
            slope.mul(arithmetic.mul(option.inverseSpot)).intoArray(paths.delta, i);
            slope.mul(DoubleVector.fromArray(DOUBLES, walks.slopes, i).mul(option.arithmeticScale))
                    .intoArray(paths.vega, i);
        }
    }

    /** From the values of the paths to the means of each and of its mirror image. */
    private static void mirror(AsianOption option, Walks walks, int count, PathSumsSimd paths) {
        for (int i = 0; i < count; i += DOUBLES.length()) {
            DoubleVector arithmetic =
                    DoubleVector.fromArray(DOUBLES, walks.prices, i).mul(option.arithmeticScale);
            DoubleVector gain = arithmetic.sub(option.discountedStrike).mul(option.sign);
            DoubleVector geometricGain = DoubleVector.fromArray(DOUBLES, walks.geometric, i)
                    .mul(option.discountedSpot)
                    .sub(option.discountedStrike)
                    .mul(option.sign);
            DoubleVector slope = DoubleVector.zero(DOUBLES)
                    .blend(DoubleVector.broadcast(DOUBLES, option.sign), gain.compare(VectorOperators.GT, 0));
            DoubleVector payoff = gain.add(gain.abs()).mul(0.5);
            DoubleVector control = geometricGain
                    .add(geometricGain.abs())
                    .fma(DoubleVector.broadcast(DOUBLES, 0.5), DoubleVector.broadcast(DOUBLES, -option.geometricPrice));
            DoubleVector.fromArray(DOUBLES, paths.control, i)
                    .add(control)
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
                    .add(slope.mul(arithmetic.mul(option.inverseSpot)))
                    .mul(0.5)
                    .intoArray(paths.delta, i);
            DoubleVector.fromArray(DOUBLES, paths.vega, i)
                    .add(slope.mul(
                            DoubleVector.fromArray(DOUBLES, walks.slopes, i).mul(option.arithmeticScale)))
                    .mul(0.5)
                    .intoArray(paths.vega, i);
        }
    }
}
