package org.sparkberry.dataflow;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sparkberry.estimate.Table;
import org.sparkberry.model.Course;
import org.sparkberry.model.Observation;
import org.sparkberry.model.Simulation;

/**
 * A simulation on its way. Between two steps the driver holds the whole state, so every step can be computed anew from
 * it alone, whatever executors are lost, and what Spark remembers of the past is one step long.
 */
final class Steps {
    private final Simulation simulation;
    private final List<Observation> observations;
    private List<double[]> states;
    private long next;

    /** Computes the blocks of a step. */
    @FunctionalInterface
    interface Stepper extends AutoCloseable {
        /**
         * Computes all blocks, in any order and anywhere.
         *
         * @param states of all blocks before the step
         * @param shown by all blocks in this step
         * @return the states of all blocks after it
         */
        List<double[]> step(long step, List<double[]> states, double[][] shown);

        @Override
        default void close() {}
    }

    /**
     * Where a simulation stands.
     *
     * @param next the step to compute
     * @param states of all blocks before it
     * @param observations so far
     */
    record Position(long next, List<double[]> states, List<Observation> observations) implements Serializable {}

    /** From the initial state. */
    Steps(Simulation simulation) {
        this(
                simulation,
                new Position(
                        0,
                        IntStream.range(0, simulation.blocks())
                                .mapToObj(simulation::initial)
                                .toList(),
                        List.of()));
    }

    /** From where it stood. */
    Steps(Simulation simulation, Position position) {
        this.simulation = simulation;
        this.next = position.next();
        this.states = position.states();
        this.observations = new ArrayList<>(position.observations());
    }

    /** The number of the step to compute. */
    long next() {
        return next;
    }

    boolean isAtEnd() {
        return next > simulation.steps();
    }

    /** Computes one step. */
    void advance(Stepper stepper) {
        double[][] shown = shown();
        states = stepper.step(next, states, shown);
        observations.addAll(simulation.observe(next, states));
        next++;
    }

    /** What is to be kept for people of the state after the last step computed. */
    Optional<Table> snapshot() {
        return simulation.snapshot(next - 1, states);
    }

    /** Of the first block after the step to compute: whether code or data have changed is tested with it. */
    long fingerprint() {
        return AuditSample.fingerprint(simulation.step(0, next, states.get(0), shown()));
    }

    private double[][] shown() {
        double[][] shown = new double[simulation.blocks()][];
        for (int block = 0; block < shown.length; block++) {
            shown[block] = simulation.shown(block, states.get(block), next);
        }
        return shown;
    }

    /** Lists that a stream can carry. */
    Position position() {
        return new Position(next, new ArrayList<>(states), new ArrayList<>(observations));
    }

    /** What it has given so far. */
    Course course() {
        return new Course(observations, states);
    }
}
