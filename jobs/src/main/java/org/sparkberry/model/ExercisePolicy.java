package org.sparkberry.model;

import java.io.Serializable;
import org.sparkberry.estimate.Estimator;

/**
 * When to exercise: on each date a polynomial of the price stands for the value of waiting. Gathered from one block, which
 * alone makes it.
 */
public final class ExercisePolicy implements Estimator<ExercisePolicy>, Serializable {
    /** Of a polynomial of degree 5. */
    static final int COEFFICIENTS = 6;

    private static final long serialVersionUID = 1;

    /** Of each date but the last, in order; none before the block was computed. */
    private double[] coefficients = {};

    /** Takes the coefficients of all dates. */
    void set(double[] all) {
        coefficients = all.clone();
    }

    @Override
    public void merge(ExercisePolicy other) {
        if (coefficients.length > 0 && other.coefficients.length > 0) {
            throw new IllegalStateException("two blocks made a policy each");
        }
        if (other.coefficients.length > 0) {
            coefficients = other.coefficients.clone();
        }
    }

    /** The discounted coefficients of every date but the last, {@value #COEFFICIENTS} for each. */
    public double[] coefficients() {
        return coefficients.clone();
    }
}
