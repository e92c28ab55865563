package org.sparkberry.record;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All that a sweep was asked to measure: with the same settings, the same points are measured in the same order.
 *
 * @param job the job's name
 * @param jars where the job is found, and what it needs, beside Sparkberry's own jar; empty for its own jobs
 * @param options the job's options as typed, defaults too, by name; the size is left out
 * @param seed of the job's random numbers and of the order of the points
 * @param master the master URL, or {@code embedded}
 * @param mode {@code strong} (the same work for every point) or {@code weak} (work that grows with the executors)
 * @param executors how many at each point, ascending
 * @param coresPerExecutor of every executor
 * @param executorMebibytes the heap of every executor
 * @param invocations fresh applications per point
 * @param iterations measured ones within an application
 * @param warmup iterations before them with the fewest executors; see {@link #warmupWith}
 * @param oversubscribe whether more executor cores than processors were allowed
 * @param trials the work of an iteration, in the unit of the job's size; in weak mode per executor
 * @param partitions how many tasks an iteration is cut into; in weak mode per executor; 0: in each of its steps one per
 *     core
 */
public record SweepSettings(
        String job,
        List<JobJar> jars,
        Map<String, String> options,
        long seed,
        String master,
        String mode,
        List<Integer> executors,
        int coresPerExecutor,
        int executorMebibytes,
        int invocations,
        int iterations,
        int warmup,
        boolean oversubscribe,
        long trials,
        int partitions) {

    /** The master of a sweep that starts a cluster of its own. */
    public static final String EMBEDDED = "embedded";

    public static final String STRONG = "strong";

    private static final int MOST_WARMUPS = 8;

    public static final String WEAK = "weak";

    /** The job on a command line, with the jars that it is found in. */
    public String jobAsTyped() {
        return jars.isEmpty()
                ? job
                : job + " --jars " + jars.stream().map(JobJar::path).collect(Collectors.joining(","));
    }

    public boolean isEmbedded() {
        return master.equals(EMBEDDED);
    }

    public boolean isWeak() {
        return mode.equals(WEAK);
    }

    /** The work of an iteration with so many executors; the baseline (0) does that of one. */
    public long trialsWith(int executorCount) {
        return isWeak() ? Math.multiplyExact(trials, Math.max(1, executorCount)) : trials;
    }

    /**
     * The warm-up iterations with so many executors. A JVM is warm by what it has done, and in strong mode each of many
     * executors does less in an iteration than one of a few: so more executors get more of them, up to eight times.
     */
    public int warmupWith(int executorCount) {
        int fewest = executors.get(0);
        boolean isAlike = isWeak() || executorCount <= fewest;
        return isAlike ? warmup : warmup * Math.min(MOST_WARMUPS, (executorCount + fewest - 1) / fewest);
    }

    /** The tasks of an iteration with so many executors. */
    public int partitionsWith(int executorCount) {
        int executorsThere = Math.max(1, executorCount);
        if (partitions == 0) {
            return Math.multiplyExact(coresPerExecutor, executorsThere);
        }
        return isWeak() ? Math.multiplyExact(partitions, executorsThere) : partitions;
    }

    /** The same settings with the work that a calibration found. */
    public SweepSettings withTrials(long calibrated) {
        return new SweepSettings(
                job,
                jars,
                options,
                seed,
                master,
                mode,
                executors,
                coresPerExecutor,
                executorMebibytes,
                invocations,
                iterations,
                warmup,
                oversubscribe,
                calibrated,
                partitions);
    }
}
