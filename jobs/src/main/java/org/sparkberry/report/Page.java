package org.sparkberry.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.sparkberry.record.SweepSettings;
import org.sparkberry.report.ReportContent.LawParameter;
import org.sparkberry.scaling.Cause;
import org.sparkberry.scaling.Finding;
import org.sparkberry.scaling.Interval;
import org.sparkberry.scaling.ScalingPoint;

/** The report as one HTML file: no network, no script. */
final class Page {
    private final ReportContent content;
    private final List<Figure> figures;
    private final String css;
    private final Html html = new Html();

    Page(ReportContent content, List<Figure> figures, String css) {
        this.content = content;
        this.figures = figures;
        this.css = css;
    }

    String html() {
        head();
        plainWords();
        figures();
        limits();
        points();
        laws();
        validity();
        surroundings();
        html.raw("</main>").raw("</body>").raw("</html>");
        return html.toString();
    }

    private void head() {
        html.raw("<!DOCTYPE html>").raw("<html lang=\"en\">").raw("<head>").raw("<meta charset=\"utf-8\">");
        html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.raw("<meta name=\"color-scheme\" content=\"light dark\">");
        // Else browsers ask the place where the page lies for a picture.
        html.raw("<link rel=\"icon\" href=\"data:,\">");
        html.element("title", content.title());
        html.raw("<style>")
                .raw(css)
                .raw("</style>")
                .raw("</head>")
                .raw("<body>")
                .raw("<main>");
        html.element("h1", content.title());
    }

    private void plainWords() {
        html.raw("<section class=\"words\">").element("h2", "In plain words");
        new PlainWords(content).sentences().forEach(sentence -> html.element("p", sentence));
        html.raw("</section>");
        if (!content.verdict().isEmpty()) {
            html.raw("<section>").element("h2", "Verdict").element("p", "verdict", content.verdict());
            html.raw("</section>");
        }
        if (!content.findings().isEmpty()) {
            html.raw("<section>").element("h2", "Findings").raw("<ul>");
            for (Finding finding : content.findings()) {
                html.raw("<li>" + Html.escape(finding.words() + ".") + " <span class=\"next\">Next: "
                        + Html.escape(finding.next() + ".") + "</span></li>");
            }
            html.raw("</ul></section>");
        }
    }

    private void figures() {
        html.raw("<section>").element("h2", "Figures").raw("<div class=\"gallery\">");
        for (Figure figure : figures) {
            html.raw("<figure id=\"" + figure.name() + "\">").element("h3", figure.heading());
            html.raw(figure.drawing().inlineSvg());
            html.raw("<figcaption>" + Html.escape(figure.caption()) + "</figcaption>")
                    .raw("</figure>");
        }
        html.raw("</div>");
        if (figures.stream().noneMatch(figure -> figure.name().equals("time"))) {
            html.element("p", "missing", "Where the time goes is not shown: the times of its parts were not measured.");
        }
        if (content.tasks().stream().allMatch(run -> run.tasks().isEmpty())) {
            html.element("p", "missing", "Single tasks are not shown: none are on record.");
        }
        if (content.runs().isEmpty()) {
            html.element("p", "missing", "The order of the repeats is not shown: single runs are not on record.");
        }
        html.raw("</section>");
    }

    private void limits() {
        List<List<String>> rows = content.limits().stream()
                .filter(limit -> limit.cause() != Cause.UNKNOWN)
                .skip(1)
                .map(limit -> List.of(
                        "" + limit.executors(),
                        Prose.percentRange(limit.loss()),
                        limit.cause().words(),
                        limit.cause().nextStep()))
                .toList();
        if (!rows.isEmpty()) {
            html.raw("<section>").element("h2", "Limits");
            html.table(
                    "What keeps the efficiency below 100 %",
                    List.of("executors", "efficiency lost", "most of it to", "next"), rows, false);
            html.raw("</section>");
        }
    }

    private void points() {
        html.raw("<section>").element("h2", "Points");
        if (content.points().isEmpty()) {
            html.element("p", "missing", "There are none: no run is valid.").raw("</section>");
            return;
        }
        List<String> head = List.of(
                "executors",
                "cores",
                "seconds",
                content.isWeak() ? "scaled speedup" : "speedup",
                "efficiency",
                "serial fraction",
                "time / one thread",
                "runs");
        List<List<String>> rows = content.points().stream().map(Page::row).toList();
        html.table("Each point with its 95 % interval", head, rows, true);
        content.baselineSeconds()
                .ifPresent(seconds -> html.element(
                        "p",
                        "One thread without Spark takes " + Prose.range(seconds, " s")
                                + (content.isWeak() ? " for the work of one executor" : "")
                                + (content.isOnCluster() ? " on the machine that started the sweep." : ".")));
        if (content.points().stream().anyMatch(ScalingPoint::oversubscribed)) {
            html.element("p", "* More executor cores than the machine has: this says nothing about more machines.");
        }
        html.raw("</section>");
    }

