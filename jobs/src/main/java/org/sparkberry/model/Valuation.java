package org.sparkberry.model;

import java.io.Serializable;
import java.util.Optional;

/** An option in its market, valued along random paths. Immutable, and travels to the executors. */
public interface Valuation extends Serializable {
    /** How many independent numbers a path takes. */
    int dimensions();

    /** How many quantities a path gives: the discounted payoff, and its derivatives where they are known. */
    int quantities();

    /** A trial with its own memory, for one thread. */
    Trial trial();

    /** The same by vectors, where there is such a kernel and the JVM has compiled it. */
    default Optional<LaneSums> lanes(boolean antithetic) {
        return Optional.empty();
    }

    /** Paths, one after the other. */
    interface Trial {
        /** Takes the numbers of the next path, each uniform in (−1, 1). */
        void draw(double[] centred);

        /**
         * Values the path that was drawn.
         *
         * @param sign 1, or −1 for its mirror image, that of the negated numbers
         * @param sample takes the control variate less its known mean (0 if there is none), then the quantities, the
         *     discounted payoff first
         */
        void value(double sign, double[] sample);
    }
}
