package org.sparkberry.record;

/**
 * An axis of a {@link Panel}.
 *
 * @param label what it shows, with its unit: {@code time (s)}
 * @param isLogarithmic to base 10; what is not above 0 is left out
 * @param share how much of the data it reaches over, above 0 and at most 1; what is further out is cut off
 */
public record Axis(String label, boolean isLogarithmic, double share) {
    public Axis {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "axis '" + label + "': its share must be above 0 and at most 1: " + share);
        }
    }

    public static Axis linear(String label) {
        return new Axis(label, false, 1);
    }

    public static Axis logarithmic(String label) {
        return new Axis(label, true, 1);
    }

    /** The same over the middle of the data: without the few that would make all others small. */
    public Axis overShare(double middle) {
        return new Axis(label, isLogarithmic, middle);
    }
}
