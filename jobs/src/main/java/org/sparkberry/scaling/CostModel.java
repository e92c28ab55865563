package org.sparkberry.scaling;

/**
 * What nodes take and cost while they run. A node's price is spread evenly over the time that it computes in its life;
 * power between runs, the switch, the storage and anybody's work are not in it. All amounts are of one currency.
 *
 * @param price of a node
 * @param wattsIdle that a node takes while it waits
 * @param wattsBusy that it takes while it computes, no less
 * @param pricePerKilowattHour of electricity
 * @param years of a node's life
 * @param utilisation the share of its life in which it runs jobs, in (0, 1]
 */
public record CostModel(
        double price,
        double wattsIdle,
        double wattsBusy,
        double pricePerKilowattHour,
        double years,
        double utilisation) {
    static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;
    /** A year of 365.25 days. */
    private static final double SECONDS_PER_YEAR = 31_557_600;

    /** The energy of nodes that run so long and compute in this share of the time, in joules. */
    double joules(int nodes, double seconds, double busyShare) {
        return nodes * seconds * (busyShare * wattsBusy + (1 - busyShare) * wattsIdle);
    }

    /** The nodes' share of their price and their electricity. */
    double cost(int nodes, double seconds, double busyShare) {
        double hardware = nodes * price * seconds / (years * utilisation * SECONDS_PER_YEAR);
        return hardware + joules(nodes, seconds, busyShare) / JOULES_PER_KILOWATT_HOUR * pricePerKilowattHour;
    }
}
