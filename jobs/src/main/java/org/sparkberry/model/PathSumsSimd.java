package org.sparkberry.model;

import static org.sparkberry.random.WidthSimd.DOUBLES;

import jdk.incubator.vector.DoubleVector;
import org.sparkberry.estimate.ControlledMeans;

/** What some rounds of trials gave, and its way into the lanes' sums, as {@link OptionSampling} adds them. */
final class PathSumsSimd {
    private static final int LANES = Kernels.LANES;

    /** Of round i and lane l at 8i + l. */
    final double[] control;

    final double[] plainSquared;
    final double[] payoff;
    final double[] delta;
    final double[] vega;

    PathSumsSimd(int rounds) {
        control = new double[rounds * LANES];
        plainSquared = new double[rounds * LANES];
        payoff = new double[rounds * LANES];
        delta = new double[rounds * LANES];
        vega = new double[rounds * LANES];
    }

    void addTo(double[] sums, int rounds) {
        for (int first = 0; first < LANES; first += DOUBLES.length()) {
            addValues(control, rounds, first, sums, ControlledMeans.CONTROL);
            addProducts(control, control, rounds, first, sums, ControlledMeans.CONTROL_SQUARED);
            addValues(plainSquared, rounds, first, sums, ControlledMeans.PLAIN_SQUARED);
            addQuantity(payoff, rounds, first, sums, ControlledMeans.QUANTITY);
            addQuantity(delta, rounds, first, sums, ControlledMeans.QUANTITY + ControlledMeans.PER_QUANTITY);
            addQuantity(vega, rounds, first, sums, ControlledMeans.QUANTITY + 2 * ControlledMeans.PER_QUANTITY);
        }
    }

    private void addQuantity(double[] values, int rounds, int first, double[] sums, int at) {
        addValues(values, rounds, first, sums, at);
        addProducts(values, values, rounds, first, sums, at + 1);
        addProducts(values, control, rounds, first, sums, at + 2);
    }

    private static void addValues(double[] values, int rounds, int first, double[] sums, int at) {
        DoubleVector sum = DoubleVector.fromArray(DOUBLES, sums, at * LANES + first);
        for (int i = 0; i < rounds; i++) {
            sum = sum.add(DoubleVector.fromArray(DOUBLES, values, i * LANES + first));
        }
        sum.intoArray(sums, at * LANES + first);
    }

    private static void addProducts(double[] a, double[] b, int rounds, int first, double[] sums, int at) {
        DoubleVector sum = DoubleVector.fromArray(DOUBLES, sums, at * LANES + first);
        for (int i = 0; i < rounds; i++) {
            sum = DoubleVector.fromArray(DOUBLES, a, i * LANES + first)
                    .fma(DoubleVector.fromArray(DOUBLES, b, i * LANES + first), sum);
        }
        sum.intoArray(sums, at * LANES + first);
    }
}
