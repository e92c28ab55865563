package org.sparkberry.model;

import java.io.Serializable;
import org.sparkberry.estimate.Estimator;

/**
 * The science of one workload. A model holds its parameters and broadcast data, is immutable, and travels to the
 * executors.
 *
 * @param <E> what it estimates with
 */
public interface Model<E extends Estimator<E>> extends Serializable {
    /** An estimator that has gathered nothing. */
    E estimator();

    /**
     * Computes a whole block and adds what it finds to the estimator. What it adds must depend on nothing but this
     * model and the block: the same operations in the same order, from the block's own random streams, with + − × ÷ √
     * fma and {@code StrictMath} only.
     */
    void compute(Block block, E estimator);
}
