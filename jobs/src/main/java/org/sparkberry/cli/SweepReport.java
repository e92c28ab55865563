package org.sparkberry.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparkberry.record.Json;
import org.sparkberry.record.SweepDirectory;
import org.sparkberry.record.SweepSettings;
import org.sparkberry.report.ScalingReport;
import org.sparkberry.report.SweepContent;
import org.sparkberry.scaling.FitsJson;
import org.sparkberry.scaling.InWords;
import org.sparkberry.scaling.Interval;
import org.sparkberry.scaling.Limit;
import org.sparkberry.scaling.Scaling;
import org.sparkberry.scaling.ScalingPoint;
import org.sparkberry.scaling.SweepAnalysis;

/** The end of a sweep: its files and what is printed. */
final class SweepReport {
    private static final int INVOCATIONS_FOR_NARROW_INTERVALS = 10;

    private final SweepDirectory directory;
    private final SweepAnalysis analysis;
    private final SweepSettings settings;
    private final Call call;

    SweepReport(SweepDirectory directory, Call call) {
        this.directory = directory;
        this.analysis = SweepAnalysis.of(directory);
        this.settings = directory.settings();
        this.call = call;
    }

    /** Writes the files, prints the table, and returns the exit code. */
    int write() {
        List<ScalingPoint> points = analysis.points();
        Map<String, Object> summary = Json.object();
        summary.put(
                "baselineSeconds", analysis.baselineSeconds().map(Scaling::json).orElse(null));
        summary.put("points", points.stream().map(Scaling::json).toList());
        summary.put("limits", analysis.limits().stream().map(Limit::json).toList());
        summary.put(
                "findings", analysis.findings().stream().map(FitsJson::finding).toList());
        summary.put("verdict", analysis.verdict());
        summary.put("sameDigests", analysis.sameDigests());
        Map<String, Object> json = directory.finish(Scaling.table(points), fits(), summary);
        List<Path> report = ScalingReport.write(directory.path(), SweepContent.of(directory, analysis));
        if (Options.isJson(call)) {
            call.terminal().result(Json.pretty(json));
        } else {
            print(points, report.get(0));
        }
        if (!analysis.sameDigests()) {
            call.terminal()
                    .note("sparkberry: the runs gave different digests: see "
                            + directory.path().resolve("runs.csv"));
            return Command.NOT_VERIFIED;
        }
        return points.isEmpty() ? Command.FAILED : Command.DONE;
    }

    /** The laws, with predictions for the executor counts measured and twice the most. */
    private Map<String, Object> fits() {
        return analysis.fits()
                .map(fits -> FitsJson.of(
                        fits,
                        Stream.concat(
                                        settings.executors().stream(),
                                        Stream.of(2 * Collections.max(settings.executors())))
                                .toList()))
                .orElseGet(() -> FitsJson.refused(analysis.refusal()));
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
        analysis.baselineSeconds()
                .ifPresent(seconds -> terminal.result("one thread without Spark takes " + InWords.interval(seconds)
                        + " s" + (settings.isWeak() ? " for the work of one executor" : "") + where()));
        points.stream()
                .filter(point -> settings.isEmbedded() && point.executors() == 1 && settings.coresPerExecutor() == 1)
                .findFirst()
                .ifPresent(point -> overhead(point.baselineRatio()));
        terminal.result(
                settings.invocations() < 2
                        ? "no intervals: a single invocation cannot tell how repeatable it is (set --invocations 2 or more)"
                        : "± is half of the 95 % interval (Student's t over " + settings.invocations()
                                + " invocations)");
        if (points.stream().anyMatch(ScalingPoint::oversubscribed)) {
            terminal.result("* more executor cores than the machine has");
        }
        if (analysis.sameDigests()) {
            terminal.result("all " + analysis.runs().size() + " runs gave the same bits");
        }
        analysis.fits().ifPresent(fits -> terminal.result("law      " + fits.verdict()));
        analysis.findings().forEach(finding -> FitCommand.print(terminal, finding));
        terminal.result("written  " + directory.path());
        terminal.result("next     " + next(points));
        terminal.result("verdict  " + analysis.verdict());
        terminal.result("report   " + report);
    }

    /** Only the embedded cluster's executors are sure to be on the machine that measures the thread. */
    private String where() {
        return settings.isEmbedded() ? "" : " on this machine, which may be faster or slower than a node";
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
            boolean isFirst = point.executors() == points.get(0).executors();
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
            return "narrower intervals: sparkberry sweep " + settings.jobAsTyped()
                    + (settings.isEmbedded() ? "" : " --master " + settings.master()) + " --invocations "
                    + INVOCATIONS_FOR_NARROW_INTERVALS;
        }
        return settings.isWeak()
                ? "the other question, the same work on more executors: --mode strong"
                : "the other question, more work on more executors: --mode weak";
    }
}
