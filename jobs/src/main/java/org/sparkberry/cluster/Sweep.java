package org.sparkberry.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Clock;
import org.sparkberry.record.Hardware;
import org.sparkberry.record.InvocationSettings;
import org.sparkberry.record.Json;
import org.sparkberry.record.MeasuredRun;
import org.sparkberry.record.SweepDirectory;
import org.sparkberry.record.SweepSettings;

/**
 * Measures a sweep: every executor count and the baseline once in each of several blocks, in an order shuffled from the
 * seed, each in a Java process of its own.
 */
public final class Sweep {
    /** In which variable of its environment an invocation finds its settings: secrets must not be in a process list. */
    public static final String SETTINGS_VARIABLE = "SPARKBERRY_INVOCATION";

    /** The command of the command line that measures one invocation. */
    public static final String INVOCATION_COMMAND = "measure-invocation";

    /** The driver of an invocation; Spark takes no less than 450. */
    private static final int DRIVER_MEBIBYTES = 512;
    /** Resident memory of master, worker, driver and this process together, measured. */
    private static final int OVERHEAD_MEBIBYTES = 730;
    /** Resident memory of an executor of the default size that has run pi, measured. */
    private static final int EXECUTOR_RESIDENT_MEBIBYTES = 265;

    private static final int KILL_DEADLINE_SECONDS = 10;
    /** The command line's exit code for bad input. */
    private static final int EXIT_BAD_INPUT = 2;

    private final SparkHome home;
    private final Path datasets;
    private final Observer observer;
    private final Clock clock;

    /** Is told what is going on. */
    public interface Observer {
        /** Something has begun that takes a while. */
        void stage(String words);

        /** An invocation begins: so many are done, of so many; about so many seconds are left, NaN if not known. */
        void invocation(int done, int of, String point, double secondsLeft);
    }

    /**
     * One invocation of the plan.
     *
     * @param order from 1
     * @param block which repetition
     * @param executors how many; 0 for the baseline
     */
    record Planned(int order, int block, int executors) {}

    public Sweep(SparkHome home, Path datasets, Observer observer, Clock clock) {
        this.home = home;
        this.datasets = datasets;
        this.observer = observer;
        this.clock = clock;
    }

    /** The order in which points are measured: in each block each once, shuffled from the seed. */
    static List<Planned> plan(SweepSettings settings) {
        List<Planned> plan = new ArrayList<>();
        Random random = new Random(settings.seed());
        for (int block = 1; block <= settings.invocations(); block++) {
            List<Integer> points = new ArrayList<>(settings.executors());
            points.add(0);
            Collections.shuffle(points, random);
            for (int executors : points) {
                plan.add(new Planned(plan.size() + 1, block, executors));
            }
        }
        return plan;
    }

    /** How many executors of this size fit into the memory that this machine has to spare, beside the cluster itself. */
    public static int executorsThatFit(int executorMebibytes) {
        if (Hardware.availableMemoryBytes().isEmpty()) {
            return Integer.MAX_VALUE;
        }
        long spare = (Hardware.availableMemoryBytes().getAsLong() >> 20) - OVERHEAD_MEBIBYTES;
        long resident = (long) EXECUTOR_RESIDENT_MEBIBYTES * executorMebibytes / Session.DEFAULT_EXECUTOR_MEBIBYTES;
        return (int) Math.max(0, spare / resident);
    }

    /**
     * Checks that the master of a real cluster can give what the sweep asks for.
     *
     * @param page the master's web page
     * @return how many executors of this size it can give
     * @throws BadInput if it cannot, with what it can give
     */
    public static int checkCluster(URI page, List<Integer> executors, int coresPerExecutor, int executorMebibytes) {
        MasterStatus status = MasterStatus.ask(page);
        if (!status.isAlive()) {
            throw new BadInput("the Spark master at " + page + " is " + status.status() + ", not ALIVE");
        }
        int most = Collections.max(executors);
        int possible = status.executors(coresPerExecutor, executorMebibytes);
        if (possible < most) {
            throw new BadInput("--executors: " + most + " with " + coresPerExecutor
                    + (coresPerExecutor == 1 ? " core" : " cores") + " and " + executorMebibytes
                    + " MiB each do not fit, " + possible + (possible == 1 ? " does" : " do") + " (" + status.inWords()
                    + ")");
        }
        return possible;
    }

    /**
     * Reads the job's parameters and input once, so that what is wrong with them is known before anything is written.
     *
     * @throws BadInput if something is
     * @throws IOException if the process that does it fails
     */
    public void check(SweepSettings settings) throws IOException {
        observer.stage("reading the input");
        before(settings, InvocationSettings.Task.CHECK);
    }

    /**
     * Does that, and measures the work that takes one thread about 5 seconds on this machine.
     *
     * @return settings with that work
     * @throws BadInput if the input is bad
     * @throws IOException if the process that measures fails
     */
    public SweepSettings calibrate(SweepSettings settings) throws IOException {
        observer.stage("calibrating: how much work takes one thread " + (int) Invocation.ITERATION_SECONDS + " s");
        return settings.withTrials(before(settings, InvocationSettings.Task.CALIBRATE));
    }

