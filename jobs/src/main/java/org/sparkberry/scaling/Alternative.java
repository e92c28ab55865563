package org.sparkberry.scaling;

/**
 * Another machine for the same job.
 *
 * @param name for people
 * @param speed how many times as fast as one node it does the job
 * @param watts taken while it computes; NaN if nobody here pays for it
 * @param pricePerSecond of all together
 */
public record Alternative(String name, double speed, double watts, double pricePerSecond) {
    /** A rented machine. */
    public static Alternative cloud(double pricePerHour, double speed) {
        return new Alternative("cloud", speed, Double.NaN, pricePerHour / 3600);
    }

    /** A machine of one's own, busy while it runs, its price spread as that of the nodes. */
    public static Alternative pc(CostModel costs, double speed) {
        return new Alternative("PC", speed, costs.wattsBusy(), costs.cost(1, 1, 1));
    }
}
