package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkberry.record.Json;

final class FitCommandTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writeAmdahl() throws IOException {
        file = write(n -> 100 * (0.05 + 0.95 / n), 1, 2, 4, 8, 16, 32);
    }

    /** Two runs for each n, 1 % above and below. */
    private Path write(DoubleUnaryOperator seconds, int... executors) throws IOException {
        StringBuilder text = new StringBuilder("n,seconds\n");
        for (int n : executors) {
            text.append(n).append(',').append(seconds.applyAsDouble(n) * 1.01).append('\n');
            text.append(n).append(',').append(seconds.applyAsDouble(n) / 1.01).append('\n');
        }
        return Files.writeString(folder.resolve("timings.csv"), text);
    }

    private Invoked invoke(String... words) throws IOException {
        return Invoked.with(Invoked.sparkHome(folder), words);
    }

    /** The runs lie evenly about Amdahl's law with σ = 5 %, so the fit goes through their middle. */
    @Test
    void theLawAndItsParameters() throws IOException {
        Invoked fit = invoke("fit", file.toString(), "--format", "json", "--predict", "64");

        assertThat(fit.exitCode()).isZero();
        assertThat(fit.err()).isEmpty();
        JsonNode json = Json.tree(fit.out());
        assertThat(json.path("kind").asText()).isEqualTo("fits");
        assertThat(json.path("mode").asText()).isEqualTo("strong");
        assertThat(json.path("law").asText()).isEqualTo("amdahl");
        JsonNode sigma = json.path("parameters").path("sigma");
        assertThat(sigma.path("value").asDouble()).isCloseTo(0.05, within(1e-6));
        assertThat(sigma.path("low").asDouble()).isBetween(0.048, 0.05);
        assertThat(sigma.path("high").asDouble()).isBetween(0.05, 0.052);
        assertThat(json.path("laws")).hasSize(3);
        // 100·(0.05 + 0.95/64) = 6.484
        JsonNode far = json.path("predictions").path(0).path("seconds");
        assertThat(far.path("value").asDouble()).isCloseTo(6.484, within(0.05));
        assertThat(far.path("low").asDouble()).isLessThan(6.484);
        assertThat(far.path("high").asDouble()).isGreaterThan(6.484);
    }

    @Test
    void whatWasHeldOut() throws IOException {
        JsonNode heldOut = Json.tree(invoke("fit", file.toString(), "--fit-up-to", "8", "--format", "json")
                        .out())
                .path("heldOut");

        assertThat(heldOut.path("upTo").asInt()).isEqualTo(8);
        assertThat(heldOut.path("points")).hasSize(2);
        for (String error : new String[] {"meanError", "medianError", "worstError"}) {
            assertThat(heldOut.path(error).asDouble()).isBetween(0.0, 0.02);
        }
        assertThat(heldOut.path("coverage").asDouble()).isEqualTo(1);
        assertThat(heldOut.path("parameters").path("sigma").path("low").isNumber())
                .isTrue();
    }

    @Test
    void theTextEndsWithTheVerdict() throws IOException {
        Invoked fit = invoke("fit", file.toString(), "--fit-up-to", "8");

        assertThat(fit.exitCode()).isZero();
        assertThat(fit.out())
                .startsWith("8 runs on 4 distinct n, strong scaling (the same work for every n)\n")
                .contains("2 of 2 lie inside their 90 % interval");
        assertThat(fit.out().stripTrailing().lines().reduce((a, b) -> b).orElseThrow())
                .startsWith("verdict  Amdahl");
    }

    @Test
    void aBadBaselineIsAWarning() throws IOException {
        write(n -> 100 * (0.05 + 0.95 / n) * (n == 1 ? 1.3 : 1), 1, 2, 4, 8, 16);

        assertThat(invoke("fit", file.toString()).out())
                .contains("warning  more speedup than executors (superlinear) at n = 2, 4, so n = 1 was probably slow")
                .contains("    next measure n = 1 again");
    }

    @Test
    void aFlatJobIsAWarningAndTheVerdict() throws IOException {
        write(n -> 100 / Math.min(n, 4), 1, 2, 4, 8, 16);

        assertThat(invoke("fit", file.toString()).out())
                .contains("warning  the speedup stops at n = 4")
                .contains("verdict  the speedup stops at n = 4");
    }

    /** Weak scaling by Gustafson with α = 0.1, told by the option. */
    @Test
    void weakScaling() throws IOException {
        write(n -> 100 * n / (n - 0.1 * (n - 1)), 1, 2, 4, 8, 16);
        JsonNode json = Json.tree(invoke("fit", file.toString(), "--mode", "weak", "--format", "json")
                .out());

        assertThat(json.path("law").asText()).isEqualTo("gustafson");
        assertThat(json.path("parameters").path("alpha").path("value").asDouble())
                .isCloseTo(0.1, within(1e-6));
    }

    /** In words and line, ~ is the file. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fit | which file? sparkberry fit FILE.csv (a row for each run: n, seconds), or the folder of a sweep",
                "fit ~ more | unexpected word 'more'; a value with spaces needs quotes, and 'sparkberry fit --help' shows"
                        + " what may stand here",
                "fit ~x | ~x: cannot be read: no such file or folder",
                "fit ~ --mode sideways | --mode: must be strong or weak, not 'sideways'",
                "fit ~ --n-column p | --n-column: ~ has no column 'p', only n, seconds",
                "fit ~ --seconds-column p | --seconds-column: ~ has no column 'p', only n, seconds",
                "fit ~ --order-column p | --order-column: ~ has no column 'p', only n, seconds",
                "fit ~ --order-column seconds | ~, line 3, column seconds: must be a whole number from 1 to 2147483647, not '99.00990099009901'",
                "fit ~ --fit-up-to 0 | --fit-up-to: must be at least 1, not 0",
                "fit ~ --fit-up-to 2 | --fit-up-to: 2 leaves fewer than three distinct n to fit; set it to 4 or more",
                "fit ~ --fit-up-to 32 | --fit-up-to: no run has more than 32 executors, so nothing is held out",
                "fit ~ --predict 0 | --predict: must be at least 1, not 0",
                "fit ~ --trials 5 | unknown option '--trials'; 'sparkberry fit --help' lists the options"
            })
    void wrongUse(String words, String line) throws IOException {
        Invoked fit = invoke(words.replace("~", file.toString()).split(" ", -1));

        assertThat(fit.err()).isEqualTo("sparkberry: " + line.replace("~", file.toString()) + "\n");
        assertThat(fit.exitCode()).isEqualTo(2);
        assertThat(fit.out()).isEmpty();
    }
}
