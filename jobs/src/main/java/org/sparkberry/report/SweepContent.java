package org.sparkberry.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sparkberry.record.MeasuredRun;
import org.sparkberry.record.MeasuredTask;
import org.sparkberry.record.SweepDirectory;
import org.sparkberry.record.SweepSettings;
import org.sparkberry.report.ReportContent.Curve;
import org.sparkberry.report.ReportContent.LawParameter;
import org.sparkberry.report.ReportContent.TaskRun;
import org.sparkberry.scaling.Fits;
import org.sparkberry.scaling.Interval;
import org.sparkberry.scaling.LawFit;
import org.sparkberry.scaling.ScalingPoint;
import org.sparkberry.scaling.SweepAnalysis;

/** What there is to report of a sweep, from its directory alone. */
public final class SweepContent {
    /** Points of a curve: one for every few pixels. */
    private static final int CURVE_STEPS = 48;

    private final SweepDirectory directory;
    private final SweepSettings settings;
    private final List<MeasuredRun> runs;

    private SweepContent(SweepDirectory directory) {
        this.directory = directory;
        this.settings = directory.settings();
        this.runs = directory.runs();
    }

    /**
     * Puts together what the directory has and what its runs say.
     *
     * @throws org.sparkberry.record.BadInput if a file of the sweep is missing or was changed
     */
    public static ReportContent of(SweepDirectory directory, SweepAnalysis analysis) {
        return new SweepContent(directory).content(analysis);
    }

    private ReportContent content(SweepAnalysis analysis) {
        Map<String, String> environment = new LinkedHashMap<>();
        directory.environment().forEach((name, value) -> environment.put(name, text(value)));
        List<ScalingPoint> points = analysis.points();
        return new ReportContent(
                "How " + settings.job() + " scales",
                settings.job(),
                Optional.of(settings),
                analysis.baselineSeconds(),
                points,
                analysis.fits().map(all -> curves(all, points)).orElse(List.of()),
                analysis.fits().map(SweepContent::parameters).orElse(List.of()),
                analysis.fits().map(Fits::verdict).orElse(analysis.refusal()),
                analysis.verdict(),
                analysis.findings(),
                runs,
                taskRuns(),
                analysis.limits(),
                environment);
    }

    /** JSON's texts without their quotes. */
    private static String text(Object value) {
        String text = value.toString();
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private List<Curve> curves(Fits fits, List<ScalingPoint> points) {
        double first = points.get(0).executors();
        double last = points.get(points.size() - 1).executors();
        List<Double> executors = new ArrayList<>();
        for (int i = 0; i <= CURVE_STEPS; i++) {
            executors.add(first * Math.pow(last / first, (double) i / CURVE_STEPS));
        }
        return fits.plausible().stream()
                .map(fit -> curve(fit, fit == fits.best(), executors, first))
                .toList();
    }

    private Curve curve(LawFit fit, boolean isChosen, List<Double> executors, double first) {
        List<Interval> speedup = new ArrayList<>();
        List<Interval> efficiency = new ArrayList<>();
        for (double n : executors) {
            Interval s = fit.speedup(n, first, settings.isWeak());
            double p = n / first;
            speedup.add(s);
            efficiency.add(new Interval(s.value() / p, s.low() / p, s.high() / p));
        }
        return new Curve(fit.law().title(), isChosen, executors, speedup, efficiency);
    }

    private static List<LawParameter> parameters(Fits fits) {
        List<LawParameter> rows = new ArrayList<>();
        for (LawFit fit : fits.laws()) {
            for (LawFit.Parameter parameter : fit.parameters()) {
                rows.add(new LawParameter(
                        fit.law().title(),
                        parameter.symbol().meaning() + " " + parameter.symbol().letter(),
                        parameter.interval(),
                        parameter.symbol().isShare() ? "" : "s"));
            }
        }
        return rows;
    }

    /** Of each executor count the counted iteration with the middle time. */
    private List<TaskRun> taskRuns() {
        Map<List<Integer>, List<MeasuredTask>> tasks = directory.tasks().stream()
                .collect(Collectors.groupingBy(task -> List.of(task.order(), task.iteration())));
        List<TaskRun> shown = new ArrayList<>();
        for (int executors : settings.executors()) {
            List<MeasuredRun> counted = runs.stream()
                    .filter(run -> run.executors() == executors && run.counts())
                    .sorted(Comparator.comparingDouble(MeasuredRun::seconds))
                    .toList();
            if (!counted.isEmpty()) {
                MeasuredRun middle = counted.get(counted.size() / 2);
                shown.add(new TaskRun(
                        middle, tasks.getOrDefault(List.of(middle.order(), middle.iteration()), List.of())));
            }
        }
        return shown;
    }
}
