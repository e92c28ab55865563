package org.sparkberry.model;

/** Throws the darts of a block's lanes. */
interface DartsKernel {
    /**
     * How many darts hit.
     *
     * @param states the lanes' random streams, as {@code Streams.states} lays them out; they move on
     * @param rounds how many darts each lane throws
     */
    long hits(long[] states, long rounds);
}
