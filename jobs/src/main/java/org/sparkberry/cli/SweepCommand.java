package org.sparkberry.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.sparkberry.cluster.MasterUrl;
import org.sparkberry.cluster.Session;
import org.sparkberry.cluster.SparkHome;
import org.sparkberry.cluster.Sweep;
import org.sparkberry.job.Job;
import org.sparkberry.job.Jobs;
import org.sparkberry.job.Option;
import org.sparkberry.job.Parameters;
import org.sparkberry.job.Quantity;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Environment;
import org.sparkberry.record.Hardware;
import org.sparkberry.record.JobJar;
import org.sparkberry.record.ResultsFolder;
import org.sparkberry.record.SweepDirectory;
import org.sparkberry.record.SweepSettings;
import org.sparkberry.scaling.InWords;

/** {@code sweep JOB}: how well a job scales, measured. */
final class SweepCommand implements Command {
    private static final int MOST_EXECUTORS = 10_000;
    private static final Option<List<Integer>> EXECUTORS = Option.list(
            "executors",
            "N,…",
            null,
            "how many executors at each point (default: 1, 2, 4 … up to the cores)",
            text -> Math.toIntExact(Quantity.whole("executors", text, 1, MOST_EXECUTORS)));
    private static final Option<Long> CORES =
            Option.whole("cores-per-executor", "N", 1, 1024, "1", "cores of every executor");
    private static final Option<Long> INVOCATIONS =
            Option.whole("invocations", "N", 1, 1000, "3", "fresh applications per point; intervals need 2 or more");
    private static final Option<Long> ITERATIONS =
            Option.whole("iterations", "N", 1, 1000, "3", "measured runs within an application");
    private static final Option<Long> WARMUP = Option.whole(
            "warmup", "N", 0, 1000, "2", "runs before them with the fewest executors, kept but not analysed");
    private static final Option<String> MODE = Option.choice(
            "mode",
            List.of(SweepSettings.STRONG, SweepSettings.WEAK),
            SweepSettings.STRONG,
            "the same work for every point, or work that grows with the executors");
    private static final Option<Integer> EXECUTOR_MEMORY = new Option<>(
            "executor-memory",
            "MEMORY",
            Session.DEFAULT_EXECUTOR_MEBIBYTES + "m",
            "heap of every executor",
            text -> Quantity.mebibytes("executor-memory", text, Session.LEAST_EXECUTOR_MEBIBYTES));
    private static final Option<String> MASTER = new Option<>(
            Options.MASTER.name(),
            "spark://HOST:PORT",
            null,
            "a cluster to sweep, or cluster: the one set up here (default: one that is started on this machine)",
            Options.MASTER.read());
    private static final Option<String> MASTER_PAGE =
            Option.text("master-page", "URL", null, "the master's web page (default: port 8080 of the master's host)");
    private static final Option<Boolean> OVERSUBSCRIBE =
            Option.toggle("oversubscribe", "allow more executor cores than this machine has");
    private static final Option<String> RESUME =
            Option.text("resume", "DIR", null, "go on with the interrupted sweep in this directory");

    /** The tasks of an iteration per core of the largest point, at least. */
    private static final int TASKS_PER_CORE = 4;

    @Override
    public String name() {
        return "sweep";
    }

    @Override
    public String summary() {
        return "measures how a job scales with executors, with error bars, on this machine or a cluster";
    }

    @Override
    public Subject subject() {
        return Subject.JOB;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(
                EXECUTORS,
                CORES,
                INVOCATIONS,
                ITERATIONS,
                WARMUP,
                MODE,
                EXECUTOR_MEMORY,
                MASTER,
                MASTER_PAGE,
                OVERSUBSCRIBE,
                JobJars.OPTION,
                RESUME,
                Options.RESULTS,
                Options.FORMAT);
    }

    @Override
    public int execute(Call call) throws IOException {
        SparkHome home = Options.sparkHome(call);
        Sweep sweep = new Sweep(home, call.surroundings().home(), observer(call), call.clock());
        SweepDirectory directory = call.options().find(RESUME).isPresent() ? resume(call) : begin(call, sweep, home);
        Map<String, String> spark = spark(call, directory.settings());
        call.terminal().note("writing to " + directory.path());
        // Also after Ctrl-C a person must learn that nothing is lost.
        Thread hint = new Thread(() -> call.terminal()
                .note("not finished; what was measured is kept: sparkberry sweep --resume " + directory.path()));
        Runtime.getRuntime().addShutdownHook(hint);
        sweep.measure(directory, spark);
        Runtime.getRuntime().removeShutdownHook(hint);
        return new SweepReport(directory, call).write();
    }

