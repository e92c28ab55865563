package org.sparkberry.model;

import java.io.Serializable;
import org.sparkberry.random.Gaussian;

/**
 * Brownian motion W at evenly spaced times T/n, 2T/n, …, T, made of n numbers uniform in (−1, 1).
 *
 * <p>In order of time each number makes an increment. As a bridge the first makes W(T), the next W(T/2) given both ends,
 * and so on, so that the first numbers, which Sobol's points cover best, make most of the path. Source: Glasserman 2003,
 * section 3.1 and figure 3.2.
 */
final class BrownianPath implements Serializable {
    private static final long serialVersionUID = 1;

    private final double rootStep;
    private final boolean bridge;
    /** In the order of construction: which time is filled, between which two (−1 is time 0, n none), and how. */
    private final int[] at;

    private final int[] left;
    private final int[] right;
    private final double[] leftWeight;
    private final double[] rightWeight;
    private final double[] deviation;

    /**
     * @param maturity T
     * @param times n, at least 1
     */
    BrownianPath(double maturity, int times, boolean bridge) {
        this.rootStep = Math.sqrt(maturity / times);
        this.bridge = bridge;
        at = new int[times];
        left = new int[times];
        right = new int[times];
        leftWeight = new double[times];
        rightWeight = new double[times];
        deviation = new double[times];
        if (bridge) {
            plan(times);
        }
    }

    int times() {
        return at.length;
    }

    /** Fills in W, of which w[j] is at time (j + 1)·T/n. */
    void fill(double[] centred, double[] w) {
        if (!bridge) {
            double value = 0;
            for (int j = 0; j < w.length; j++) {
                value = Math.fma(rootStep, Gaussian.quantile(centred[j]), value);
                w[j] = value;
            }
            return;
        }
        for (int i = 0; i < at.length; i++) {
            double value = deviation[i] * Gaussian.quantile(centred[i]);
            if (left[i] >= 0) {
                value = Math.fma(leftWeight[i], w[left[i]], value);
            }
            if (right[i] < w.length) {
                value = Math.fma(rightWeight[i], w[right[i]], value);
            }
            w[at[i]] = value;
        }
    }

    /** Breadth first: the last time, then the middle of each gap, the gaps of a level from left to right. */
    private void plan(int times) {
        int planned = 0;
        at[planned] = times - 1;
        left[planned] = -1;
        right[planned] = times;
        deviation[planned++] = rootStep * Math.sqrt(times);
        // A gap is the open range between two times that are filled; the list of gaps grows as it is read.
        int[][] gaps = new int[2 * times][];
        int gapCount = 1;
        gaps[0] = new int[] {-1, times - 1};
        for (int gap = 0; gap < gapCount; gap++) {
            int from = gaps[gap][0];
            int to = gaps[gap][1];
            if (to - from < 2) {
                continue;
            }
            int middle = from + (to - from) / 2;
            double span = to - from;
            at[planned] = middle;
            left[planned] = from;
            right[planned] = to;
            leftWeight[planned] = (to - middle) / span;
            rightWeight[planned] = (middle - from) / span;
            deviation[planned] = rootStep * Math.sqrt((to - middle) * (middle - from) / span);
            planned++;
            gaps[gapCount++] = new int[] {from, middle};
            gaps[gapCount++] = new int[] {middle, to};
        }
    }
}
