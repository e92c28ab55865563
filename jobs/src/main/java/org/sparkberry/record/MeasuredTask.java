package org.sparkberry.record;

/**
 * A task of a measured iteration: a row of {@code tasks.parquet} and {@code tasks.csv}.
 *
 * @param order of its invocation in the sweep, from 1
 * @param iteration within the invocation, from 1
 * @param stage Spark's number for the step of the job that it belongs to, as long as the application lives
 * @param task which part of the work
 * @param attempt 0, or more if an earlier attempt failed
 * @param executor Spark's name for the executor
 * @param host where it ran
 * @param launchedMillis when, in milliseconds since 1970
 * @param durationSeconds from launch to result, as the driver saw it
 * @param runSeconds on the executor, from unpacked to computed: shuffle and garbage collection are within
 * @param deserializeSeconds unpacking the task
 * @param gcSeconds collecting garbage, in the whole executor meanwhile
 * @param resultSerializeSeconds packing the result
 * @param resultFetchSeconds fetching a result too large to be sent with the task's end
 * @param schedulerDelaySeconds on the way to the executor and back, and waiting for the driver: the duration without run,
 *     unpacking, packing and fetching; never below 0
 * @param shuffleFetchWaitSeconds waiting for other executors' data
 * @param shuffleWriteSeconds writing data for other executors
 * @param resultBytes the result's size
 * @param failed whether it failed or was killed
 * @param speculative whether it was a copy of a slow task
 */
public record MeasuredTask(
        int order,
        int iteration,
        int stage,
        int task,
        int attempt,
        String executor,
        String host,
        long launchedMillis,
        double durationSeconds,
        double runSeconds,
        double deserializeSeconds,
        double gcSeconds,
        double resultSerializeSeconds,
        double resultFetchSeconds,
        double schedulerDelaySeconds,
        double shuffleFetchWaitSeconds,
        double shuffleWriteSeconds,
        long resultBytes,
        boolean failed,
        boolean speculative) {

    /** The same task, as one of this iteration of this invocation. */
    public MeasuredTask of(int itsOrder, int itsIteration) {
        return new MeasuredTask(
                itsOrder,
                itsIteration,
                stage,
                task,
                attempt,
                executor,
                host,
                launchedMillis,
                durationSeconds,
                runSeconds,
                deserializeSeconds,
                gcSeconds,
                resultSerializeSeconds,
                resultFetchSeconds,
                schedulerDelaySeconds,
                shuffleFetchWaitSeconds,
                shuffleWriteSeconds,
                resultBytes,
                failed,
                speculative);
    }
}
