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
        Sample sample = Sample.of(invocationSeconds);
        return new Timing(sample.mean(), sample.standardError() / sample.mean(), sample.invocations());
    }

    /** The time with its interval. */
    Interval interval() {
        return spread(seconds, relativeError, invocations - 1);
    }

    /** Other time / this time: how many times as fast this is, by Welch's degrees of freedom (1947). */
    Interval speedupOver(Timing other) {
        double degrees = Sample.welchDegrees(relativeError, invocations, other.relativeError, other.invocations);
        return spread(other.seconds / seconds, Math.hypot(relativeError, other.relativeError), degrees);
    }

    private static Interval spread(double value, double relativeError, double degrees) {
        if (!(relativeError >= 0)) {
            return new Interval(value, Double.NaN, Double.NaN);
        }
        double factor = Math.exp(StudentT.quantile975(Math.max(1, degrees)) * relativeError);
        return new Interval(value, value / factor, value * factor);
    }
}
