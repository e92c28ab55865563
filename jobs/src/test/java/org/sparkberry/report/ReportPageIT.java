package org.sparkberry.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser, as wide as a phone and as a desktop. */
class ReportPageIT {
    /** Measures what is seen and writes it beside the page, from where {@code --dump-dom} brings it here. */
    private static final String CHECK =
            """
            <script>
            addEventListener('load', () => {
            const found = [];
            let labels = 0;
            for (const svg of document.querySelectorAll('figure svg')) {
              const frame = svg.getBoundingClientRect();
              const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
              labels += boxes.length;
              boxes.forEach(([words, box], i) => {
                if (box.width === 0 || box.left < frame.left - 0.5 || box.right > frame.right + 0.5
                    || box.top < frame.top - 0.5 || box.bottom > frame.bottom + 0.5) {
                  found.push(words + ' leaves its figure');
                }
                for (const [others, other] of boxes.slice(i + 1)) {
                  const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
                  const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
                  // A line's box is higher than its letters.
                  if (across > 0 && down > 0.3 * Math.min(box.height, other.height)) {
                    found.push(words + ' is on ' + others);
                  }
                }
              });
              if (frame.left < 0 || frame.right > innerWidth) found.push(svg.id + ' leaves the page');
            }
            if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
            for (const loaded of performance.getEntriesByType('resource')) found.push('loaded ' + loaded.name);
            for (const asking of document.querySelectorAll('[src], [href]:not([href^="data:"])')) {
              found.push('asks for ' + (asking.src || asking.href));
            }
            parent.document.getElementById('checked').textContent =
                innerWidth + ' wide, ' + labels + ' labels; found: ' + found.join('; ');
            });
            </script>
            """;

    private static final Pattern CHECKED =
            Pattern.compile("<pre id=\"checked\">(\\d+) wide, (\\d+) labels; found: (.*?)</pre>", Pattern.DOTALL);

    private static final int SECONDS_AT_MOST = 120;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "390, '1,2,4,8,16'",
        "1280, '1,2,4,8,16'",
        "390, '1,2'",
        "390, '1,2,3,4'",
        "390, '1,2,4,8,16,32,64'",
        "1280, '1,3,5,12,13,14'",
        "390, '4'"
    })
    void noLabelIsOnAnotherOrOutsideItsFigureAndNothingIsLoaded(int width, String executors) throws Exception {
        Integer[] counts =
                Stream.of(executors.split(",", -1)).map(Integer::valueOf).toArray(Integer[]::new);
        ScalingReport.write(folder, MadeUpSweep.of(counts));

        Matcher checked = check(width, Files.readString(folder.resolve("report.html")));

        assertThat(checked.group(1)).isEqualTo("" + width);
        assertThat(Integer.parseInt(checked.group(2))).isGreaterThan(30);
        assertThat(checked.group(3)).isEmpty();
    }

    /** Else the test above would prove nothing. */
    @Test
    void theCheckSeesLabelsThatMeetAndThingsThatAreLoaded() throws Exception {
        ScalingReport.write(folder, MadeUpSweep.of(1, 2, 4));
        String page = Files.readString(folder.resolve("report.html"))
                .replaceFirst("(<text[^>]*>)executors</text>", "$1executors</text>$1workers</text>")
                .replace("</main>", "<img src=\"figures/speedup.png\" width=\"2000\"></main>");

        Matcher checked = check(390, page);

        assertThat(checked.group(3))
                .contains("executors is on workers")
                .contains("the page scrolls sideways")
                .contains("speedup.png");
    }

    private Matcher check(int width, String page) throws Exception {
        Optional<Path> browser = Stream.of("chromium", "google-chrome")
                .flatMap(name -> Stream.of(path().split(File.pathSeparator, -1)).map(place -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(browser.isPresent(), "neither chromium nor google-chrome is on PATH: the page was not looked at");
        Path copy = folder.resolve("checked.html");
        // In a frame, since the window of a headless browser is never narrower than 500 pixels.
        Files.writeString(
                copy,
                "<!DOCTYPE html><pre id=\"checked\"></pre><iframe style=\"border:0;width:" + width
                        + "px;height:800px\" srcdoc=\""
                        + page.replace("</body>", CHECK + "</body>")
                                .replace("&", "&amp;")
                                .replace("\"", "&quot;")
                        + "\"></iframe>");
        Path log = folder.resolve("browser.log");
        Path dom = folder.resolve("dom.html");
        Process process = new ProcessBuilder(
                        browser.get().toString(),
                        "--headless",
                        // A container's root has no other way; the page is our own.
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--host-resolver-rules=MAP * ~NOTFOUND",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--enable-logging=stderr",
                        "--window-size=1400,900",
                        "--dump-dom",
                        copy.toUri().toString())
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS_AT_MOST, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(lines(log)).noneMatch(line -> line.contains("CONSOLE"));
        Matcher checked = CHECKED.matcher(Files.readString(dom));
        assertThat(checked.find()).as(Files.readString(dom)).isTrue();
        return checked;
    }

    private static List<String> lines(Path log) throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static String path() {
        return System.getenv().getOrDefault("PATH", "");
    }
}
