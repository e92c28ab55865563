package org.sparkberry.dataflow;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.rdd.RDD;
import org.sparkberry.estimate.Estimator;
import org.sparkberry.model.Course;
import org.sparkberry.model.Model;
import org.sparkberry.model.Simulation;
import org.sparkberry.model.Work;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/**
 * Contiguous ranges of blocks as Spark tasks. Each task sends one estimator; the driver merges them as they come, and
 * since merging is exact it does not matter which comes first, nor how many tasks there were, nor which were retried.
 */
public final class SparkTasks implements Backend {
    /** Enough that the end of one task's blocks and the start of the next one's overlap. */
    private static final int BLOCKS_PER_RECOMPUTATION = 32;

    private final SparkContext spark;
    private final int partitions;
    private final Progress progress;
    private final Executors executors;
    private int jobs;

    /** What is known of the executors. */
    public interface Executors {
        /** Those at work now, by number. */
        Map<String, Place> places();

        /** How many tasks run at the same time. */
        int cores();
    }

    /**
     * @param partitions into how many tasks to cut the work of {@link #estimate}, at least 1
     * @param progress is told after each task of {@link #estimate}
     */
    public SparkTasks(SparkContext spark, int partitions, Progress progress, Executors executors) {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1: " + partitions);
        }
        this.spark = spark;
        this.partitions = partitions;
        this.progress = progress;
        this.executors = executors;
    }

    /** How many Spark jobs were run so far. */
    public int jobs() {
        return jobs;
    }

    @Override
    public <E extends Estimator<E>> E estimate(Model<E> model, Work work) {
        E merged = model.estimator();
        long[] done = new long[1];
        compute(model, work, BlockRanges.of(0, work.blocks()), partitions, AuditSample.NONE, (blocks, share) -> {
            merged.merge(share.estimator());
            done[0] += blocks.count();
            progress.done(done[0], work.blocks());
        });
        return merged;
    }

    @Override
    public Course simulate(Simulation simulation) {
        Steps steps = new Steps(simulation);
        try (Steps.Stepper stepper = stepper(simulation, partitions)) {
            while (!steps.isAtEnd()) {
                steps.advance(stepper);
                progress.done(steps.next(), simulation.steps() + 1);
            }
        }
        return steps.course();
    }

    @Override
    public Steps.Stepper stepper(Simulation simulation, int atMost) {
        return new SparkSteps(spark, simulation, atMost, () -> jobs++);
    }

    @Override
    public <E extends Estimator<E>> void compute(
            Model<E> model, Work work, BlockRanges blocks, int atMost, AuditSample sample, Sink<E> sink) {
        int tasks = (int) Math.min(atMost, blocks.count());
        jobs++;
        try (Shared<Model<E>> shared = new Shared<>(spark, model)) {
            TaskRanges ranges = new TaskRanges(blocks, tasks, executors.cores());
            SparkJob.run(
                    spark.range(0, tasks, 1, tasks),
                    new Task<>(shared, work, ranges, sample),
                    (number, share) -> sink.take(ranges.of(number), share));
        }
    }

    @Override
    public <E extends Estimator<E>> Map<Long, Recomputed> recompute(
            Model<E> model, Work work, Map<Long, String> wanted) {
        Map<String, Place> places = executors.places();
        Map<String, List<Long>> byExecutor = new HashMap<>();
        wanted.forEach((block, executor) ->
                byExecutor.computeIfAbsent(executor, any -> new ArrayList<>()).add(block));
        List<Tuple2<Object, Seq<String>>> groups = new ArrayList<>();
        byExecutor.forEach((executor, blocks) -> {
            Place place = places.get(executor);
            // How Spark names one executor among those of a host; it is a wish, not an order.
            List<String> preferred = place == null ? List.of() : List.of("executor_" + place.host() + "_" + executor);
            for (int i = 0; i < blocks.size(); i += BLOCKS_PER_RECOMPUTATION) {
                long[] group = blocks.subList(i, Math.min(blocks.size(), i + BLOCKS_PER_RECOMPUTATION)).stream()
                        .mapToLong(Long::longValue)
                        .toArray();
                groups.add(new Tuple2<>(
                        group, CollectionConverters.asScala(preferred).toSeq()));
            }
        });
        ClassTag<Object> tag = ClassTag$.MODULE$.apply(long[].class);
        RDD<Object> preferring =
                spark.makeRDD(CollectionConverters.asScala(groups).toSeq(), tag);
        Map<Long, Recomputed> recomputed = new HashMap<>();
        jobs++;
        try (Shared<Model<E>> shared = new Shared<>(spark, model)) {
            SparkJob.run(preferring, new Recomputation<>(shared, work), (number, share) -> {
                for (int i = 0; i < share.fingerprints(); i++) {
                    recomputed.put(share.block(i), new Recomputed(share.executor(), share.fingerprint(i)));
                }
            });
        }
        return recomputed;
    }

    @Override
    public Map<String, Place> places() {
        return executors.places();
    }

    @Override
    public int cores() {
        return executors.cores();
    }

    @Override
    public void exclude(Place place) {
        if (!place.executor().equals(Place.DRIVER)) {
            // One less is asked for, else the master starts another in its place, on the same machine.
            spark.requestTotalExecutors(
                    Math.max(1, places().size() - 1), 0, scala.collection.immutable.Map$.MODULE$.empty());
            spark.killExecutor(place.executor());
        }
    }

    /** What an executor runs: the blocks of one task. */
    private static final class Task<E extends Estimator<E>> extends AbstractFunction1<Iterator<Object>, Share<E>>
            implements Serializable {
        private static final long serialVersionUID = 1;

        private final Shared<Model<E>> shared;
        private final Work work;
        private final TaskRanges ranges;
        private final AuditSample sample;

        Task(Shared<Model<E>> shared, Work work, TaskRanges ranges, AuditSample sample) {
            this.shared = shared;
            this.work = work;
            this.ranges = ranges;
            this.sample = sample;
        }

        @Override
        public Share<E> apply(Iterator<Object> numbers) {
            TaskContext context = TaskContext.get();
            Model<E> model = shared.value();
            E estimator = model.estimator();
            List<Long> sampled = new ArrayList<>();
            List<Long> fingerprints = new ArrayList<>();
            ranges.of(context.partitionId()).forEach(number -> {
                if (context.isInterrupted()) {
                    throw new TaskKilledException("block " + number);
                }
                if (sample.holds(number)) {
                    E alone = model.estimator();
                    model.compute(work.block(number), alone);
                    sampled.add(number);
                    fingerprints.add(AuditSample.fingerprint(alone));
                    estimator.merge(alone);
                } else {
                    model.compute(work.block(number), estimator);
                }
            });
            return new Share<>(estimator, SparkEnv.get().executorId(), longs(sampled), longs(fingerprints));
        }
    }

    /** What an executor runs to compute single blocks again: their fingerprints alone. */
    private static final class Recomputation<E extends Estimator<E>>
            extends AbstractFunction1<Iterator<Object>, Share<E>> implements Serializable {
        private static final long serialVersionUID = 1;

        private final Shared<Model<E>> shared;
        private final Work work;

        Recomputation(Shared<Model<E>> shared, Work work) {
            this.shared = shared;
            this.work = work;
        }

        @Override
        public Share<E> apply(Iterator<Object> groups) {
            Model<E> model = shared.value();
            List<Long> blocks = new ArrayList<>();
            List<Long> fingerprints = new ArrayList<>();
            while (groups.hasNext()) {
                for (long number : (long[]) groups.next()) {
                    E alone = model.estimator();
                    model.compute(work.block(number), alone);
                    blocks.add(number);
                    fingerprints.add(AuditSample.fingerprint(alone));
                }
            }
            return new Share<>(model.estimator(), SparkEnv.get().executorId(), longs(blocks), longs(fingerprints));
        }
    }

    private static long[] longs(List<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }
}
