package org.sparkberry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.sparkberry.job.Option;
import org.sparkberry.job.Quantity;
import org.sparkberry.record.Json;
import org.sparkberry.record.TimedRun;
import org.sparkberry.record.Timings;
import org.sparkberry.record.TimingsFile;
import org.sparkberry.scaling.Finding;
import org.sparkberry.scaling.Fits;
import org.sparkberry.scaling.FitsJson;
import org.sparkberry.scaling.HeldOut;
import org.sparkberry.scaling.InWords;
import org.sparkberry.scaling.Interval;
import org.sparkberry.scaling.LawFit;
import org.sparkberry.scaling.Prediction;
import org.sparkberry.scaling.TimedPoint;

/** {@code fit FILE}: the laws of scaling fitted to timings, ours or not. */
final class FitCommand implements Command {
    private static final Option<Long> FIT_UP_TO = Option.whole(
            "fit-up-to",
            "N",
            1,
            TimingsFile.MOST_N,
            null,
            "fit only the runs up to n = N, and check the laws on the others");
    private static final Option<List<Integer>> PREDICT = Option.list(
            "predict",
            "N,…",
            null,
            "for which n to predict (default: powers of two up to 4 times the largest n)",
            text -> Math.toIntExact(Quantity.whole("predict", text, 1, TimingsFile.MOST_N)));
    /** More rows of a table nobody reads; they are in the JSON. */
    private static final int MOST_ROWS = 40;

    @Override
    public String name() {
        return "fit";
    }

    @Override
    public String summary() {
        return "fits the laws of scaling to timings from a CSV file or a sweep, and predicts, with error bars";
    }

    @Override
    public Subject subject() {
        return Subject.FILE;
    }

    @Override
    public List<Option<?>> options() {
        List<Option<?>> options = new ArrayList<>(TimingsOptions.ALL);
        options.addAll(List.of(FIT_UP_TO, PREDICT, Options.FORMAT));
        return options;
    }

    @Override
    public int execute(Call call) {
        Timings timings = TimingsOptions.read(call, name());
        Optional<HeldOut> heldOut =
                call.options().find(FIT_UP_TO).map(upTo -> HeldOut.of(timings, Math.toIntExact(upTo)));
        Fits fits = heldOut.map(HeldOut::fits).orElseGet(() -> Fits.of(timings));
        List<Integer> predicted = call.options().find(PREDICT).orElseGet(() -> usual(timings));
        if (Options.isJson(call)) {
            Map<String, Object> json = FitsJson.of(fits, predicted);
            heldOut.ifPresent(check -> json.put("heldOut", FitsJson.of(check)));
            call.terminal().result(Json.pretty(json));
        } else {
            print(call.terminal(), fits, predicted, heldOut);
        }
        return DONE;
    }

    private static List<Integer> usual(Timings timings) {
        int most = timings.runs().stream().mapToInt(TimedRun::n).max().orElseThrow();
        TreeSet<Integer> n = new TreeSet<>();
        for (long each = 1; each <= (long) Fits.FARTHEST * most && each <= TimingsFile.MOST_N; each *= 2) {
            n.add((int) each);
        }
        return List.copyOf(n);
    }

    private static void print(Terminal terminal, Fits fits, List<Integer> predicted, Optional<HeldOut> heldOut) {
        Timings timings = fits.timings();
        List<TimedPoint> points = TimedPoint.of(timings);
        terminal.result(InWords.count(timings.runs().size(), "run") + " on "
                + InWords.count(points.size(), "distinct n").replace("distinct ns", "distinct n") + ", "
                + (timings.weak()
                        ? "weak scaling (the work grows with n)"
                        : "strong scaling (the same work for every n)"));
        terminal.result("");
        Words.table(pointRows(points, timings.weak())).forEach(terminal::result);
        if (points.size() > MOST_ROWS) {
            terminal.result("  … and " + (points.size() - MOST_ROWS) + " more (--format json has all)");
        }
        if (points.stream().anyMatch(point -> point.runs() == 1)) {
            terminal.result("  a point with one run has no error bar of its own: repeat it");
        }
        terminal.result("");
        Words.columns(lawRows(fits)).forEach(terminal::result);
        terminal.result("");
        Words.table(predictionRows(fits, predicted)).forEach(terminal::result);
        terminal.result("");
        terminal.result("± is half of the 95 % interval; weight: how likely the law is the best of these (AICc)");
        terminal.result("* beyond what was measured: with 10 % more error for every doubling, since no law is exact");
        heldOut.ifPresent(check -> print(terminal, check));
        terminal.result("");
        fits.findings().forEach(finding -> print(terminal, finding));
        terminal.result("verdict  " + fits.verdict());
    }

