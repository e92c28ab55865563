package org.sparkberry.model;

/** Draws pairs of indices, uniform in 0 … bound − 1, in the lanes of a block. */
interface IndexPairsKernel {
    /** The largest bound: a half draw times the bound is a whole number that a double holds. */
    int MAX_BOUND = 1 << 20;

    /**
     * Fills the pairs' first steps · lanes elements, of step i and lane l the one at i · lanes + l: its low 32 bits are
     * ⌊h·bound/2³²⌋ for h the high half of the lane's next draw, and its high 32 bits the same for the low half. An index's
     * probability is 1/bound within 2⁻³².
     *
     * @param states the lanes' random streams, as {@code Streams.states} lays them out; they move on
     * @param bound from 1 to {@link #MAX_BOUND}
     */
    void fill(long[] states, int bound, int steps, long[] pairs);
}
