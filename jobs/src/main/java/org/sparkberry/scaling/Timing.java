package org.sparkberry.scaling;

import java.util.List;
import org.sparkberry.estimate.StudentT;

/**
 * The mean time of a point and how well it is known. The unit of replication is the invocation, a fresh application:
 * iterations within one share its luck (Kalibera and Jones 2013, doi:10.1145/2491894.2464160).
 *
 * <p>Intervals are Student's on the logarithm: with the three invocations that are usual, a percentile bootstrap cannot
 * cover more than 75 %, since it never leaves the range of the three.
 *
 * @param seconds the mean over invocations of their mean iteration
 * @param relativeError the standard error of {@code seconds} as a share of it; NaN with a single invocation
 * @param invocations how many
 */
record Timing(double seconds, double relativeError, int invocations) {
    /** From the mean iteration of each invocation, at least one. */
    static Timing of(List<Double> invocationSeconds) {
        int n = invocationSeconds.size();
        double mean =
                invocationSeconds.stream().mapToDouble(Double::doubleValue).sum() / n;
        double squares = invocationSeconds.stream()
                .mapToDouble(seconds -> (seconds - mean) * (seconds - mean))
                .sum();
        double relativeError = n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n) / mean;
        return new Timing(mean, relativeError, n);
    }

    /** The time with its interval. */
    Interval interval() {
        return spread(seconds, relativeError, invocations - 1);
    }

    /** Other time / this time: how many times as fast this is, by Welch's degrees of freedom (1947). */
    Interval speedupOver(Timing other) {
        double a = relativeError * relativeError;
        double b = other.relativeError * other.relativeError;
        double degrees = (a + b) * (a + b) / (a * a / (invocations - 1) + b * b / (other.invocations - 1));
        // No scatter at all: the formula is 0/0, and the smaller sample's freedom is the cautious choice.
        double safe = a + b == 0 ? Math.min(invocations, other.invocations) - 1 : degrees;
        return spread(other.seconds / seconds, Math.sqrt(a + b), safe);
    }

    private static Interval spread(double value, double relativeError, double degrees) {
        if (!(relativeError >= 0)) {
            return new Interval(value, Double.NaN, Double.NaN);
        }
        double factor = Math.exp(StudentT.quantile975(Math.max(1, degrees)) * relativeError);
        return new Interval(value, value / factor, value * factor);
    }
}
