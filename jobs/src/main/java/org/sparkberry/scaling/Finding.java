package org.sparkberry.scaling;

import java.util.Locale;

/**
 * Something about the data that a reader of the numbers must know, with what to do about it.
 *
 * @param kind which of the closed list
 * @param words what was found, with its numbers: one sentence without a full stop
 * @param next what to do: the same
 */
public record Finding(Kind kind, String words, String next) {
    /** All that can be found. */
    public enum Kind {
        /** The smallest n is slower (or faster) than the others let expect, or speedups are above n. */
        SUSPECT_BASELINE,
        /** Times rise or fall with the order of the runs. */
        ORDER_EFFECT,
        /** The repeats of one n scatter much more than those of the others. */
        SCATTERED_POINT,
        /** Time stops to fall as if there were no work for further cores. */
        FEW_TASKS,
        /** Points lie farther from the law than their repeats scatter. */
        LAW_MISSES_POINTS,
        /** A parameter cannot be told from 0. */
        NOT_TOLD_FROM_ZERO,
        /** The fastest n lies beyond what was measured. */
        PEAK_NOT_SEEN,
        /** Laws that fit as well predict otherwise. */
        LAWS_DISAGREE,
        /** Too few points or runs for a law. */
        LAW_LEFT_OUT,
        /** The search for a law's parameters did not come to an end. */
        NOT_CONVERGED,
        /** Runs of the same work with different results. */
        DIFFERENT_BITS,
        /** Runs that do not count. */
        INVALID_RUNS,
        /** Executors had to share cores. */
        OVERSUBSCRIBED,
        /** Other programs took a part of the machine. */
        OTHER_LOAD;

        /** Its name in files: {@code suspect-baseline}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
