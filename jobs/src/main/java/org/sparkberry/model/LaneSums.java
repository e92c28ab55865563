package org.sparkberry.model;

/** Values the paths of eight lanes side by side, to the bits of {@link OptionSampling} path by path. */
interface LaneSums {
    /**
     * Adds the next paths of each lane to its sums.
     *
     * @param states the lanes' random streams, as {@code Streams.states} lays them out; they move on
     * @param rounds how many trials each lane has
     * @param sums those of {@code ControlledMeans}, the one at i of lane l at 8i + l
     */
    void add(long[] states, long rounds, double[] sums);
}