    private SweepDirectory begin(Call call, Sweep sweep, SparkHome home) throws IOException {
        Job job = call.job();
        SweepSettings settings = settings(call, job, home);
        ResultsFolder results = ResultsFolder.open(Options.results(call));
        if (call.jobParameters().isGiven(job.size())) {
            sweep.check(settings);
        } else {
            settings = sweep.calibrate(settings);
        }
        Map<String, Object> environment = environment(settings);
        return SweepDirectory.create(
                results, settings, environment, call.clock().now());
    }

    private SweepDirectory resume(Call call) {
        List<Option<?>> unwanted = new ArrayList<>(options());
        unwanted.removeAll(List.of(RESUME, Options.FORMAT));
        call.chosenJob().ifPresent(job -> unwanted.addAll(Jobs.options(job)));
        for (Option<?> option : unwanted) {
            if (call.options().isGiven(option) || call.jobParameters().isGiven(option)) {
                throw new BadInput("--resume goes on with the settings of its directory: leave out " + option.flag());
            }
        }
        Path path = Path.of(call.options().get(RESUME));
        if (Files.isDirectory(path) && !Files.exists(path.resolve("sweep.json"))) {
            throw new BadInput("--resume: " + path + " is not a sweep's directory: it has no sweep.json; a sweep says"
                    + " at its start which directory it writes to");
        }
        SweepDirectory directory = SweepDirectory.open(path, Environment.here(SparkHome.sparkVersion(), ""));
        directory.settings().jars().forEach(JobJar::checkUnchanged);
        call.chosenJob().ifPresent(job -> {
            if (!job.name().equals(directory.settings().job())) {
                throw new BadInput("--resume: " + path + " is a sweep of "
                        + directory.settings().job() + ", not of " + job.name());
            }
        });
        return directory;
    }

    private SweepSettings settings(Call call, Job job, SparkHome home) {
        Parameters options = call.options();
        int coresPerExecutor = Math.toIntExact(options.get(CORES));
        int memory = options.get(EXECUTOR_MEMORY);
        String master = master(call);
        if (master.equals(SweepSettings.EMBEDDED) && options.isGiven(MASTER_PAGE)) {
            throw new BadInput("--master-page is for a cluster: give --master spark://HOST:PORT too, or leave it out");
        }
        List<Integer> executors = master.equals(SweepSettings.EMBEDDED)
                ? embeddedExecutors(call, coresPerExecutor, memory)
                : clusterExecutors(call, master, coresPerExecutor, memory);
        boolean weak = options.get(MODE).equals(SweepSettings.WEAK);
        long trials = call.jobParameters().get(job.size());
        if (weak && trials > Long.MAX_VALUE / Collections.max(executors)) {
            throw new BadInput(job.size().flag() + ": " + trials + " for each of " + Collections.max(executors)
                    + " executors are more than can be counted (set it lower)");
        }
        Map<String, String> jobOptions =
                new LinkedHashMap<>(call.jobParameters().typed());
        jobOptions.remove(job.size().name());
        jobOptions.remove(Parameters.SEED.name());
        return new SweepSettings(
                job.name(),
                home.jobJars().stream().map(JobJar::of).toList(),
                jobOptions,
                call.jobParameters().get(Parameters.SEED),
                master,
                options.get(MODE),
                executors,
                coresPerExecutor,
                memory,
                Math.toIntExact(options.get(INVOCATIONS)),
                Math.toIntExact(options.get(ITERATIONS)),
                Math.toIntExact(options.get(WARMUP)),
                options.get(OVERSUBSCRIBE),
                trials,
                tasks(job, weak, executors, coresPerExecutor));
    }

    /** Of a cluster that is there; empty for one that the sweep starts. */
    private static Map<String, String> spark(Call call, SweepSettings settings) {
        return settings.isEmbedded()
                ? Map.of()
                : call.surroundings().target(Optional.of(settings.master())).settings();
    }

    /** Under spark-submit its master counts, unless it is the default, which no sweep can use. */
    private static String master(Call call) {
        String master = Options.target(call).master();
        if (master.equals("local[*]") && call.options().find(MASTER).isEmpty()) {
            return SweepSettings.EMBEDDED;
        }
        if (!MasterUrl.isStandalone(master)) {
            throw new BadInput("--master: a sweep needs a standalone master (spark://HOST:PORT), not " + master
                    + "; leave it out to sweep on this machine");
        }
        return master;
    }

