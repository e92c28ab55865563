package org.sparkberry.job;

import java.util.List;
import org.sparkberry.dataflow.Dataflow;
import org.sparkberry.dataflow.Tables;
import org.sparkberry.estimate.Result;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Chart;

/**
 * A workload. To add one, implement this and {@link org.sparkberry.model.Model}, and name the class in
 * {@code META-INF/services/org.sparkberry.job.Job} of the jar.
 */
public interface Job {
    /** Its name on the command line: lower-case letters, digits and hyphens. The random streams depend on it. */
    String name();

    /** What it computes, in one line. */
    String summary();

    /** How its parts depend on each other, which decides how it scales; not at all, if nothing else is said. */
    default Pattern pattern() {
        return Pattern.INDEPENDENT;
    }

    /** The option that the amount of work is proportional to; a sweep sets it. */
    Option<Long> size();

    /** How many units of {@link #size} make a block; a sweep rounds to it. */
    long blockSize();

    /** Its further options. */
    default List<Option<?>> options() {
        return List.of();
    }

    /** Classes beside those of Sparkberry that its results are made of: they are registered with Kryo. */
    default List<Class<?>> travels() {
        return List.of();
    }

    /** The figures that {@code run} makes of the tables of its results; those whose tables are empty are left out. */
    default List<Chart> charts() {
        return List.of();
    }

    /**
     * Reads and checks all input.
     *
     * @throws BadInput if an option or a file cannot be used
     */
    Experiment prepare(Parameters parameters, Tables tables);

    /** A job with its input, ready to be run any number of times, each time with the same result to the bit. */
    @FunctionalInterface
    interface Experiment {
        Result run(Dataflow dataflow);
    }

    /** How the parts of a computation depend on each other. */
    enum Pattern {
        INDEPENDENT("independent"),
        BROADCAST("broadcast each step"),
        HALO_EXCHANGE("halo exchange"),
        SHUFFLE("shuffle");

        private final String words;

        Pattern(String words) {
            this.words = words;
        }

        /** Whether the work is done in steps, each of which waits for all of the one before. */
        public boolean isInSteps() {
            return this == BROADCAST || this == HALO_EXCHANGE;
        }

        /** As it is written in lists. */
        public String words() {
            return words;
        }
    }
}
