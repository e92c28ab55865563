package org.sparkberry.cli;

import java.io.IOException;
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
import org.sparkberry.dataflow.SparkTasks;
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
import org.sparkberry.report.RunFigures;

/** {@code run JOB}: runs a job, or goes on with a run, prints its estimates, writes its directory. */
final class RunCommand implements Command {

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
        options.addAll(RunPlan.OPTIONS);
        options.addAll(List.of(Options.RESULTS, Options.FORMAT));
        return options;
    }

    @Override
    public int execute(Call call) throws IOException {
        Target target = Options.target(call);
        Map<String, String> settings = new LinkedHashMap<>(target.settings());
        if (call.options().get(Options.VERBOSE)) {
            settings.put("spark.log.level", "INFO");
        }
        String master = target.master();
        SparkHome home = Options.sparkHome(call);
        ResultsFolder results = ResultsFolder.open(Options.results(call));
        Optional<Path> finished = RunPlan.resumedDirectory(call);
        Optional<String> digest = finished.flatMap(ResultsFolder::digest);
        if (digest.isPresent()) {
            call.terminal().note(finished.get() + " is the directory of a run that has ended; nothing is left to do");
            call.terminal().result("digest   " + digest.get());
            return DONE;
        }
        RunPlan plan = RunPlan.of(call, settings);
        Job job = call.job();
        try (LazySession lazy = LazySession.application(
                "sparkberry run " + job.name(),
                master,
                settings,
                home,
                () -> call.terminal().status("starting Spark on " + master + " …"),
                call.clock())) {
            try {
                return run(call, plan, lazy, results, master);
            } catch (RuntimeException e) {
                throw lazy.explained(e);
            }
        }
    }

    private static int run(Call call, RunPlan plan, LazySession lazy, ResultsFolder results, String master)
            throws IOException {
        Job job = call.job();
        List<Path> jars = Options.sparkHome(call).jobJars();
        String command = "sparkberry run " + job.name() + JobJars.asTyped(jars);
        String onMaster = call.options()
                .find(Options.MASTER)
                .map(given -> " --master " + quoted(given))
                .orElse("");
        Instant start = call.clock().now();
        long begin = call.clock().nanos();
        Job.Experiment experiment = job.prepare(
                plan.parameters(), new Tables(lazy, call.surroundings().home()));
        Session session = lazy.session();
        double prepareSeconds = call.clock().secondsSince(begin) - lazy.startSeconds();
        Path directory = plan.directory().orElseGet(() -> results.begin(job.name(), start));
        try (CheckpointFolder checkpoints = plan.checkpoints(directory);
                Unfinished unfinished =
                        new Unfinished(call.terminal(), command + onMaster + " --resume " + checkpoints.location())) {
            SparkTasks tasks = session.tasks(session.cores(), Progress.NONE);
            Rounds rounds = new Rounds(
                    tasks,
                    plan.sampling().settings(),
                    checkpoints,
                    CheckpointHeader.of(
                            job.name(), plan.given(), plan.sampling().identity()),
                    new RunProgress(
                            call.terminal(),
                            call.clock(),
                            job.name(),
                            plan.parameters().get(job.size()),
                            unfinished::begin,
                            table -> ResultsFolder.snapshot(directory, table)),
                    call.clock());
            HostState before = HostState.here();
            long computing = call.clock().nanos();
            Result result;
            try {
                result = experiment.run(rounds);
            } catch (RuntimeException e) {
                boolean isOfNoUse = plan.directory().isEmpty() && (e instanceof BadInput || !rounds.hasProgress());
                if (isOfNoUse && unfinished.forget()) {
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
            environment.put("executors", Math.max(1, session.mostExecutors()));
            environment.put("cores", session.mostCores());
            environment.put("hosts", session.hosts(tasks));
            if (!jars.isEmpty()) {
                environment.put("jars", jars.stream().map(JobJar::of).toList());
            }
            List<String> slowed = HostState.here().slowedSince(before);
            if (!slowed.isEmpty()) {
                String reason = String.join("; ", slowed);
                environment.put("heldBack", reason);
                call.terminal().note("warning: " + reason + ": the times do not show what this machine can do");
            }
            Parameters made = plan.sampling().precision().isEmpty()
                    ? plan.parameters()
                    : plan.parameters().with(job.size(), Long.toString(result.trials()));
            RunReport report = new RunReport(
                    rounds,
                    plan.sampling(),
                    again(command, made),
                    job.pattern().isInSteps() ? job.size().name() : "trials");
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
            ResultsFolder.finish(directory, record, () -> draw(call, directory, result));
            unfinished.forget();
            checkpoints.delete();
            call.terminal().note("written  " + directory);
            return rounds.end() == Rounds.End.COMPLETED ? DONE : FAILED;
        }
    }

    private static void draw(Call call, Path directory, Result result) {
        if (call.job().charts().isEmpty()) {
            return;
        }
        call.terminal().status("drawing figures …");
        RunFigures figures = RunFigures.write(directory, result, call.job().charts());
        figures.failures().forEach(failure -> call.terminal().note("warning: " + failure));
        if (!figures.files().isEmpty()) {
            call.terminal().note("figures  " + figures.folder() + ": " + String.join(", ", figures.names()));
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
}
