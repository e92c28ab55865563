package org.sparkberry.estimate;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A number with its error bar. NaN in {@code standardError}, {@code low} or {@code high} says that the data cannot tell
 * (too few trials, trials that are all the same), never that the error is zero.
 *
 * @param name what is estimated, such as {@code pi} or {@code value-at-risk.99}
 * @param value the estimate
 * @param standardError its standard error, in the unit of the value
 * @param low the lower end of the 95 % interval, resolution included
 * @param high the upper end of the 95 % interval, resolution included
 * @param resolution how far off the value may be because values were counted in bins: half a bin's width; 0 if exact
 * @param reference the known answer, where there is one
 */
public record Estimate(
        String name,
        double value,
        double standardError,
        double low,
        double high,
        double resolution,
        @Nullable Double reference) {

    /** The normal quantile of 97.5 %: half the width of a 95 % interval in standard errors. */
    static final double Z_95 = 1.959963984540054;

    public Estimate {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9.-]*")) {
            throw new IllegalArgumentException("an estimate's name is of letters, digits, dots and hyphens: " + name);
        }
        if (!(resolution >= 0)) {
            throw new IllegalArgumentException("resolution must be at least 0: " + resolution);
        }
    }

    /** A number that was computed, not estimated from samples: its standard error is 0. */
    public static Estimate exact(String name, double value) {
        return new Estimate(name, value, 0, value, value, 0, null);
    }

    /** Whether it is {@link #exact}. */
    public boolean isExact() {
        return standardError == 0 && low == value && high == value;
    }

    /** This estimate beside the answer that is known for it. */
    public Estimate withReference(double known) {
        return new Estimate(name, value, standardError, low, high, resolution, known);
    }

    /** This estimate times a constant, its error bar with it: from a share of hits to π, say. */
    public Estimate times(double factor) {
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("factor must be positive and finite: " + factor);
        }
        Double known = reference == null ? null : (Double) (reference * factor);
        return new Estimate(
                name, value * factor, standardError * factor, low * factor, high * factor, resolution * factor, known);
    }

    /** (value − reference) / standard error: how surprising the known answer makes this estimate. */
    public OptionalDouble z() {
        return reference == null || !(standardError > 0)
                ? OptionalDouble.empty()
                : OptionalDouble.of((value - reference) / standardError);
    }
}
