package org.sparkberry.dataflow;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.rdd.RDD;
import org.sparkberry.estimate.Estimator;
import org.sparkberry.model.Model;
import org.sparkberry.model.Work;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Contiguous ranges of blocks as Spark tasks. Each task sends one estimator; the driver merges them as they come, and
 * since merging is exact it does not matter which comes first, nor how many tasks there were, nor which were retried.
 */
public final class SparkTasks implements Dataflow {
    private final SparkContext spark;
    private final int partitions;
    private final Progress progress;
    private int jobs;

    /**
     * @param partitions into how many tasks to cut the work, at least 1; never more are made than there are blocks
     * @param progress is told after each task
     */
    public SparkTasks(SparkContext spark, int partitions, Progress progress) {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1: " + partitions);
        }
        this.spark = spark;
        this.partitions = partitions;
        this.progress = progress;
    }

    /** How many Spark jobs were run so far. */
    public int jobs() {
        return jobs;
    }

    @Override
    public <E extends Estimator<E>> E estimate(Model<E> model, Work work) {
        int tasks = (int) Math.min(partitions, work.blocks());
        RDD<Object> numbers = spark.range(0, tasks, 1, tasks);
        Merger<E> merger = new Merger<>(model.estimator(), work, tasks, progress);
        ClassTag<E> tag = ClassTag$.MODULE$.apply(Estimator.class);
        jobs++;
        spark.runJob(numbers, new Task<>(model, work, tasks), merger, tag);
        return merger.merged;
    }

    /** What an executor runs: the blocks of one task. */
    private static final class Task<E extends Estimator<E>> extends AbstractFunction2<TaskContext, Iterator<Object>, E>
            implements Serializable {
        private static final long serialVersionUID = 1;

        private final Model<E> model;
        private final Work work;
        private final int tasks;

        Task(Model<E> model, Work work, int tasks) {
            this.model = model;
            this.work = work;
            this.tasks = tasks;
        }

        @Override
        public E apply(TaskContext context, Iterator<Object> numbers) {
            int task = context.partitionId();
            E estimator = model.estimator();
            long end = work.firstBlock(task + 1, tasks);
            for (long number = work.firstBlock(task, tasks); number < end; number++) {
                if (context.isInterrupted()) {
                    throw new TaskKilledException("block " + number);
                }
                model.compute(work.block(number), estimator);
            }
            return estimator;
        }
    }

    /** What the driver does with each task's estimator; Spark calls it in one thread, once per task. */
    private static final class Merger<E extends Estimator<E>> extends AbstractFunction2<Object, E, BoxedUnit>
            implements Function2<Object, E, BoxedUnit> {
        private final E merged;
        private final Work work;
        private final int tasks;
        private final Progress progress;
        private long doneBlocks;

        Merger(E empty, Work work, int tasks, Progress progress) {
            this.merged = empty;
            this.work = work;
            this.tasks = tasks;
            this.progress = progress;
        }

        @Override
        public BoxedUnit apply(Object task, E part) {
            int number = (Integer) task;
            merged.merge(part);
            doneBlocks += work.firstBlock(number + 1, tasks) - work.firstBlock(number, tasks);
            progress.done(doneBlocks, work.blocks());
            return BoxedUnit.UNIT;
        }
    }
}
