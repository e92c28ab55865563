package org.sparkberry.scaling;

/**
 * How a sweep's runs at one executor count came out. Speedup, efficiency and serial fraction are against the smallest
 * executor count that has a valid run, n₁ (usually one executor): p = n/n₁ stands for the number of processors in the laws.
 *
 * @param executors asked for
 * @param cores of all executors together
 * @param trials the work of an iteration
 * @param invocations with at least one valid iteration
 * @param runs valid iterations after warm-up
 * @param invalidRuns iterations after warm-up that were left out
 * @param seconds of an iteration: the mean over invocations of their mean iteration
 * @param speedup S: in strong mode T(n₁)/T(n); in weak mode p·T(n₁)/T(n), Gustafson's scaled speedup
 * @param efficiency S/p
 * @param serialFraction in strong mode Karp and Flatt's, in weak mode Gustafson's; not known for n₁ itself
 * @param baselineRatio seconds, divided by what one thread without Spark takes for the same work
 * @param oversubscribed whether the executors had more cores than the machine has
 */
public record ScalingPoint(
        int executors,
        int cores,
        long trials,
        int invocations,
        int runs,
        int invalidRuns,
        Interval seconds,
        Interval speedup,
        Interval efficiency,
        Interval serialFraction,
        Interval baselineRatio,
        boolean oversubscribed) {

    /** Work done in a second. */
    public double trialsPerSecond() {
        return trials / seconds.value();
    }
}
