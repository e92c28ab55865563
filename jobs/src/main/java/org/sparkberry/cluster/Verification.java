package org.sparkberry.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.sparkberry.dataflow.Progress;
import org.sparkberry.dataflow.SingleThread;
import org.sparkberry.dataflow.SparkTasks;
import org.sparkberry.dataflow.Tables;
import org.sparkberry.estimate.Result;
import org.sparkberry.job.Job;
import org.sparkberry.job.Parameters;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Clock;
import org.sparkberry.record.MeasuredTask;

/**
 * Runs one job with the same parameters and seed in many layouts on a cluster of this machine, kills an executor in the
 * middle of one of them, and compares the digests.
 */
public final class Verification {
    private static final List<Integer> PARTITIONS = List.of(1, 2, 3, 7, 16, 64);
    private static final List<Integer> EXECUTORS = List.of(1, 2);
    private static final double GATE_DEADLINE_SECONDS = 120;

    private final SparkHome home;
    private final java.nio.file.Path datasets;
    private final Clock clock;

    /**
     * What a layout gave.
     *
     * @param executors how many; 0 for one thread without Spark
     * @param partitions how many tasks the work was cut into
     * @param digest of the result
     * @param seconds it took
     * @param remark what was done to it; empty if nothing
     */
    public record Layout(int executors, int partitions, String digest, double seconds, String remark) {}

    /**
     * What all layouts gave.
     *
     * @param layouts in the order in which they ran; the first is one thread without Spark
     * @param executorKilled whether an executor was lost in the middle of a run
     */
    public record Verdict(List<Layout> layouts, boolean executorKilled) {
        /** Whether every layout gave the same bits. */
        public boolean isSame() {
            return layouts.stream().map(Layout::digest).distinct().count() == 1;
        }
    }

    public Verification(SparkHome home, java.nio.file.Path datasets, Clock clock) {
        this.home = home;
        this.datasets = datasets;
        this.clock = clock;
    }

    /**
     * Verifies a job.
     *
     * @param report is given every layout as soon as it is done
     * @throws IOException if the cluster does not start
     */
    public Verdict verify(Job job, Parameters parameters, Consumer<Layout> report) throws IOException {
        List<Layout> layouts = new ArrayList<>();
        Consumer<Layout> take = layout -> {
            layouts.add(layout);
            report.accept(layout);
        };
        int most = EXECUTORS.get(EXECUTORS.size() - 1);
        boolean killed = false;
        take.accept(alone(job, parameters));
        try (EmbeddedCluster cluster =
                EmbeddedCluster.start(home, most, most * Session.DEFAULT_EXECUTOR_MEBIBYTES, clock)) {
            for (int executors : EXECUTORS) {
                try (Session session = open(cluster, executors)) {
                    Job.Experiment experiment = job.prepare(parameters, new Tables(session::spark, datasets));
                    for (int partitions : PARTITIONS) {
                        take.accept(layout(session, experiment, executors, partitions));
                    }
                    if (executors == most) {
                        Layout layout = withKill(session, experiment, executors);
                        killed = !layout.remark().isEmpty();
                        take.accept(layout);
                    }
                }
            }
        }
        return new Verdict(List.copyOf(layouts), killed);
    }

    private Layout alone(Job job, Parameters parameters) {
        try (LazySession local = LazySession.local(home, clock)) {
            Job.Experiment experiment = job.prepare(parameters, new Tables(local, datasets));
            long start = clock.nanos();
            Result result = experiment.run(new SingleThread());
            return new Layout(0, 1, result.digest(), clock.secondsSince(start), "");
        }
    }

    private Session open(EmbeddedCluster cluster, int executors) {
        Map<String, String> spark = new LinkedHashMap<>();
        spark.put("spark.executor.cores", "1");
        spark.put("spark.cores.max", "" + executors);
        spark.put("spark.driver.host", "127.0.0.1");
        spark.put("spark.driver.bindAddress", "127.0.0.1");
        spark.put("spark.local.dir", cluster.scratch().toString());
        Session session =
                Session.open(Session.configuration("sparkberry verify", cluster.master(), spark, home.jars()), clock);
        if (!session.awaitExecutors(executors, GATE_DEADLINE_SECONDS, clock)) {
            session.close();
            throw new BadInput("the embedded cluster gave " + session.executors() + " of " + executors
                    + " executors; is enough memory free?");
        }
        return session;
    }

    private Layout layout(Session session, Job.Experiment experiment, int executors, int partitions) {
        long start = clock.nanos();
        Result result = experiment.run(session.tasks(partitions, Progress.NONE));
        return new Layout(executors, partitions, result.digest(), clock.secondsSince(start), "");
    }

    /** Kills one executor's process as soon as the first of many tasks has ended. */
    private Layout withKill(Session session, Job.Experiment experiment, int executors) {
        int partitions = PARTITIONS.get(PARTITIONS.size() - 1);
        List<ExecutorState> states =
                List.copyOf(session.gate(executors, executors).values());
        ExecutorState victim = states.get(states.size() - 1);
        AtomicBoolean done = new AtomicBoolean();
        TaskLog log = new TaskLog(session.context());
        log.begin();
        long start = clock.nanos();
        SparkTasks dataflow = session.tasks(partitions, (doneBlocks, blocks) -> {
            if (doneBlocks < blocks && !done.getAndSet(true)) {
                ProcessHandle.of(victim.host().pid()).ifPresent(ProcessHandle::destroyForcibly);
            }
        });
        Result result = experiment.run(dataflow);
        double seconds = clock.secondsSince(start);
        log.end(dataflow.jobs());
        long lost = log.tasks().stream().filter(MeasuredTask::failed).count();
        String remark = log.executorsLost() == 0
                ? ""
                : "executor " + victim.executorId() + " (process "
                        + victim.host().pid() + ") killed on the way, " + lost + (lost == 1 ? " task" : " tasks")
                        + " lost and computed again";
        return new Layout(executors, partitions, result.digest(), seconds, remark);
    }
}
