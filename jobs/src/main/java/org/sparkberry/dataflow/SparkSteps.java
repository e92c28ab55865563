package org.sparkberry.dataflow;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.rdd.RDD;
import org.sparkberry.model.Simulation;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/**
 * A simulation's steps as Spark jobs. A task gets the states of its blocks, and what other blocks show: all that was shown
 * where every block needs all of it, which is sent to each executor once; else no more than its own blocks need.
 */
public final class SparkSteps implements Steps.Stepper {
    private final SparkContext spark;
    private final Shared<Simulation> shared;
    private final int tasks;
    private final List<Optional<int[]>> needs;
    private final Runnable beforeJob;
    private final boolean isAllShared;

    /**
     * @param atMost into how many tasks to cut a step, at least 1; never more are made than there are blocks
     * @param beforeJob is run before every Spark job
     */
    SparkSteps(SparkContext spark, Simulation simulation, int atMost, Runnable beforeJob) {
        this.beforeJob = beforeJob;
        this.spark = spark;
        this.shared = new Shared<>(spark, simulation);
        this.tasks = Math.min(atMost, simulation.blocks());
        this.needs = IntStream.range(0, tasks)
                .mapToObj(task -> needs(simulation, task))
                .toList();
        this.isAllShared = needs.stream().anyMatch(Optional::isEmpty);
    }

    /**
     * What a task of a step works on.
     *
     * @param first the number of the first of its blocks, which follow one another
     * @param states of its blocks
     * @param shown by block, null where it is not needed; empty if all tasks share it
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Part(int first, double[][] states, double[][] shown) implements Serializable {}

    @Override
    public List<double[]> step(long step, List<double[]> states, double[][] shown) {
        List<Part> parts = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            double[][] own = states.subList(first(task, states.size()), first(task + 1, states.size()))
                    .toArray(double[][]::new);
            parts.add(new Part(first(task, states.size()), own, isAllShared ? new double[0][] : needed(task, shown)));
        }
        ClassTag<Part> tag = ClassTag$.MODULE$.apply(Part.class);
        RDD<Part> rdd = spark.parallelize(CollectionConverters.asScala(parts).toSeq(), tasks, tag);
        double[][] after = new double[states.size()][];
        beforeJob.run();
        try (Shared<double[][]> all = new Shared<>(spark, isAllShared ? shown : new double[0][])) {
            SparkJob.run(
                    rdd,
                    new Task(shared, all, step),
                    (task, computed) ->
                            System.arraycopy(computed, 0, after, first(task, states.size()), computed.length));
        }
        return List.of(after);
    }

    @Override
    public void close() {
        shared.close();
    }

    private int first(int task, int blocks) {
        return (int) ((long) blocks * task / tasks);
    }

    /** What the blocks of a task need together. */
    private Optional<int[]> needs(Simulation simulation, int task) {
        BitSet needed = new BitSet();
        for (int block = first(task, simulation.blocks()); block < first(task + 1, simulation.blocks()); block++) {
            Optional<int[]> needs = simulation.needs(block);
            if (needs.isEmpty()) {
                return needs;
            }
            Arrays.stream(needs.get()).forEach(needed::set);
        }
        return Optional.of(needed.stream().toArray());
    }

    private double[][] needed(int task, double[][] shown) {
        double[][] needed = new double[shown.length][];
        for (int block : needs.get(task).orElseThrow()) {
            needed[block] = shown[block];
        }
        return needed;
    }

    /** What an executor runs: a step of one part's blocks. */
    private static final class Task extends AbstractFunction1<Iterator<Part>, double[][]> implements Serializable {
        private static final long serialVersionUID = 1;

        private final Shared<Simulation> shared;
        private final Shared<double[][]> all;
        private final long step;

        Task(Shared<Simulation> shared, Shared<double[][]> all, long step) {
            this.shared = shared;
            this.all = all;
            this.step = step;
        }

        @Override
        public double[][] apply(Iterator<Part> parts) {
            Part part = parts.next();
            double[][] shown = part.shown().length == 0 ? all.value() : part.shown();
            double[][] after = new double[part.states().length][];
            for (int i = 0; i < after.length; i++) {
                if (TaskContext.get().isInterrupted()) {
                    throw new TaskKilledException("step " + step);
                }
                after[i] = shared.value().step(part.first() + i, step, part.states()[i], shown);
            }
            return after;
        }
    }
}
