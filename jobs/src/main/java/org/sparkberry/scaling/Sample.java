package org.sparkberry.scaling;

import java.util.List;
import org.sparkberry.estimate.StudentT;

/**
 * The mean of a quantity of any sign over invocations, and how well it is known.
 *
 * @param mean over invocations
 * @param standardError of the mean; NaN with a single invocation
 * @param invocations how many
 */
record Sample(double mean, double standardError, int invocations) {
    private static final double ROUNDING = 1e-14;

    /** From one number of each invocation, at least one. */
    static Sample of(List<Double> values) {
        int n = values.size();
        double mean = values.stream().mapToDouble(Double::doubleValue).sum() / n;
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        double error = n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n);
        // Equal values differ from their mean in its last bit.
        return new Sample(mean, error < ROUNDING * Math.abs(mean) ? 0 : error, n);
    }

    /** The mean with Student's interval. */
    Interval interval() {
        return around(mean, standardError, invocations - 1);
    }

    /** This less another, with Welch's interval (1947). */
    Interval minus(Sample other) {
        double degrees = welchDegrees(standardError, invocations, other.standardError, other.invocations);
        return around(mean - other.mean, Math.hypot(standardError, other.standardError), degrees);
    }

    /** This times a positive constant. */
    Sample times(double factor) {
        return new Sample(mean * factor, standardError * factor, invocations);
    }

    /** Welch's degrees of freedom of the difference of two means with these standard errors of so many values. */
    static double welchDegrees(double error, int n, double otherError, int otherN) {
        double a = error * error;
        double b = otherError * otherError;
        // No scatter at all: the formula is 0/0, and the smaller sample's freedom is the cautious choice.
        return a + b == 0 ? Math.min(n, otherN) - 1 : (a + b) * (a + b) / (a * a / (n - 1) + b * b / (otherN - 1));
    }

    private static Interval around(double value, double standardError, double degrees) {
        if (!(standardError >= 0)) {
            return new Interval(value, Double.NaN, Double.NaN);
        }
        double half = StudentT.quantile975(Math.max(1, degrees)) * standardError;
        return new Interval(value, value - half, value + half);
    }
}