    private static List<String> row(ScalingPoint point) {
        return List.of(
                point.executors() + (point.oversubscribed() ? "*" : ""),
                "" + point.cores(),
                twoLines(point.seconds(), ""),
                twoLines(point.speedup(), ""),
                twoLines(Prose.percent(point.efficiency()), " %"),
                twoLines(Prose.percent(point.serialFraction()), " %"),
                twoLines(point.baselineRatio(), ""),
                "" + point.runs());
    }

    private static String twoLines(Interval interval, String unit) {
        if (Double.isNaN(interval.value())) {
            return "–";
        }
        return Prose.range(interval, unit).replace(" (", "\n").replace(")", "");
    }

    private void laws() {
        html.raw("<section>").element("h2", "Laws");
        if (content.laws().isEmpty()) {
            html.element(
                    "p",
                    "missing",
                    "No law was fitted: "
                            + (content.lawVerdict().isEmpty() ? "the fit is not on record" : content.lawVerdict())
                            + ".");
        } else {
            html.element("p", content.lawVerdict() + ".");
            List<List<String>> rows = content.laws().stream().map(Page::row).toList();
            html.table(
                    "Fitted laws and the 95 % intervals of their parameters",
                    List.of("law", "parameter", "value", "95 % interval"), rows, false);
        }
        html.raw("</section>");
    }

    private static List<String> row(LawParameter parameter) {
        Interval value = parameter.value();
        String unit = parameter.unit().isEmpty() ? "" : " " + parameter.unit();
        return List.of(
                parameter.law(),
                parameter.parameter(),
                Prose.value(value) + unit,
                value.isKnown() ? Prose.bounds(value) + unit : Prose.UNKNOWN);
    }

    private void validity() {
        html.raw("<section>").element("h2", "Validity");
        if (content.runs().isEmpty()) {
            html.element("p", "missing", "Nothing can be said about single runs: they are not on record.");
        } else {
            html.table(
                    "What was measured, and what counts",
                    List.of("runs", "number"),
                    new Validity(content.runs()).rows(),
                    false);
        }
        html.raw("</section>");
    }

    private void surroundings() {
        html.raw("<section>").element("h2", "Settings and environment");
        content.settings()
                .ifPresentOrElse(
                        settings -> html.table(
                                "What was asked for", List.of("setting", "value"), rows(words(settings)), false),
                        () -> html.element("p", "missing", "The settings are not on record."));
        if (content.environment().isEmpty()) {
            html.element("p", "missing", "The environment is not on record.");
        } else {
            html.table("Where it ran", List.of("what", "value"), rows(content.environment()), false);
        }
        html.raw("</section>");
    }

    private static Map<String, String> words(SweepSettings settings) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("job", settings.job());
        settings.options().forEach((name, value) -> words.put("--" + name, value));
        words.put("mode", settings.mode());
        words.put("trials", settings.trials() + (settings.isWeak() ? " per executor" : ""));
        words.put(
                "tasks",
                settings.partitions() == 0
                        ? "one per core in each step"
                        : settings.partitions() + (settings.isWeak() ? " per executor" : ""));
        words.put(
                "executors", settings.executors().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        words.put("cores per executor", "" + settings.coresPerExecutor());
        words.put("heap per executor", settings.executorMebibytes() + " MiB");
        words.put("fresh applications per point", "" + settings.invocations());
        words.put("measured iterations in each", "" + settings.iterations());
        words.put("warm-up iterations in each, with the fewest executors", "" + settings.warmup());
        words.put("seed", "" + settings.seed());
        words.put("master", settings.master());
        return words;
    }

    private static List<List<String>> rows(Map<String, String> words) {
        List<List<String>> rows = new ArrayList<>();
        words.forEach((name, value) -> rows.add(List.of(spaced(name), value)));
        return rows;
    }

    /** {@code memoryBytes} as words: {@code memory bytes}. */
    private static String spaced(String name) {
        return name.startsWith("--")
                ? name
                : name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
