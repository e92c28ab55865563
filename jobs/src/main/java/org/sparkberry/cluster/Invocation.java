package org.sparkberry.cluster;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.sparkberry.dataflow.Dataflow;
import org.sparkberry.dataflow.Progress;
import org.sparkberry.dataflow.SingleThread;
import org.sparkberry.dataflow.SparkTasks;
import org.sparkberry.dataflow.Tables;
import org.sparkberry.estimate.Result;
import org.sparkberry.job.Job;
import org.sparkberry.job.Jobs;
import org.sparkberry.job.Parameters;
import org.sparkberry.record.Clock;
import org.sparkberry.record.CoreSeconds;
import org.sparkberry.record.HostState;
import org.sparkberry.record.InvocationSettings;
import org.sparkberry.record.MeasuredRun;
import org.sparkberry.record.MeasuredTask;
import org.sparkberry.record.ProcessorTime;
import org.sparkberry.record.SweepSettings;
import org.sparkberry.record.VirtualPis;
import org.sparkberry.scaling.Breakdown;

/** One invocation of a sweep: a fresh application that runs its iterations and reports each as soon as it is done. */
public final class Invocation {
    private static final double GATE_DEADLINE_SECONDS = 120;
    /** Long enough for the just-in-time compiler to be done with the kernel. */
    private static final double CALIBRATION_WARMUP_SECONDS = 4;

    private static final double CALIBRATION_SECONDS = 0.5;
    /** What one thread should take for an iteration. */
    static final double ITERATION_SECONDS = 5;

    private static final int CORRECTIONS = 4;
    private static final double NEAR_ENOUGH = 0.3;

    private final InvocationSettings settings;
    private final Job job;
    private final SparkHome home;
    private final Path datasets;
    private final Clock clock;
    private final boolean isOnVirtualPis;

    /** What is reported of an iteration. */
    public record Iteration(MeasuredRun run, List<MeasuredTask> tasks) {}

    public Invocation(InvocationSettings settings, Job job, SparkHome home, Path datasets, Clock clock) {
        this.settings = settings;
        this.job = job;
        this.home = home;
        this.datasets = datasets;
        this.clock = clock;
        this.isOnVirtualPis = VirtualPis.include(
                settings.masterUrl().replaceFirst("^spark://", "").replaceFirst(":\\d+(,.*)?$", ""));
    }

    /** Reads the job's parameters and input and returns the work that the settings ask for. */
    public long check() {
        experiment(settings.sweep().trialsWith(0));
        return settings.sweep().trials();
    }

    /**
     * Looks for the work that takes one thread without Spark about 5 seconds.
     *
     * @return in the unit of the job's size, whole blocks
     */
    public long calibrate() {
        long size = job.blockSize();
        long start = clock.nanos();
        double seconds = 0;
        while (seconds < CALIBRATION_SECONDS || clock.secondsSince(start) < CALIBRATION_WARMUP_SECONDS) {
            if (seconds > 0 && seconds < CALIBRATION_SECONDS) {
                size = Math.multiplyExact(size, 2);
            }
            seconds = alone(size);
        }
        // Proportional at first; then with what does not grow with the work, such as a second stage.
        double slope = seconds / (double) size;
        for (int correction = 0; correction < CORRECTIONS; correction++) {
            double blocks = ((double) size + (ITERATION_SECONDS - seconds) / slope) / (double) job.blockSize();
            long next = Math.max(1, Math.round(blocks)) * job.blockSize();
            double nextSeconds = next == size ? seconds : alone(next);
            boolean isNear = Math.abs(nextSeconds - ITERATION_SECONDS) < NEAR_ENOUGH * ITERATION_SECONDS;
            double measured = (nextSeconds - seconds) / (double) (next - size);
            size = next;
            seconds = nextSeconds;
            if (isNear || !(measured > 0)) {
                break;
            }
            slope = measured;
        }
        return size;
    }

    /** What one thread without Spark takes. */
    private double alone(long size) {
        Job.Experiment experiment = experiment(size);
        long begin = clock.nanos();
        experiment.run(new SingleThread());
        return clock.secondsSince(begin);
    }

    /**
     * Measures.
     *
     * @param report is given every iteration, warm-up too
     * @throws IllegalStateException if no executor comes
     */
    public void measure(Consumer<Iteration> report) {
        if (settings.executors() == 0) {
            measureBaseline(report);
        } else {
            measureCluster(report);
        }
    }

