package org.sparkberry.scaling;

/**
 * How a sweep's runs at one executor count came out. Speedup, efficiency and serial fraction are against the smallest
 * executor count of the sweep.
 *
 * @param executors asked for
 * @param cores of all executors together
 * @param trials the work of an iteration
 * @param invocations with at least one valid iteration
 * @param runs valid iterations after warm-up
 * @param invalidRuns iterations after warm-up that were left out
 * @param seconds of an iteration
 * @param speedup strong mode: T(1)/T(n); weak mode: n·T(1)/T(n), Gustafson's scaled speedup
 * @param efficiency speedup by core
 * @param serialFraction strong mode: Karp and Flatt 1990 (doi:10.1145/78607.78614); weak mode: Gustafson 1988
 *     (doi:10.1145/42411.42415)
 * @param baselineRatio seconds against one thread without Spark doing the same work
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
