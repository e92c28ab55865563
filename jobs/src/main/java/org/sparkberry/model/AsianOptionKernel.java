package org.sparkberry.model;

/** {@link LaneSums} of an Asian option whose path is made in the order of time. */
interface AsianOptionKernel {
    void add(AsianOption option, boolean antithetic, long[] states, long rounds, double[] sums);
}
