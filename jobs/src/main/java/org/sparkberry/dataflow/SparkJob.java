package org.sparkberry.dataflow;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** One Spark job whose results are taken by the thread that runs it, so that Spark's scheduler need not wait for it. */
final class SparkJob {
    private static final int POLL_MILLIS = 100;

    private SparkJob() {}

    /**
     * Takes what a task gives.
     *
     * @param <R> what that is
     */
    @FunctionalInterface
    interface Taker<R> {
        /** Called once for each task, in any order. */
        void take(int task, R result);
    }

    /**
     * Runs a job to its end.
     *
     * @param task what an executor runs on a part of the RDD
     */
    static <T, R> void run(RDD<T> rdd, AbstractFunction1<Iterator<T>, R> task, Taker<R> taker) {
        int tasks = rdd.getNumPartitions();
        BlockingQueue<Tuple2<Integer, R>> done = new LinkedBlockingQueue<>();
        List<Object> all = LongStream.range(0, tasks)
                .<Object>mapToObj(number -> (int) number)
                .toList();
        SimpleFutureAction<BoxedUnit> job = rdd.sparkContext()
                .submitJob(rdd, task, CollectionConverters.asScala(all).toSeq(), new Queue<>(done), new Nothing());
        try {
            for (int taken = 0; taken < tasks; ) {
                Tuple2<Integer, R> result = done.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (result != null) {
                    taker.take(result._1(), result._2());
                    taken++;
                } else if (job.isCompleted() && done.isEmpty()) {
                    break;
                }
            }
            // Throws what the job failed of.
            Await.result(job, Duration.Inf());
        } catch (InterruptedException e) {
            job.cancel();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (Exception e) {
            throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
        } finally {
            if (!job.isCompleted()) {
                job.cancel();
            }
        }
    }

    /** What Spark's scheduler does with a task's result. */
    private static final class Queue<R> extends AbstractFunction2<Object, R, BoxedUnit> {
        private final BlockingQueue<Tuple2<Integer, R>> done;

        Queue(BlockingQueue<Tuple2<Integer, R>> done) {
            this.done = done;
        }

        @Override
        public BoxedUnit apply(Object task, R result) {
            done.add(new Tuple2<>((Integer) task, result));
            return BoxedUnit.UNIT;
        }
    }

    private static final class Nothing extends AbstractFunction0<BoxedUnit> {
        @Override
        public BoxedUnit apply() {
            return BoxedUnit.UNIT;
        }
    }
}
