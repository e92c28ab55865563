package org.sparkberry.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparkberry.cluster.LazySession;
import org.sparkberry.cluster.Session;
import org.sparkberry.cluster.SparkHome;
import org.sparkberry.dataflow.Progress;
import org.sparkberry.dataflow.Tables;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Result;
import org.sparkberry.job.Job;
import org.sparkberry.job.Option;
import org.sparkberry.job.Parameters;
import org.sparkberry.record.Environment;
import org.sparkberry.record.HostState;
import org.sparkberry.record.Json;
import org.sparkberry.record.ResultsFolder;
import org.sparkberry.record.RunRecord;
import org.sparkberry.scaling.InWords;

/** {@code run JOB}: runs a job once, prints its estimates, writes its directory. */
final class RunCommand implements Command {
    private static final long MOST_PARTITIONS = 100_000;
    private static final Option<Long> PARTITIONS = Option.whole(
            "partitions",
            "N",
            1,
            MOST_PARTITIONS,
            null,
            "into how many tasks to cut the work (default: 4 per core or more)");
    private static final int PARTITIONS_PER_CORE = 4;
    /** A task of more blocks than these runs for seconds, and progress is seen only when a task ends. */
    private static final long BLOCKS_PER_TASK = 512;

    @Override
    public String name() {
        return "run";
    }

    @Override
    public String summary() {
        return "runs a job, prints its estimates with their error bars, writes a run directory";
    }

    @Override
    public Subject subject() {
        return Subject.JOB;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(Options.MASTER, PARTITIONS, Options.RESULTS, Options.FORMAT);
    }

    @Override
    public int execute(Call call) {
        Job job = call.job();
        Map<String, String> settings = call.surroundings().sparkSettings();
        if (call.options().get(Options.VERBOSE)) {
            settings.put("spark.log.level", "INFO");
        }
        String master = Options.master(call, settings);
        SparkHome home = SparkHome.at(call.surroundings().sparkHome());
        ResultsFolder results = ResultsFolder.open(Options.results(call));

        Instant start = call.clock().now();
        try (LazySession lazy = LazySession.application(
                "sparkberry run " + job.name(),
                master,
                settings,
                home,
                () -> call.terminal().status("starting Spark on " + master + " …"),
                call.clock())) {
            long begin = call.clock().nanos();
            Job.Experiment experiment = job.prepare(
                    call.jobParameters(), new Tables(lazy, call.surroundings().home()));
            Session session = lazy.session();
            double prepareSeconds = call.clock().secondsSince(begin) - lazy.startSeconds();

            int cores = session.cores();
            long blocks = call.jobParameters().get(job.size()) / job.blockSize();
            int partitions = Math.toIntExact(call.options()
                    .find(PARTITIONS)
                    .orElse(Math.max(
                            (long) PARTITIONS_PER_CORE * cores, Math.min(MOST_PARTITIONS, blocks / BLOCKS_PER_TASK))));
            HostState before = HostState.here();
            long computing = call.clock().nanos();
            Result result = experiment.run(session.tasks(partitions, progress(call, job.name(), computing)));
            double computeSeconds = call.clock().secondsSince(computing);

            Map<String, Object> environment = Environment.here(SparkHome.sparkVersion(), master);
            environment.put("executors", Math.max(1, session.executors()));
            environment.put("cores", cores);
            environment.put("partitions", partitions);
            HostState.here().heldBackSince(before).ifPresent(reason -> {
                environment.put("heldBack", reason);
                call.terminal().note("warning: " + reason + ": the times do not show what this machine can do");
            });
            RunRecord record = new RunRecord(
                    job.name(),
                    call.jobParameters().forRecord(),
                    call.jobParameters().get(Parameters.SEED),
                    result,
                    new RunRecord.Times(start, lazy.startSeconds(), prepareSeconds, computeSeconds),
                    environment,
                    "completed");
            print(call, record);
            Path directory = results.write(record);
            call.terminal().note("written  " + directory);
        }
        return DONE;
    }

    private static Progress progress(Call call, String what, long start) {
        return (doneBlocks, blocks) -> {
            double share = (double) doneBlocks / blocks;
            call.terminal().progress(what, share, call.clock().secondsSince(start) * (1 / share - 1));
        };
    }

    private static void print(Call call, RunRecord record) {
        if (Options.isJson(call)) {
            call.terminal().result(Json.pretty(record.json()));
            return;
        }
        Terminal terminal = call.terminal();
        long cores = ((Number) record.environment().getOrDefault("cores", 0)).longValue();
        terminal.result(
                record.job() + ": " + InWords.count(record.result().trials(), "trial") + ", seed " + record.seed()
                        + ", " + InWords.short3(record.times().computeSeconds()) + " s on "
                        + record.environment().get("master") + " with " + InWords.count(cores, "core"));
        terminal.result("");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("estimate", "value", "standard error", "95 % interval", "known answer", "z"));
        for (Estimate estimate : record.result().estimates()) {
            rows.add(Words.cells(estimate));
        }
        Words.table(rows).forEach(terminal::result);
        terminal.result("");
        record.result().estimates().stream()
                .filter(estimate -> estimate.resolution() > 0 && estimate.low() <= estimate.high())
                .findFirst()
                .ifPresent(estimate -> terminal.result("values are counted in bins: " + estimate.name()
                        + " is known to ±" + InWords.short3(estimate.resolution())
                        + " at best, which its interval includes"));
        if (record.result().estimates().stream()
                .anyMatch(estimate -> estimate.z().isPresent())) {
            terminal.result("z is the distance from the known answer in standard errors");
        }
        terminal.result("digest   " + record.result().digest());
    }
}
