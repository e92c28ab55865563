package org.sparkberry.scaling;

import java.util.Locale;
import java.util.Optional;

/**
 * What a job is predicted to take and cost on so many nodes, or on another machine. Intervals are of 95 % and hold the
 * uncertainty of the times alone; what is not known or not asked is {@link Interval#UNKNOWN}.
 *
 * @param name the number of nodes, or the other machine's name
 * @param nodes how many; 1 for another machine
 * @param seconds of a run
 * @param speedup against one executor
 * @param efficiency speedup for each executor
 * @param idleShare the share of the nodes' time in which they wait: 1 − efficiency, and never below 0
 * @param energyJoules of a run
 * @param cost of a run
 * @param inTime whether the run meets the deadline; empty without one
 * @param standing whether a recommendation may rest on it
 */
public record PlanRow(
        String name,
        int nodes,
        Interval seconds,
        Interval speedup,
        Interval efficiency,
        Interval idleShare,
        Interval energyJoules,
        Interval cost,
        Optional<InTime> inTime,
        Standing standing) {

    /** Whether a deadline is met. */
    public enum InTime {
        YES,
        /** The deadline is inside the interval. */
        PERHAPS,
        NO;

        /** Its name for people and in files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far a prediction can be trusted. */
    public enum Standing {
        FIRM,
        /** Too many times the largest n that was measured. */
        FAR,
        /** The time's interval is unknown, or its ends are more than a factor 3 apart. */
        VAGUE;

        /** Its name in files. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a recommendation may rest on it. */
    public boolean isFirm() {
        return standing == Standing.FIRM;
    }
}
