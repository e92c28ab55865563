package org.sparkberry.model.waves;

import org.sparkberry.estimate.Estimate;

/**
 * How often something happens that happened n times in a time T, under a flat prior of the rate: its posterior is a Gamma
 * distribution of shape n + 1, with the mean (n + 1)/T and the standard deviation √(n + 1)/T. (Gelman et al., "Bayesian
 * Data Analysis", 3rd ed. 2013, section 2.6.)
 */
final class PoissonRate {
    private final long count;
    private final double time;

    PoissonRate(long count, double time) {
        this.count = count;
        this.time = time;
    }

    double mean() {
        return (count + 1) / time;
    }

    Estimate estimate(String name) {
        return new Estimate(name, mean(), Math.sqrt(count + 1.0) / time, quantile(0.025), quantile(0.975), 0, null);
    }

    /** The rate below which this share of the posterior is. */
    double quantile(double share) {
        double low = 0;
        double high = 1;
        while (below(high) < share) {
            high *= 2;
        }
        for (int i = 0; i < 100; i++) {
            double middle = 0.5 * (low + high);
            if (below(middle) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high) / time;
    }

    /** P(X < x) for shape n + 1: one minus the probability that a Poisson number of mean x is at most n. */
    private double below(double x) {
        long largest = Math.min(count, (long) x);
        double logFactorial = 0;
        for (long k = 2; k <= largest; k++) {
            logFactorial += StrictMath.log((double) k);
        }
        double top = StrictMath.exp(largest * StrictMath.log(x) - x - logFactorial);
        double sum = 0;
        double term = top;
        for (long k = largest; k >= 0; k--) {
            sum += term;
            term *= k / x;
        }
        term = top;
        for (long k = largest + 1; k <= count; k++) {
            term *= x / k;
            sum += term;
        }
        return 1 - sum;
    }
}
