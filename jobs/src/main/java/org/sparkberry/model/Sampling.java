package org.sparkberry.model;

/** How the random numbers of trials are chosen. */
public enum Sampling {
    /** Independent trials. */
    RANDOM,
    /** Independent pairs: a trial is the mean of a path and its mirror image, made of the negated numbers. */
    ANTITHETIC,
    /** Sobol's points, randomised: even cover, with the error from independent randomisations. */
    SOBOL;

    /** How many paths make a trial. */
    public int pathsPerTrial() {
        return this == ANTITHETIC ? 2 : 1;
    }
}
