package org.sparkberry.record;

import java.util.Map;

/**
 * What one invocation of a sweep, a fresh Java process, is to measure.
 *
 * @param sweep the sweep it belongs to
 * @param task what to do
 * @param order from 1; 0 where nothing is measured
 * @param block which repetition of all points
 * @param executors how many; 0 for the baseline without Spark
 * @param masterUrl the cluster's
 * @param spark Spark settings by their names, for the application
 */
public record InvocationSettings(
        SweepSettings sweep,
        Task task,
        int order,
        int block,
        int executors,
        String masterUrl,
        Map<String, String> spark) {

    /** What an invocation is started for. */
    public enum Task {
        /** To read the job's input and parameters, which may be bad. */
        CHECK,
        /** To do that, and to find out how much work takes one thread some seconds. */
        CALIBRATE,
        /** To measure. */
        MEASURE
    }
}