    private void measureBaseline(Consumer<Iteration> report) {
        Job.Experiment experiment = experiment(settings.sweep().trialsWith(0));
        for (int iteration = 1; iteration <= iterations(); iteration++) {
            HostState before = HostState.here();
            Timed timed = time(experiment, new SingleThread());
            HostState after = HostState.here();
            Health health = new Health(after.invalidSince(before), highestCelsius(List.of(before, after)));
            CoreSeconds coreSeconds = CoreSeconds.onlyCompute(timed.seconds());
            report.accept(new Iteration(
                    run(iteration, timed, new Attendance(0, 0, 0), List.of(), 0, coreSeconds, health), List.of()));
        }
    }

    private void measureCluster(Consumer<Iteration> report) {
        int executors = settings.executors();
        int cores = executors * settings.sweep().coresPerExecutor();
        try (Session session = Session.open(configuration(cores), clock)) {
            measure(session, cores, report);
        }
    }

    private void measure(Session session, int cores, Consumer<Iteration> report) {
        int executors = settings.executors();
        try {
            TaskLog log = new TaskLog(session.context());
            if (!session.awaitExecutors(executors, GATE_DEADLINE_SECONDS, clock) && session.executors() == 0) {
                throw new IllegalStateException("no executor came up; can the workers connect back to this machine?");
            }
            Job.Experiment experiment = job.prepare(
                    parameters(settings.sweep().trialsWith(executors)), new Tables(session::spark, datasets));
            SparkTasks dataflow = session.tasks(settings.sweep().partitionsWith(executors), Progress.NONE);
            Map<String, ExecutorState> before = session.gate(cores, executors);
            HostState driverBefore = HostState.here();
            for (int iteration = 1; iteration <= iterations(); iteration++) {
                log.begin();
                int jobsBefore = dataflow.jobs();
                Timed timed = time(experiment, dataflow);
                boolean complete = log.end(dataflow.jobs() - jobsBefore);
                List<MeasuredTask> tasks = log.tasks();
                int lost = log.executorsLost();
                Map<String, ExecutorState> after = session.gate(cores, executors);
                HostState driverAfter = HostState.here();
                Attendance attendance = attendance(after);
                List<String> reasons = invalid(attendance, tasks, lost);
                Health health = health(before, after);
                reasons.addAll(health.reasons());
                // Spark tells by the driver's clock when a task began and ended.
                driverAfter
                        .clockSteppedSince(driverBefore)
                        .filter(reason -> !reasons.contains(reason))
                        .ifPresent(reasons::add);
                CoreSeconds coreSeconds =
                        complete ? breakdown(timed, attendance).of(tasks) : CoreSeconds.UNKNOWN;
                int number = iteration;
                report.accept(new Iteration(
                        run(
                                iteration,
                                timed,
                                attendance,
                                tasks,
                                lost,
                                coreSeconds,
                                new Health(reasons, health.highestCelsius())),
                        tasks.stream()
                                .map(task -> task.of(settings.order(), number))
                                .toList()));
                before = after;
                driverBefore = driverAfter;
            }
        } catch (RuntimeException e) {
            throw session.explained(e);
        }
    }

    private int iterations() {
        return warmup() + settings.sweep().iterations();
    }

    private int warmup() {
        return settings.sweep().warmupWith(settings.executors());
    }

    /** A job that reads input reads it with Spark; then Spark is gone before anything is measured. */
    private Job.Experiment experiment(long size) {
        try (LazySession local = LazySession.local(home, clock)) {
            return job.prepare(parameters(size), new Tables(local, datasets));
        }
    }

    private Parameters parameters(long size) {
        Map<String, String> texts = new HashMap<>(settings.sweep().options());
        texts.put(job.size().name(), Long.toString(size));
        texts.put(Parameters.SEED.name(), Long.toString(settings.sweep().seed()));
        return new Parameters(Jobs.options(job), texts);
    }

    private SparkConf configuration(int cores) {
        SweepSettings sweep = settings.sweep();
        Map<String, String> spark = new LinkedHashMap<>(settings.spark());
        spark.put("spark.executor.cores", "" + sweep.coresPerExecutor());
        spark.put("spark.cores.max", "" + cores);
        spark.put("spark.executor.memory", sweep.executorMebibytes() + "m");
        spark.put("spark.speculation", "false");
        spark.put("spark.dynamicAllocation.enabled", "false");
        spark.put("spark.locality.wait", "0s");
        // As in SparkHome.java: one collector on every machine, small or large.
        spark.merge("spark.executor.extraJavaOptions", "-XX:+UseSerialGC", (given, ours) -> given + " " + ours);
        return Session.configuration("sparkberry sweep " + job.name(), settings.masterUrl(), spark, home.jars());
    }

