package org.sparkberry.dataflow;

import java.util.Map;
import org.sparkberry.estimate.Estimator;
import org.sparkberry.model.Model;
import org.sparkberry.model.Simulation;
import org.sparkberry.model.Work;

/** Computes any blocks of a work, each once, and hands over what is done as it comes. */
interface Backend extends Dataflow {
    /**
     * Takes what is done.
     *
     * @param <E> the job's estimator
     */
    @FunctionalInterface
    interface Sink<E extends Estimator<E>> {
        /** Called by the thread that called {@link Backend#compute}, once for each task, in any order. */
        void take(BlockRanges blocks, Share<E> share);
    }

    /**
     * Computes blocks.
     *
     * @param blocks at least one
     * @param tasks into how many tasks to cut them, at least 1; never more are made than there are blocks
     * @param sample which of them to fingerprint
     */
    <E extends Estimator<E>> void compute(
            Model<E> model, Work work, BlockRanges blocks, int tasks, AuditSample sample, Sink<E> sink);

    /**
     * Computes single blocks where they are wanted and fingerprints them.
     *
     * @param wanted each block's number and the executor that should compute it
     * @return by block; a block may have been computed by another executor than wanted
     */
    <E extends Estimator<E>> Map<Long, Recomputed> recompute(Model<E> model, Work work, Map<Long, String> wanted);

    /**
     * A block's second computation.
     *
     * @param executor where
     */
    record Recomputed(String executor, long fingerprint) {}

    /**
     * What computes the steps of a simulation, to be closed after the last.
     *
     * @param tasks into how many tasks to cut a step, at least 1; never more are made than there are blocks
     */
    Steps.Stepper stepper(Simulation simulation, int tasks);

    /** The executors at work now, by number. */
    Map<String, Place> places();

    /** Lets an executor compute nothing any more. */
    void exclude(Place place);

    /** How many tasks run at the same time. */
    int cores();
}
