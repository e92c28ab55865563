package org.sparkberry.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.sparkberry.record.SweepSettings;

class PageTest {
    private static final ReportContent FULL = MadeUpSweep.of(1, 2, 4, 8, 16);
    private static final ReportContent NOTHING = new ReportContent(
            "nothing",
            "pi",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            "",
            "",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of());

    @Test
    void thePageNeedsNeitherNetworkNorScript() {
        String html = page(FULL);

        assertThat(html).doesNotContain("<script", "<iframe", "@import", "url(http", "src=");
        assertThat(matches(html, "href=\"([^\"]*)\"")).containsExactly("data:,");
        assertThat(html).contains("<html lang=\"en\">");
    }

    @Test
    void whateverAUserTypedIsText() {
        SweepSettings settings = FULL.settings().orElseThrow();
        SweepSettings bad = new SweepSettings(
                settings.job(),
                settings.jars(),
                Map.of("file", "<img src=x onerror=alert(1)>\"'&\u0007"),
                settings.seed(),
                "spark://<b>",
                settings.mode(),
                settings.executors(),
                settings.coresPerExecutor(),
                settings.executorMebibytes(),
                settings.invocations(),
                settings.iterations(),
                settings.warmup(),
                settings.oversubscribe(),
                settings.trials(),
                settings.partitions());
        ReportContent content = new ReportContent(
                "<script>alert(1)</script>",
                "pi",
                Optional.of(bad),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                "",
                "</p><script>",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of("machine", "</td><script>"));

        String html = page(content);

        assertThat(html).doesNotContain("<script", "<img", "<b>", "\u0007");
        assertThat(html)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;")
                .contains("&lt;/td&gt;&lt;script&gt;");
    }

    @Test
    void headingsDescendOneByOneAndNoIdIsTwice() {
        String html = page(FULL);

        int level = 0;
        for (String next : matches(html, "<h([1-6])>")) {
            assertThat(Integer.parseInt(next)).isLessThanOrEqualTo(level + 1);
            level = Integer.parseInt(next);
        }
        assertThat(level).isEqualTo(2);
        assertThat(matches(html, " id=\"([^\"]*)\"")).doesNotHaveDuplicates().hasSizeGreaterThan(10);
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(page(NOTHING))
                .contains("No run of this sweep is valid")
                .contains("Where the time goes is not shown: the times of its parts were not measured.")
                .contains("Single tasks are not shown: none are on record.")
                .contains("The order of the repeats is not shown: single runs are not on record.")
                .contains("There are none: no run is valid.")
                .contains("No law was fitted: the fit is not on record.")
                .contains("The settings are not on record.")
                .contains("The environment is not on record.")
                .doesNotContain("<h2>Verdict", "<h2>Findings", "<figure");
        assertThat(page(FULL)).doesNotContain("class=\"missing\"");
    }

    @Test
    void theLimitIsNamedWithItsNextStep() {
        // Amdahl's law with σ = 0.04 loses 1 − 0.625 on 16 executors.
        assertThat(page(FULL))
                .contains("<h2>Limits", "37.5 % (33.8 to 41.2 %)", "the driver works alone", "less work on the driver");
    }

    /** The made-up sweep has 3 blocks of 6 points with 4 iterations, of which 1 warms up, and one lost executor. */
    @Test
    void theTableOfValidityCountsEveryRun() {
        List<List<String>> rows = new Validity(FULL.runs()).rows();

        assertThat(rows)
                .containsExactly(
                        List.of("iterations measured", "72"),
                        List.of("of them counted", "53"),
                        List.of("of them warm-ups, kept but not counted", "18"),
                        List.of("of them left out as invalid", "1"),
                        List.of("invalid because: 1 executor lost", "1"),
                        List.of("same bits in all runs of the same work", "yes"));
    }

    private static String page(ReportContent content) {
        List<Figure> figures = new ArrayList<>();
        ScalingFigure.speedup(content).ifPresent(figures::add);
        ScalingFigure.efficiency(content).ifPresent(figures::add);
        TimeFigure.of(content).ifPresent(figures::add);
        TimelineFigure.of(content).ifPresent(figures::add);
        RunOrderFigure.of(content).ifPresent(figures::add);
        return new Page(content, figures, "").html();
    }

    private static List<String> matches(String html, String pattern) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(html);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