    /** A warning and what to do about it. */
    static void print(Terminal terminal, Finding finding) {
        terminal.result("warning  " + finding.words());
        terminal.result("    next " + finding.next());
    }

    private static List<List<String>> pointRows(List<TimedPoint> points, boolean weak) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "n",
                "runs",
                "seconds",
                (weak ? "scaled speedup" : "speedup")
                        + (points.get(0).n() == 1
                                ? ""
                                : " over n = " + points.get(0).n()),
                "efficiency",
                weak ? "serial fraction (Gustafson)" : "serial fraction (Karp–Flatt)"));
        for (TimedPoint point : points.subList(0, Math.min(MOST_ROWS, points.size()))) {
            boolean isFirst = point.n() == points.get(0).n();
            rows.add(List.of(
                    "" + point.n(),
                    "" + point.runs(),
                    number(point.seconds()),
                    isFirst ? "1" : number(point.speedup()),
                    isFirst ? "100 %" : percent(point.efficiency()),
                    point.serialFraction().isKnown()
                            ? InWords.percentRange(point.serialFraction())
                            : percent(point.serialFraction())));
        }
        return rows;
    }

    /** Without a word in every cell for what a line below the table says once. */
    private static String number(Interval interval) {
        return interval.isKnown() ? InWords.interval(interval) : InWords.short3(interval.value());
    }

    private static String percent(Interval interval) {
        return interval.isKnown() || Double.isNaN(interval.value())
                ? InWords.percentInterval(interval)
                : InWords.short3(100 * interval.value()) + " %";
    }

    private static List<List<String>> lawRows(Fits fits) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("law", "weight", "scatter", "parameters"));
        for (LawFit law : fits.laws()) {
            rows.add(List.of(
                    law.law().title(),
                    String.format(Locale.ROOT, "%.2f", fits.weight(law)),
                    InWords.short3(100 * law.scatter()) + " %",
                    law.parameters().stream()
                            .map(FitCommand::words)
                            .reduce((a, b) -> a + ", " + b)
                            .orElse("")));
        }
        return rows;
    }

    private static String words(LawFit.Parameter parameter) {
        String value = InWords.interval(parameter.interval());
        return parameter.symbol().letter() + " = " + value + (parameter.symbol().isShare() ? "" : " s");
    }

    private static List<List<String>> predictionRows(Fits fits, List<Integer> predicted) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("predicted n", "seconds", fits.timings().weak() ? "scaled speedup" : "speedup", "efficiency"));
        for (int n : predicted) {
            Prediction prediction = fits.predict(n);
            rows.add(List.of(
                    n + (prediction.beyond() ? "*" : ""),
                    InWords.interval(prediction.seconds()),
                    InWords.interval(prediction.speedup()),
                    InWords.percentInterval(prediction.efficiency())));
        }
        return rows;
    }

    private static void print(Terminal terminal, HeldOut check) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("held out n", "runs", "seconds", "predicted (90 %)", "error", "inside"));
        for (HeldOut.Point point :
                check.points().subList(0, Math.min(MOST_ROWS, check.points().size()))) {
            rows.add(List.of(
                    "" + point.n(),
                    "" + point.runs(),
                    InWords.short3(point.seconds()),
                    InWords.interval(point.predicted()),
                    InWords.short3(100 * point.error()) + " %",
                    point.isInside() ? "yes" : "no"));
        }
        terminal.result("");
        Words.table(rows).forEach(terminal::result);
        terminal.result("");
        terminal.result("fitted up to n = " + check.upTo() + ", the others were foretold with an error of "
                + InWords.short3(100 * check.meanError()) + " % in the mean, "
                + InWords.short3(100 * check.medianError()) + " % in the median, "
                + InWords.short3(100 * check.worstError()) + " % at worst; "
                + check.points().stream().filter(HeldOut.Point::isInside).count() + " of "
                + check.points().size()
                + " lie inside their 90 % interval");
    }
}
