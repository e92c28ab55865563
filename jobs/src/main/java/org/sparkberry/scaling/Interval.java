package org.sparkberry.scaling;

/**
 * A number and its 95 % interval; NaN at both ends where the data cannot tell.
 *
 * @param value the number
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double value, double low, double high) {
    /** What cannot be said at all. */
    public static final Interval UNKNOWN = new Interval(Double.NaN, Double.NaN, Double.NaN);

    /** Whether the interval is known. */
    public boolean isKnown() {
        return low <= high;
    }

    /** This times a positive constant. */
    Interval times(double factor) {
        return new Interval(value * factor, low * factor, high * factor);
    }

    /**
     * The serial fraction for this speedup on p processors: (1/S − 1/p)/(1 − 1/p), Karp and Flatt 1990
     * (doi:10.1145/78607.78614); for weak scaling (p − S)/(p − 1), Gustafson 1988 (doi:10.1145/42411.42415).
     */
    Interval serialFraction(double p, boolean weak) {
        return map(s -> weak ? (p - s) / (p - 1) : (1 / s - 1 / p) / (1 - 1 / p));
    }

    /** Cut to what is possible. */
    Interval within(double least, double most) {
        return new Interval(
                Math.min(most, Math.max(least, value)),
                Math.min(most, Math.max(least, low)),
                Math.min(most, Math.max(least, high)));
    }

    /** Through a function that falls (or rises) everywhere in the interval. */
    Interval map(java.util.function.DoubleUnaryOperator monotone) {
        double a = monotone.applyAsDouble(low);
        double b = monotone.applyAsDouble(high);
        return new Interval(monotone.applyAsDouble(value), Math.min(a, b), Math.max(a, b));
    }
}
