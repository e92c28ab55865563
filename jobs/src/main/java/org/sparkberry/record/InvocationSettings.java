package org.sparkberry.record;

import java.util.Map;

/**
 * What one invocation of a sweep, a fresh Java process, is to measure.
 *
 * @param sweep the sweep it belongs to
 * @param order from 1; 0 for the calibration
 * @param block which repetition of all points
 * @param executors how many; 0 for the baseline without Spark
 * @param masterUrl the cluster's
 * @param spark Spark settings by their names, for the application
 * @param calibrateSeconds if positive, nothing is measured: the work is looked for that takes one thread so long
 */
public record InvocationSettings(
        SweepSettings sweep,
        int order,
        int block,
        int executors,
        String masterUrl,
        Map<String, String> spark,
        double calibrateSeconds) {}