    private long before(SweepSettings settings, InvocationSettings.Task task) throws IOException {
        long[] trials = {0};
        Path scratch = Files.createTempDirectory("sparkberry-calibration-");
        try {
            run(
                    new InvocationSettings(settings, task, 0, 0, 0, "", Map.of()),
                    scratch,
                    line -> trials[0] = Json.parse(line, Long.class));
        } finally {
            Tether.deleteTree(scratch);
        }
        return trials[0];
    }

    /**
     * Measures what the directory does not have yet.
     *
     * @param spark settings for a real cluster, by their names; they may hold its secret
     * @throws IOException if an invocation fails; what was measured until then is kept
     */
    public void measure(SweepDirectory directory, Map<String, String> spark) throws IOException {
        SweepSettings settings = directory.settings();
        if (!settings.isEmbedded()) {
            Path scratch = Files.createTempDirectory("sparkberry-sweep-");
            try {
                measure(directory, settings.master(), scratch, spark);
            } finally {
                Tether.deleteTree(scratch);
            }
            return;
        }
        observer.stage("starting a cluster on this machine");
        int most = Collections.max(settings.executors());
        try (EmbeddedCluster cluster = EmbeddedCluster.start(
                home, most * settings.coresPerExecutor(), most * settings.executorMebibytes(), clock)) {
            // Settings for a real cluster (secrets, event logs) do not apply to this one.
            Map<String, String> loopback = new LinkedHashMap<>();
            loopback.put("spark.driver.host", "127.0.0.1");
            loopback.put("spark.driver.bindAddress", "127.0.0.1");
            loopback.put("spark.local.dir", cluster.scratch().toString());
            try {
                measure(directory, cluster.master(), cluster.scratch(), loopback);
            } catch (IOException e) {
                throw new IOException(
                        e.getMessage()
                                + cluster.executorFailure()
                                        .map(failure -> "; an executor said: " + failure)
                                        .orElse(""),
                        e);
            }
        }
    }

    private void measure(SweepDirectory directory, String masterUrl, Path scratch, Map<String, String> conf)
            throws IOException {
        SweepSettings settings = directory.settings();
        Set<Integer> finished =
                directory.runs().stream().map(MeasuredRun::order).collect(Collectors.toCollection(HashSet::new));
        List<Planned> plan = plan(settings);
        double spent = 0;
        int measured = 0;
        for (Planned planned : plan) {
            if (finished.contains(planned.order())) {
                continue;
            }
            int left = plan.size() - finished.size();
            observer.invocation(
                    finished.size(),
                    plan.size(),
                    words(planned.executors()),
                    measured == 0 ? Double.NaN : spent / measured * left);
            long start = clock.nanos();
            run(
                    new InvocationSettings(
                            settings,
                            InvocationSettings.Task.MEASURE,
                            planned.order(),
                            planned.block(),
                            planned.executors(),
                            masterUrl,
                            conf),
                    scratch,
                    line -> {
                        Invocation.Iteration iteration = Json.parse(line, Invocation.Iteration.class);
                        directory.append(iteration.run(), iteration.tasks());
                    });
            spent += clock.secondsSince(start);
            measured++;
            finished.add(planned.order());
        }
    }

    private interface Line {
        void accept(String line) throws IOException;
    }

    /** Starts the process of an invocation and hands on what it reports. */
    private void run(InvocationSettings settings, Path scratch, Line report) throws IOException {
        Path log = scratch.resolve("invocation.log");
        ProcessBuilder builder = new ProcessBuilder(home.java(
                settings.executors() == 0 ? settings.sweep().executorMebibytes() : DRIVER_MEBIBYTES,
                List.of(SparkHome.VECTOR_MODULE, "-Dsparkberry.home=" + datasets, "-Djava.io.tmpdir=" + scratch),
                Tether.class.getName(),
                List.of("-", "org.sparkberry.cli.Main", INVOCATION_COMMAND)));
        Map<String, String> environment = builder.environment();
        environment.put("SPARK_HOME", home.folder().toString());
        environment.put("SPARK_SCALA_VERSION", "2.13");
        environment.put(SETTINGS_VARIABLE, Json.line(settings));
        environment.put("MALLOC_ARENA_MAX", "2");
        if (settings.sweep().isEmbedded()) {
            environment.put("SPARK_LOCAL_IP", "127.0.0.1");
        }
        Process process = builder.redirectError(log.toFile()).start();
        Thread hook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(hook);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                report.accept(line);
            }
            int exit = process.waitFor();
            if (exit == EXIT_BAD_INPUT) {
                throw new BadInput(lastLine(log));
            }
            if (exit != 0) {
                throw new IOException(
                        "an invocation (" + words(settings.executors()) + ") did not end well: " + lastLine(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            end(process);
            removeHook(hook);
        }
    }

    private static void end(Process process) {
        try {
            process.getOutputStream().close();
            process.waitFor(KILL_DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            // It has ended, and the pipe with it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down: the hook has run or will.
        }
    }

    private static String words(int executors) {
        return executors == 0 ? "one thread without Spark" : executors + (executors == 1 ? " executor" : " executors");
    }

    /** What the process said at last, without what the command line puts around it. */
    private static String lastLine(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("WARNING: Using incubator modules"))
                .reduce((first, second) -> second)
                .map(line ->
                        line.replaceFirst("^sparkberry: (failed: )?", "").replace(" (--stacktrace shows where)", ""))
                .orElse("it said nothing");
    }
}
