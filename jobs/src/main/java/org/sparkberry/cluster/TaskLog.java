package org.sparkberry.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.sparkberry.record.MeasuredTask;

/** What Spark reports of tasks and executors while one iteration runs. Reports come late, from a thread of Spark's. */
final class TaskLog extends SparkListener {
    private static final int POLL_MILLIS = 5;
    private static final int DEADLINE_MILLIS = 5_000;
    /** In a second: the unit of most of Spark's times. */
    private static final double MILLIS = 1e3;
    /** In a second: the unit of a shuffle's write time. */
    private static final double NANOS = 1e9;

    /** Jobs that carry this property are the iteration's; others, such as the gate's, are not looked at. */
    private static final String MEASURED = "sparkberry.iteration";

    private final SparkContext context;
    private final List<MeasuredTask> tasks = new ArrayList<>();
    private final Set<Integer> jobs = new HashSet<>();
    private final Set<Integer> stages = new HashSet<>();
    private int iteration;
    private int jobsEnded;
    private int executorsLost;

    /** Listens to this application. */
    TaskLog(SparkContext context) {
        this.context = context;
        context.addSparkListener(this);
    }

    /** Jobs that this thread starts from now on are those of a new iteration. */
    void begin() {
        synchronized (this) {
            iteration++;
            tasks.clear();
            jobs.clear();
            stages.clear();
            jobsEnded = 0;
            executorsLost = 0;
        }
        context.setLocalProperty(MEASURED, "" + iteration);
    }

    /**
     * Waits until so many jobs of the iteration were reported as ended; jobs started from now on are not its own.
     *
     * @return whether they were before the deadline: if not, tasks may be missing
     */
    boolean end(int expectedJobs) {
        context.setLocalProperty(MEASURED, null);
        for (int waited = 0; jobsEnded() < expectedJobs && waited < DEADLINE_MILLIS; waited += POLL_MILLIS) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return jobsEnded() >= expectedJobs;
    }

    @Override
    public synchronized void onJobStart(SparkListenerJobStart event) {
        if (("" + iteration).equals(event.properties().getProperty(MEASURED))) {
            jobs.add(event.jobId());
            event.stageInfos().foreach(stage -> stages.add(stage.stageId()));
        }
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
        if (!stages.contains(event.stageId())) {
            return;
        }
        TaskMetrics metrics = event.taskMetrics();
        var info = event.taskInfo();
        boolean known = metrics != null;
        double duration = info.duration() / MILLIS;
        double run = known ? metrics.executorRunTime() / MILLIS : Double.NaN;
        double deserialize = known ? metrics.executorDeserializeTime() / MILLIS : Double.NaN;
        double serialize = known ? metrics.resultSerializationTime() / MILLIS : Double.NaN;
        double fetch = info.gettingResultTime() > 0 ? (info.finishTime() - info.gettingResultTime()) / MILLIS : 0;
        tasks.add(new MeasuredTask(
                0,
                0,
                event.stageId(),
                info.index(),
                info.attemptNumber(),
                info.executorId(),
                info.host(),
                info.launchTime(),
                duration,
                run,
                deserialize,
                known ? metrics.jvmGCTime() / MILLIS : Double.NaN,
                serialize,
                fetch,
                Math.max(0, duration - run - deserialize - serialize - fetch),
                known ? metrics.shuffleReadMetrics().fetchWaitTime() / MILLIS : Double.NaN,
                known ? metrics.shuffleWriteMetrics().writeTime() / NANOS : Double.NaN,
                known ? metrics.resultSize() : 0,
                info.failed() || info.killed(),
                info.speculative()));
    }

    @Override
    public synchronized void onJobEnd(SparkListenerJobEnd event) {
        if (jobs.contains(event.jobId())) {
            jobsEnded++;
        }
    }

    @Override
    public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved event) {
        executorsLost++;
    }

    /** The ended tasks, failed ones too. */
    synchronized List<MeasuredTask> tasks() {
        return List.copyOf(tasks);
    }

    synchronized int executorsLost() {
        return executorsLost;
    }

    private synchronized int jobsEnded() {
        return jobsEnded;
    }
}
