package org.sparkberry.record;

/**
 * Where the time of all cores went during an iteration, in core-seconds: together cores × the iteration's seconds. All
 * NaN where it is not known.
 *
 * @param computeSeconds computing
 * @param gcSeconds stopped while garbage is collected
 * @param deserializeSeconds unpacking tasks
 * @param schedulerSeconds with a task on its way to the core or back, or waiting for the driver
 * @param shuffleSeconds waiting for other executors' data, and writing data for them
 * @param resultSeconds packing results, and waiting while the driver fetches them
 * @param idleSeconds without a task while another core had one
 * @param driverSeconds while no core had a task: only the driver can have worked
 */
public record CoreSeconds(
        double computeSeconds,
        double gcSeconds,
        double deserializeSeconds,
        double schedulerSeconds,
        double shuffleSeconds,
        double resultSeconds,
        double idleSeconds,
        double driverSeconds) {

    public static final CoreSeconds UNKNOWN = onlyCompute(Double.NaN);

    /** Of one thread without Spark: its garbage collection is not told apart, and the rest it does not have. */
    public static CoreSeconds onlyCompute(double seconds) {
        return new CoreSeconds(
                seconds, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /** All parts together; NaN where one is not known. */
    public double total() {
        return computeSeconds
                + gcSeconds
                + deserializeSeconds
                + schedulerSeconds
                + shuffleSeconds
                + resultSeconds
                + idleSeconds
                + driverSeconds;
    }

    /** Whether all parts are known. */
    public boolean isKnown() {
        return !Double.isNaN(total());
    }
}
