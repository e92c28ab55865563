package org.sparkberry.record;

/**
 * One measured iteration of a sweep: a row of {@code runs.csv}. The baseline, one thread without Spark, has 0
 * executors.
 *
 * @param order of its invocation in the sweep, from 1: the order in time
 * @param block which of the repetitions of all points its invocation belongs to, from 1
 * @param executors asked for; 0 for the baseline
 * @param coresPerExecutor asked for; 1 for the baseline
 * @param iteration within the invocation, from 1
 * @param warmup whether it only warmed up and is left out of the analysis
 * @param trials how much work it did, in the job's unit
 * @param seconds what it took
 * @param startedAt when it began, UTC
 * @param executorsSeen that were there
 * @param coresSeen that they had
 * @param nodesSeen hosts on which they were
 * @param tasks that it was cut into
 * @param failedTasks of them, attempts that failed or were killed
 * @param speculativeTasks copies of slow tasks
 * @param executorsLost while it ran
 * @param coreSeconds where the time of its cores went: a column for each part
 * @param straggle the longest of its tasks, divided by their median; NaN without tasks
 * @param otherLoad the share of this machine's processor time that other programs used meanwhile, from 0 to 1; NaN
 *     where not known: on a cluster of other machines, and without Linux
 * @param highestCelsius the highest temperature of a node of its executors, of the baseline of this machine, at its
 *     start and at its end; NaN where no machine tells
 * @param valid whether it counts
 * @param reason why it does not; empty if it does
 * @param digest of its result
 */
public record MeasuredRun(
        int order,
        int block,
        int executors,
        int coresPerExecutor,
        int iteration,
        boolean warmup,
        long trials,
        double seconds,
        String startedAt,
        int executorsSeen,
        int coresSeen,
        int nodesSeen,
        int tasks,
        int failedTasks,
        int speculativeTasks,
        int executorsLost,
        CoreSeconds coreSeconds,
        double straggle,
        double otherLoad,
        double highestCelsius,
        boolean valid,
        String reason,
        String digest) {

    /** Whether this is one thread without Spark. */
    public boolean isBaseline() {
        return executors == 0;
    }

    /** Whether it counts in the analysis. */
    public boolean counts() {
        return valid && !warmup;
    }
}