    private static List<Integer> embeddedExecutors(Call call, int coresPerExecutor, int memory) {
        int processors = Hardware.processors();
        int fit = Sweep.executorsThatFit(memory);
        if (call.options().find(EXECUTORS).isEmpty()) {
            if (fit == 0) {
                throw new BadInput("--executor-memory: not even one executor of " + memory
                        + " MiB fits into the free memory; close other programs, or set it lower (at least "
                        + Session.LEAST_EXECUTOR_MEBIBYTES + "m)");
            }
            List<Integer> executors = doubling(Math.max(1, processors / coresPerExecutor));
            check(executors, coresPerExecutor, processors, call);
            if (executors.removeIf(count -> count > fit)) {
                call.terminal()
                        .note("not enough free memory for more than " + InWords.count(fit, "executor") + " of " + memory
                                + " MiB: larger points are left out");
            }
            return executors;
        }
        List<Integer> executors = given(call);
        check(executors, coresPerExecutor, processors, call);
        int most = Collections.max(executors);
        if (most > fit) {
            throw new BadInput("--executors: " + InWords.count(most, "executor") + " of " + memory
                    + (most == 1 ? " MiB does" : " MiB do") + " not fit into the free memory, " + fit
                    + (fit == 1 ? " does" : " do")
                    + " (set it or --executor-memory lower)");
        }
        return executors;
    }

    private static void check(List<Integer> executors, int coresPerExecutor, int processors, Call call) {
        int most = Collections.max(executors) * coresPerExecutor;
        if (most > processors && !call.options().get(OVERSUBSCRIBE)) {
            throw new BadInput((call.options().isGiven(EXECUTORS) ? EXECUTORS : CORES).flag() + ": "
                    + InWords.count(Collections.max(executors), "executor") + " with "
                    + InWords.count(coresPerExecutor, "core") + " each would take " + InWords.count(most, "core")
                    + ", and this machine has " + processors + " (set --oversubscribe to do it all the same)");
        }
    }

    private static List<Integer> clusterExecutors(Call call, String master, int coresPerExecutor, int memory) {
        URI page = page(call, master);
        if (call.options().find(EXECUTORS).isPresent()) {
            List<Integer> executors = given(call);
            Sweep.checkCluster(page, executors, coresPerExecutor, memory);
            return executors;
        }
        return doubling(Sweep.checkCluster(page, List.of(1), coresPerExecutor, memory));
    }

    private static URI page(Call call, String master) {
        String host = master.substring("spark://".length()).replaceAll(":\\d+(,.*)?$", "");
        String text = call.options().find(MASTER_PAGE).orElse("http://" + host + ":8080");
        try {
            URI page = URI.create(text);
            if (page.getHost() != null && List.of("http", "https").contains(String.valueOf(page.getScheme()))) {
                return page;
            }
        } catch (IllegalArgumentException e) {
            throw new BadInput("--master-page: must be like http://pi1:8080, not '" + text + "'", e);
        }
        throw new BadInput("--master-page: must be like http://pi1:8080, not '" + text + "'");
    }

    /** As typed, each once, ascending. */
    private static List<Integer> given(Call call) {
        return List.copyOf(new TreeSet<>(call.options().get(EXECUTORS)));
    }

    /** 1, 2, 4 … and the most itself. */
    private static List<Integer> doubling(int most) {
        TreeSet<Integer> counts = new TreeSet<>(List.of(most));
        for (int count = 1; count < most; count *= 2) {
            counts.add(count);
        }
        return new ArrayList<>(counts);
    }

    /** The same tasks for every point, and where that needs no great number, as many for every core. */
    /** A step ends with its last task: more tasks than cores would only cost Spark's time for each. */
    private static int tasks(Job job, boolean weak, List<Integer> executors, int coresPerExecutor) {
        if (job.pattern().isInSteps()) {
            return 0;
        }
        return weak ? TASKS_PER_CORE * coresPerExecutor : partitions(executors, coresPerExecutor);
    }

    private static int partitions(List<Integer> executors, int coresPerExecutor) {
        int most = Collections.max(executors) * coresPerExecutor;
        long common = 1;
        for (int count : executors) {
            long cores = (long) count * coresPerExecutor;
            common = common / gcd(common, cores) * cores;
            if (common > 4L * TASKS_PER_CORE * most) {
                return TASKS_PER_CORE * most;
            }
        }
        long least = (long) TASKS_PER_CORE * most;
        return Math.toIntExact((least + common - 1) / common * common);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private static Map<String, Object> environment(SweepSettings settings) {
        return Environment.here(SparkHome.sparkVersion(), settings.master());
    }

    private static Sweep.Observer observer(Call call) {
        return new Sweep.Observer() {
            @Override
            public void stage(String words) {
                call.terminal().status(words + " …");
            }

            @Override
            public void invocation(int done, int of, String point, double secondsLeft) {
                call.terminal()
                        .step("measuring " + (done + 1) + " of " + of + ": " + point
                                + (secondsLeft >= 0 ? ", about " + InWords.duration(secondsLeft) + " left" : ""));
            }
        };
    }
}
