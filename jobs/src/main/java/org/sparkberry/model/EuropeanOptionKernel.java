package org.sparkberry.model;

/** {@link LaneSums} of a European option. */
interface EuropeanOptionKernel {
    void add(EuropeanOption option, boolean antithetic, long[] states, long rounds, double[] sums);
}
