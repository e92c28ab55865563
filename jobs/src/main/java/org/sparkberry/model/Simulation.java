package org.sparkberry.model;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.sparkberry.estimate.Table;

/**
 * The science of a workload whose state changes in steps. The state is cut into blocks, a matter of the job, never of the
 * cluster; a block's state is an array of doubles, whose meaning and length are the simulation's. In a step every block
 * sees its own state and what others show of theirs: all of them (bodies that attract each other), or its neighbours (the
 * edges of a grid's parts). A simulation is immutable, holds its parameters, and travels to the executors.
 *
 * <p>What a method gives must depend on its arguments and the simulation's parameters alone: the same operations in the
 * same order, with + − × ÷ √ fma and {@code StrictMath} only. It may keep none of the arrays that it is given, nor write
 * to them.
 */
public interface Simulation extends Serializable {
    /** Into how many blocks the state is cut, at least 1. */
    int blocks();

    /** The number of the last step; the first is step 0, which leads from the {@link #initial} state. */
    long steps();

    /** The state of a block before step 0. */
    double[] initial(int block);

    /** What the other blocks see of this one during a step, which they all take from the same state. */
    double[] shown(int block, double[] state, long step);

    /**
     * Which blocks' shown parts a block needs, itself too if it wants to; they are sent to every machine that computes the
     * block. Empty, if every block needs all of them.
     */
    default Optional<int[]> needs(int block) {
        return Optional.empty();
    }

    /**
     * The state of a block after a step.
     *
     * @param state before it
     * @param shown by block number, what {@link #shown} gave for this step; null for a block that is not needed
     */
    double[] step(int block, long step, double[] state, double[][] shown);

    /**
     * What the result will need to know of the state after a step: numbers, kept in memory to the end. None, if nothing
     * is to be known of this step.
     *
     * @param states of all blocks, in their order
     */
    List<Observation> observe(long step, List<double[]> states);

    /** The state after a step as a table for people, if one is to be kept of this step. */
    default Optional<Table> snapshot(long step, List<double[]> states) {
        return Optional.empty();
    }
}
