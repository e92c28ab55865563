package org.sparkberry.estimate;

import java.io.Serializable;

/**
 * A statistic gathered in parts. Merging is associative and commutative, exact to the last bit, so the parts may come
 * from any number of tasks and be merged in any order: integer counts, {@link ExactSum}, minima and maxima are such
 * states; a plain floating-point sum is not.
 *
 * @param <E> the implementing class itself
 */
public interface Estimator<E extends Estimator<E>> extends Serializable {
    /** Adds to this all that the other has gathered. The other is not changed and must be of the same shape. */
    void merge(E other);
}
