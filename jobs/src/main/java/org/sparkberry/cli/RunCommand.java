package org.sparkberry.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkberry.cluster.LazySession;
import org.sparkberry.cluster.Session;
import org.sparkberry.cluster.SparkHome;
import org.sparkberry.dataflow.AuditFailed;
import org.sparkberry.dataflow.CheckpointFolder;
import org.sparkberry.dataflow.CheckpointHeader;
import org.sparkberry.dataflow.Progress;
import org.sparkberry.dataflow.Rounds;
import org.sparkberry.dataflow.Tables;
import org.sparkberry.estimate.Result;
import org.sparkberry.job.Job;
import org.sparkberry.job.Option;
import org.sparkberry.job.Parameters;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Environment;
import org.sparkberry.record.HostState;
import org.sparkberry.record.JobJar;
import org.sparkberry.record.Json;
import org.sparkberry.record.ResultsFolder;
import org.sparkberry.record.RunRecord;

/** {@code run JOB}: runs a job, or goes on with a run, prints its estimates, writes its directory. */
final class RunCommand implements Command {
    private static final Option<String> RESUME = Option.text(
            "resume", "DIR", null, "go on with the run whose directory (or --checkpoint) this is, to the same bits");
    private static final Option<String> CHECKPOINT = Option.text(
            "checkpoint",
            "DIR|URL",
            null,
            "where checkpoints go, such as hdfs://pi1:8020/pi (default: the run's directory)");
    private static final String HADOOP_PREFIX = "spark.hadoop.";

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
        List<Option<?>> options = new ArrayList<>(List.of(JobJars.OPTION, Options.MASTER));
        options.addAll(SamplingOptions.ALL);
        options.addAll(List.of(RESUME, CHECKPOINT, Options.RESULTS, Options.FORMAT));
        return options;
    }

    /**
     * A run that is about to begin or to go on.
     *
     * @param given the job's options as typed, by name
     * @param parameters the job's
     * @param sampling how many trials
     * @param directory the run's, if it has one
     * @param checkpoints where they are, if not in the run's directory
     */
    private record Plan(
            Map<String, String> given,
            Parameters parameters,
            SamplingOptions sampling,
            Optional<Path> directory,
            Optional<CheckpointFolder> checkpoints) {}

    @Override
    public int execute(Call call) throws IOException {
        Map<String, String> settings = call.surroundings().sparkSettings();
        if (call.options().get(Options.VERBOSE)) {
            settings.put("spark.log.level", "INFO");
        }
        String master = Options.master(call, settings);
        SparkHome home = Options.sparkHome(call);
        ResultsFolder results = ResultsFolder.open(Options.results(call));
        Optional<String> resume = call.options().find(RESUME);
        Optional<Path> finished = resume.flatMap(RunCommand::local);
        Optional<String> digest = finished.flatMap(ResultsFolder::digest);
        if (digest.isPresent()) {
            call.terminal().note(finished.get() + " is the directory of a run that has ended; nothing is left to do");
            call.terminal().result("digest   " + digest.get());
            return DONE;
        }
        Plan plan = resume.isPresent() ? resumed(call, resume.get(), hadoop(settings)) : fresh(call, hadoop(settings));
        Job job = call.job();
        try (LazySession lazy = LazySession.application(
                "sparkberry run " + job.name(),
                master,
                settings,
                home,
                () -> call.terminal().status("starting Spark on " + master + " …"),
                call.clock())) {
            return run(call, plan, lazy, results, master, hadoop(settings));
        }
    }

    private static Plan fresh(Call call, Map<String, String> hadoop) {
        SamplingOptions sampling = new SamplingOptions(call.options());
        Parameters parameters = sampling.parameters(call.job(), call.jobParameters());
        Optional<CheckpointFolder> checkpoints =
                call.options().find(CHECKPOINT).map(location -> CheckpointFolder.at(location, hadoop));
        if (checkpoints.flatMap(CheckpointFolder::newestHeader).isPresent()) {
            throw new BadInput("--checkpoint: " + checkpoints.get().location()
                    + " has the checkpoints of another run; go on with it by --resume, or give another place");
        }
        return new Plan(call.jobParameters().typed(), parameters, sampling, Optional.empty(), checkpoints);
    }

    private static Plan resumed(Call call, String location, Map<String, String> hadoop) {
        if (call.options().isGiven(CHECKPOINT)) {
            throw new BadInput("--checkpoint: a resumed run goes on where its checkpoints are; leave it out");
        }
        CheckpointFolder checkpoints = CheckpointFolder.at(location, hadoop);
        CheckpointHeader header = checkpoints
                .newestHeader()
                .orElseThrow(() -> new BadInput("--resume: " + location
                        + " has no checkpoint; it must be the directory of a run that was stopped, or its"
                        + " --checkpoint"));
        if (!header.job().equals(call.job().name())) {
            throw new BadInput("--resume: " + location + " is a run of " + header.job() + ", not of "
                    + call.job().name());
        }
        SamplingOptions sampling = new SamplingOptions(call.options()).resume(header.sampling(), location);
        Parameters given = call.jobParameters().resume(header.parameters(), location);
        return new Plan(
                given.typed(),
                sampling.parameters(call.job(), given),
                sampling,
                local(location),
                Optional.of(checkpoints));
    }

    private static int run(
            Call call, Plan plan, LazySession lazy, ResultsFolder results, String master, Map<String, String> hadoop)
            throws IOException {
        Job job = call.job();
        List<Path> jars = Options.sparkHome(call).jobJars();
        String command = "sparkberry run " + job.name() + JobJars.asTyped(jars);
        Instant start = call.clock().now();
        long begin = call.clock().nanos();
        Job.Experiment experiment = job.prepare(
                plan.parameters(), new Tables(lazy, call.surroundings().home()));
        Session session = lazy.session();
        double prepareSeconds = call.clock().secondsSince(begin) - lazy.startSeconds();
        int cores = session.cores();
        Path directory = plan.directory().orElseGet(() -> results.begin(job.name(), start));
        try (CheckpointFolder checkpoints =
                        plan.checkpoints().orElseGet(() -> CheckpointFolder.at(directory.toString(), hadoop));
                Unfinished unfinished =
                        new Unfinished(call.terminal(), command + " --resume " + checkpoints.location())) {
            Rounds rounds = new Rounds(
                    session.tasks(cores, Progress.NONE),
                    plan.sampling().settings(),
                    checkpoints,
                    CheckpointHeader.of(
                            job.name(), plan.given(), plan.sampling().identity()),
                    new RunProgress(
                            call.terminal(),
                            call.clock(),
                            job.name(),
                            plan.parameters().get(job.size()),
                            unfinished::begin),
                    call.clock());
            HostState before = HostState.here();
            long computing = call.clock().nanos();
            Result result;
            try {
                result = experiment.run(rounds);
            } catch (RuntimeException e) {
                if (plan.directory().isEmpty() && (e instanceof BadInput || !rounds.hasProgress())) {
                    unfinished.forget();
                    checkpoints.delete();
                }
                if (e instanceof AuditFailed) {
                    call.terminal().note("sparkberry: " + e.getMessage());
                    return NOT_VERIFIED;
                }
                throw e;
            }
            double computeSeconds =
                    Math.max(rounds.computeSeconds(), call.clock().secondsSince(computing));
            Map<String, Object> environment = Environment.here(SparkHome.sparkVersion(), master);
            environment.put("executors", Math.max(1, session.executors()));
            environment.put("cores", cores);
            if (!jars.isEmpty()) {
                environment.put("jars", jars.stream().map(JobJar::of).toList());
            }
            HostState.here().heldBackSince(before).ifPresent(reason -> {
                environment.put("heldBack", reason);
                call.terminal().note("warning: " + reason + ": the times do not show what this machine can do");
            });
            Parameters made = plan.sampling().precision().isEmpty()
                    ? plan.parameters()
                    : plan.parameters().with(job.size(), Long.toString(result.trials()));
            RunReport report = new RunReport(rounds, plan.sampling(), again(command, made));
            RunRecord record = new RunRecord(
                    job.name(),
                    made.forRecord(),
                    made.get(Parameters.SEED),
                    result,
                    new RunRecord.Times(start, lazy.startSeconds(), prepareSeconds, computeSeconds),
                    report.json(),
                    environment,
                    report.outcome());
            if (Options.isJson(call)) {
                call.terminal().result(Json.pretty(record.json()));
            } else {
                report.print(call.terminal(), record);
            }
            ResultsFolder.finish(directory, record);
            unfinished.forget();
            checkpoints.delete();
            call.terminal().note("written  " + directory);
            return rounds.end() == Rounds.End.COMPLETED ? DONE : FAILED;
        }
    }

    /** Says how to go on, if a run that has begun does not end. */
    private static final class Unfinished implements AutoCloseable {
        private final Terminal terminal;
        private final String command;
        private final Thread hook = new Thread(this::tell, "tell how to go on");
        private boolean hasBegun;

        Unfinished(Terminal terminal, String command) {
            this.terminal = terminal;
            this.command = command;
        }

        void begin() {
            hasBegun = true;
            Runtime.getRuntime().addShutdownHook(hook);
        }

        void forget() {
            if (hasBegun) {
                hasBegun = false;
                removeHook();
            }
        }

        @Override
        public void close() {
            if (hasBegun) {
                removeHook();
                tell();
            }
        }

        private void removeHook() {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is going down: the hook has told, and it was not for nothing.
                hasBegun = false;
            }
        }

        private void tell() {
            terminal.note("what was done is kept; go on with: " + command);
        }
    }

    /** The command that makes as many trials at once. */
    private static String again(String run, Parameters parameters) {
        StringBuilder command = new StringBuilder(run);
        Map<String, String> typed = new LinkedHashMap<>(parameters.typed());
        typed.forEach(
                (name, text) -> command.append(" --").append(name).append(' ').append(quoted(text)));
        return command.toString();
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_.,:/=+%-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static Optional<Path> local(String location) {
        if (location.startsWith("file:")) {
            return Optional.of(Path.of(URI.create(location)));
        }
        return location.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*") ? Optional.empty() : Optional.of(Path.of(location));
    }

    private static Map<String, String> hadoop(Map<String, String> settings) {
        Map<String, String> hadoop = new LinkedHashMap<>();
        settings.forEach((name, value) -> {
            if (name.startsWith(HADOOP_PREFIX)) {
                hadoop.put(name.substring(HADOOP_PREFIX.length()), value);
            }
        });
        return hadoop;
    }
}
