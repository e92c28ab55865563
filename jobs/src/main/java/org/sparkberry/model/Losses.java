package org.sparkberry.model;

import org.sparkberry.estimate.Estimator;
import org.sparkberry.estimate.Histogram;
import org.sparkberry.estimate.Moments;
import org.sparkberry.estimate.Quantiles;

/** The distribution of a portfolio's losses: its mean, its quantiles and tail, and a histogram to look at. */
public final class Losses implements Estimator<Losses> {
    private static final long serialVersionUID = 1;

    /** Losses are known within 2⁻¹⁵ of themselves (0.003 %), and those under a millionth count as none. */
    private static final int QUANTILE_BITS = 14;

    private static final double SMALLEST = 1e-6;
    private static final int BINS = 160;

    private final Moments moments = new Moments();
    private final Quantiles quantiles = new Quantiles(QUANTILE_BITS, SMALLEST);
    private final Histogram histogram;

    /**
     * @param low where the histogram begins
     * @param high where it ends
     */
    Losses(double low, double high) {
        histogram = new Histogram(low, high, BINS);
    }

    /** Counts the first losses in the quantiles and the histogram; the moments take the sums of many at once. */
    void count(double[] losses, int count) {
        for (int i = 0; i < count; i++) {
            quantiles.add(losses[i]);
        }
        for (int i = 0; i < count; i++) {
            histogram.add(losses[i]);
        }
    }

    @Override
    public void merge(Losses other) {
        moments.merge(other.moments);
        quantiles.merge(other.quantiles);
        histogram.merge(other.histogram);
    }

    public Moments moments() {
        return moments;
    }

    public Quantiles quantiles() {
        return quantiles;
    }

    public Histogram histogram() {
        return histogram;
    }
}
