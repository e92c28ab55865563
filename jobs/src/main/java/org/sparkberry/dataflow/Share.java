package org.sparkberry.dataflow;

import java.io.Serializable;
import org.sparkberry.estimate.Estimator;

/**
 * What a task gives: the merged estimator of its blocks, where it ran, and fingerprints of those blocks that are to be
 * computed a second time.
 *
 * @param <E> the job's estimator
 */
public final class Share<E extends Estimator<E>> implements Serializable {
    private static final long serialVersionUID = 1;

    private final E estimator;
    private final String executor;
    private final long[] blocks;
    private final long[] fingerprints;

    /**
     * @param executor where it ran
     * @param blocks the numbers of those blocks that have fingerprints
     * @param fingerprints theirs, in the same order
     */
    public Share(E estimator, String executor, long[] blocks, long[] fingerprints) {
        this.estimator = estimator;
        this.executor = executor;
        this.blocks = blocks;
        this.fingerprints = fingerprints;
    }

    /** Of all the blocks together. */
    public E estimator() {
        return estimator;
    }

    /** The number of the executor that it ran on, as Spark knows it. */
    public String executor() {
        return executor;
    }

    /** How many blocks have a fingerprint. */
    public int fingerprints() {
        return blocks.length;
    }

    /** The number of one of those blocks. */
    public long block(int index) {
        return blocks[index];
    }

    /** The fingerprint of one of those blocks. */
    public long fingerprint(int index) {
        return fingerprints[index];
    }
}
