package org.sparkberry.cluster;

import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** On which hosts the tasks of a run were completed, as Spark reports it, which comes late from a thread of Spark's. */
final class Participants extends SparkListener {
    /** Jobs that carry this property are the run's; those that read its input are not. */
    private static final String MARK = "sparkberry.run";

    private static final int POLL_MILLIS = 5;
    private static final int DEADLINE_MILLIS = 5_000;

    private final SparkContext context;
    private final SortedSet<String> hosts = new TreeSet<>();
    private final Set<Integer> jobs = new HashSet<>();
    private final Set<Integer> stages = new HashSet<>();
    private int jobsEnded;

    /** Listens to this application. */
    Participants(SparkContext context) {
        this.context = context;
        context.addSparkListener(this);
    }

    /** Jobs that this thread starts from now on are the run's. */
    void begin() {
        context.setLocalProperty(MARK, "true");
    }

    /**
     * The hosts, by the names that Spark has for them, when so many of the run's jobs were reported as ended; those
     * known by then if that takes longer than 5 s.
     */
    SortedSet<String> hosts(int expectedJobs) {
        for (int waited = 0; jobsEnded() < expectedJobs && waited < DEADLINE_MILLIS; waited += POLL_MILLIS) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        synchronized (this) {
            return new TreeSet<>(hosts);
        }
    }

    @Override
    public synchronized void onJobStart(SparkListenerJobStart event) {
        if (event.properties().getProperty(MARK) != null) {
            jobs.add(event.jobId());
            event.stageInfos().foreach(stage -> stages.add(stage.stageId()));
        }
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
        if (stages.contains(event.stageId()) && event.taskInfo().successful()) {
            hosts.add(event.taskInfo().host());
        }
    }

    @Override
    public synchronized void onJobEnd(SparkListenerJobEnd event) {
        if (jobs.remove(event.jobId())) {
            jobsEnded++;
        }
    }

    private synchronized int jobsEnded() {
        return jobsEnded;
    }
}
