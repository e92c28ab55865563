package org.sparkberry.record;

/**
 * What one run took.
 *
 * @param n on how many executors (or nodes, cores, threads), at least 1
 * @param seconds more than 0
 * @param order its place in time among the runs, from 1; 0 if that is not known
 */
public record TimedRun(int n, double seconds, int order) {
    /** @throws IllegalArgumentException if a number is out of its range */
    public TimedRun {
        if (n < 1 || !(seconds > 0 && seconds < Double.POSITIVE_INFINITY) || order < 0) {
            throw new IllegalArgumentException("no timing: n " + n + ", seconds " + seconds + ", order " + order);
        }
    }
}
