package org.sparkberry.record;

/**
 * A task of a measured iteration: a row of {@code tasks.parquet} and {@code tasks.csv}.
 *
 * @param order of its invocation in the sweep, from 1
 * @param iteration within the invocation, from 1
 * @param task which part of the work
 * @param attempt 0, or more if an earlier attempt failed
 * @param executor Spark's name for the executor
 * @param host where it ran
 * @param launchedMillis when, in milliseconds since 1970
 * @param durationSeconds from launch to result, as the driver saw it
 * @param runSeconds computing, on the executor
 * @param deserializeSeconds unpacking the task
 * @param gcSeconds collecting garbage, in the whole executor meanwhile
 * @param resultSerializeSeconds packing the result
 * @param resultFetchSeconds fetching a result too large to be sent with the task's end
 * @param resultBytes the result's size
 * @param failed whether it failed or was killed
 * @param speculative whether it was a copy of a slow task
 */
public record MeasuredTask(
        int order,
        int iteration,
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
        long resultBytes,
        boolean failed,
        boolean speculative) {

    /** The same task, as one of this iteration of this invocation. */
    public MeasuredTask of(int itsOrder, int itsIteration) {
        return new MeasuredTask(
                itsOrder,
                itsIteration,
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
                resultBytes,
                failed,
                speculative);
    }
}
