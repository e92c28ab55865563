package org.sparkberry.record;

import java.util.List;
import java.util.Map;

/**
 * Runs of one job on several n: the data of a fit. The runs are taken to be independent of each other.
 *
 * @param weak whether the work grows with n (weak scaling); else all runs did the same work (strong scaling)
 * @param runs at least one, in the order of the file
 * @param tasksPerCore tasks of a run for each core, by n, where it is known
 */
public record Timings(boolean weak, List<TimedRun> runs, Map<Integer, Double> tasksPerCore) {
    public Timings {
        runs = List.copyOf(runs);
        tasksPerCore = Map.copyOf(tasksPerCore);
    }

    /** Runs of which nothing else is known. */
    public static Timings of(boolean weak, List<TimedRun> runs) {
        return new Timings(weak, runs, Map.of());
    }

    /** The runs on at most so many. */
    public Timings upTo(int most) {
        return new Timings(weak, runs.stream().filter(run -> run.n() <= most).toList(), tasksPerCore);
    }

    /** The runs on at least so many. */
    public Timings from(int least) {
        return new Timings(weak, runs.stream().filter(run -> run.n() >= least).toList(), tasksPerCore);
    }
}