    private record Timed(Instant start, double seconds, double otherLoad, Result result) {}

    private Timed time(Job.Experiment experiment, Dataflow dataflow) {
        Optional<ProcessorTime> before = processorTime();
        Instant start = clock.now();
        long begin = clock.nanos();
        Result result = experiment.run(dataflow);
        double seconds = clock.secondsSince(begin);
        double otherLoad = before.flatMap(earlier -> processorTime().map(now -> now.otherShareSince(earlier)))
                .orElse(Double.NaN);
        return new Timed(start, seconds, otherLoad, result);
    }

    /** Of the sweep's command, which started this process, and its cluster; empty if that is not all on this machine. */
    private Optional<ProcessorTime> processorTime() {
        boolean isAllHere = settings.executors() == 0 || settings.sweep().isEmbedded() || isOnVirtualPis;
        return isAllHere ? ProcessorTime.ofParentsFamily(isOnVirtualPis) : Optional.empty();
    }

    private Breakdown breakdown(Timed timed, Attendance attendance) {
        return new Breakdown(
                timed.start(),
                timed.seconds(),
                attendance.cores(),
                settings.sweep().coresPerExecutor());
    }

    /** Who was there. */
    private record Attendance(int executors, int cores, int nodes) {}

    private Attendance attendance(Map<String, ExecutorState> states) {
        long nodes = states.values().stream()
                .map(state -> state.host().host())
                .distinct()
                .count();
        return new Attendance(states.size(), states.size() * settings.sweep().coresPerExecutor(), (int) nodes);
    }

    private List<String> invalid(Attendance attendance, List<MeasuredTask> tasks, int lost) {
        List<String> reasons = new ArrayList<>();
        if (attendance.executors() < settings.executors()) {
            reasons.add(attendance.executors() + " of " + settings.executors() + " executors");
        }
        if (lost > 0) {
            reasons.add("lost executors: " + lost);
        }
        long failed = tasks.stream().filter(MeasuredTask::failed).count();
        if (failed > 0) {
            reasons.add("failed tasks: " + failed);
        }
        long speculative = tasks.stream().filter(MeasuredTask::speculative).count();
        if (speculative > 0) {
            reasons.add("speculative tasks: " + speculative);
        }
        return reasons;
    }

    /**
     * How the machines were.
     *
     * @param reasons why a run on them does not count
     * @param highestCelsius of all of them; NaN if none tells
     */
    private record Health(List<String> reasons, double highestCelsius) {}

    /** Of the nodes of these executors. Executors of one node see the same: one of them speaks. */
    private static Health health(Map<String, ExecutorState> before, Map<String, ExecutorState> after) {
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        after.forEach((id, state) -> {
            ExecutorState earlier = before.get(id);
            List<String> found = earlier == null ? List.of() : state.host().invalidSince(earlier.host());
            if (!found.isEmpty()) {
                reasons.putIfAbsent(state.host().host(), found);
            }
        });
        List<HostState> seen = Stream.concat(before.values().stream(), after.values().stream())
                .map(ExecutorState::host)
                .toList();
        return new Health(reasons.values().stream().flatMap(List::stream).toList(), highestCelsius(seen));
    }

    private static double highestCelsius(List<HostState> states) {
        return states.stream()
                .mapToDouble(HostState::celsius)
                .filter(celsius -> !Double.isNaN(celsius))
                .max()
                .orElse(Double.NaN);
    }

    private MeasuredRun run(
            int iteration,
            Timed timed,
            Attendance attendance,
            List<MeasuredTask> tasks,
            int lost,
            CoreSeconds coreSeconds,
            Health health) {
        return new MeasuredRun(
                settings.order(),
                settings.block(),
                settings.executors(),
                settings.executors() == 0 ? 1 : settings.sweep().coresPerExecutor(),
                iteration,
                iteration <= warmup(),
                timed.result().trials(),
                timed.seconds(),
                timed.start().toString(),
                attendance.executors(),
                attendance.cores(),
                attendance.nodes(),
                (int) tasks.stream().filter(task -> !task.failed()).count(),
                (int) tasks.stream().filter(MeasuredTask::failed).count(),
                (int) tasks.stream().filter(MeasuredTask::speculative).count(),
                lost,
                coreSeconds,
                Breakdown.straggle(tasks),
                timed.otherLoad(),
                health.highestCelsius(),
                health.reasons().isEmpty(),
                String.join("; ", health.reasons()),
                timed.result().digest());
    }
}
