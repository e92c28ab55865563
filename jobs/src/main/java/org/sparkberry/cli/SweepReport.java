package org.sparkberry.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sparkberry.record.Hardware;
import org.sparkberry.record.Json;
import org.sparkberry.record.MeasuredRun;
import org.sparkberry.record.SweepDirectory;
import org.sparkberry.record.SweepSettings;
import org.sparkberry.report.ScalingReport;
import org.sparkberry.report.SweepContent;
import org.sparkberry.scaling.InWords;
import org.sparkberry.scaling.Interval;
import org.sparkberry.scaling.Scaling;
import org.sparkberry.scaling.ScalingPoint;

/** The end of a sweep: its files and what is printed. */
final class SweepReport {
    private static final int INVOCATIONS_FOR_NARROW_INTERVALS = 10;

    private final SweepDirectory directory;
    private final SweepSettings settings;
    private final List<MeasuredRun> runs;
    private final Scaling scaling;
    private final Call call;

    SweepReport(SweepDirectory directory, Call call) {
        this.directory = directory;
        this.settings = directory.settings();
        this.runs = directory.runs();
        int processors = settings.isEmbedded() ? Hardware.processors() : Integer.MAX_VALUE;
        this.scaling = new Scaling(settings, processors, runs);
        this.call = call;
    }

    /** Writes the files, prints the table, and returns the exit code. */
    int write() {
        List<ScalingPoint> points = scaling.points();
        Map<String, Object> summary = Json.object();
        summary.put(
                "baselineSeconds", scaling.baselineSeconds().map(Scaling::json).orElse(null));
        summary.put("points", points.stream().map(Scaling::json).toList());
        summary.put("sameDigests", sameDigests());
        Map<String, Object> json = directory.finish(Scaling.table(points), summary);
        List<Path> report = ScalingReport.write(directory.path(), SweepContent.of(directory));
        if (Options.isJson(call)) {
            call.terminal().result(Json.pretty(json));
        } else {
            print(points, report.get(0));
        }
        if (!sameDigests()) {
            call.terminal()
                    .note("sparkberry: the runs gave different digests: see "
                            + directory.path().resolve("runs.csv"));
            return Command.NOT_VERIFIED;
        }
        return points.isEmpty() ? Command.FAILED : Command.DONE;
    }

    /** Whether all runs of the same work gave the same bits. */
    private boolean sameDigests() {
        return runs.stream()
                .collect(Collectors.groupingBy(
                        MeasuredRun::trials, Collectors.mapping(MeasuredRun::digest, Collectors.toSet())))
                .values()
                .stream()
                .allMatch(digests -> digests.size() == 1);
    }

    private void print(List<ScalingPoint> points, Path report) {
        Terminal terminal = call.terminal();
        terminal.result(settings.job() + ", " + settings.mode() + " scaling: "
                + InWords.count(settings.trials(), "trial")
                + " per iteration" + (settings.isWeak() ? " and executor" : "") + ", "
                + InWords.count(settings.invocations(), "fresh application") + " with "
                + InWords.count(settings.iterations(), "iteration") + (settings.invocations() > 1 ? " each" : ""));
        terminal.result("");
        Words.table(rows(points)).forEach(terminal::result);
        terminal.result("");
        scaling.baselineSeconds()
                .ifPresent(seconds -> terminal.result("one thread without Spark takes " + InWords.interval(seconds)
                        + " s" + (settings.isWeak() ? " for the work of one executor" : "")));
        points.stream()
                .filter(point -> point.executors() == 1 && settings.coresPerExecutor() == 1)
                .findFirst()
                .ifPresent(point -> overhead(point.baselineRatio()));
        terminal.result(
                settings.invocations() < 2
                        ? "no intervals: a single invocation cannot tell how repeatable it is (set --invocations 2 or more)"
                        : "± is half of the 95 % interval (Student's t over " + settings.invocations()
                                + " invocations)");
        long invalid = runs.stream().filter(run -> !run.valid()).count();
        if (invalid > 0) {
            terminal.result(invalid + " of " + runs.size() + " runs are invalid and left out, the first because: "
                    + runs.stream()
                            .filter(run -> !run.valid())
                            .findFirst()
                            .map(MeasuredRun::reason)
                            .orElse(""));
        }
        if (points.stream().anyMatch(ScalingPoint::oversubscribed)) {
            terminal.result("* more executor cores than the machine has: this says nothing about more machines");
        }
        if (sameDigests()) {
            terminal.result("all " + runs.size() + " runs gave the same bits");
        }
        terminal.result("written  " + directory.path());
        terminal.result("report   " + report);
        terminal.result("next     " + next(points));
    }

    private void overhead(Interval ratio) {
        if (ratio.isKnown()) {
            Interval percent =
                    new Interval(100 * (ratio.value() - 1), 100 * (ratio.low() - 1), 100 * (ratio.high() - 1));
            call.terminal().result("one executor takes " + InWords.interval(percent) + " % more time than that");
        }
    }

    private List<List<String>> rows(List<ScalingPoint> points) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "executors",
                "cores",
                "seconds",
                "trials/s",
                settings.isWeak() ? "scaled speedup" : "speedup",
                "efficiency",
                settings.isWeak() ? "serial fraction (Gustafson)" : "serial fraction (Karp–Flatt)",
                "time / one thread"));
        for (ScalingPoint point : points) {
            boolean isFirst = point.executors() == settings.executors().get(0);
            rows.add(List.of(
                    point.executors() + (point.oversubscribed() ? "*" : ""),
                    "" + point.cores(),
                    InWords.interval(point.seconds()),
                    InWords.short3(point.trialsPerSecond()),
                    InWords.interval(point.speedup()),
                    isFirst ? "100 %" : InWords.percentInterval(point.efficiency()),
                    InWords.percentRange(point.serialFraction()),
                    InWords.interval(point.baselineRatio())));
        }
        return rows;
    }

    private String next(List<ScalingPoint> points) {
        if (points.isEmpty()) {
            return "no run is valid: cure the reason above, then sweep again";
        }
        Optional<ScalingPoint> vague = points.stream()
                .filter(point -> point.speedup().high() - point.speedup().low()
                        > 0.1 * point.speedup().value())
                .findFirst();
        if (settings.invocations() < INVOCATIONS_FOR_NARROW_INTERVALS
                && (vague.isPresent() || settings.invocations() < 2)) {
            return "narrower intervals: sparkberry sweep " + settings.job() + " --invocations "
                    + INVOCATIONS_FOR_NARROW_INTERVALS;
        }
        return settings.isWeak()
                ? "the other question, the same work on more executors: --mode strong"
                : "the other question, more work on more executors: --mode weak";
    }
}
