package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkberry.job.Jobs;
import org.sparkberry.job.Option;
import org.sparkberry.record.Clock;
import org.sparkberry.record.Json;

/** Help, lists and failures. */
final class CommandLineTest {
    private static final String SECRET = "5ecretOfTheCluster";

    @TempDir
    static Path folder;

    private static Path sparkHome = Path.of("");

    @BeforeAll
    static void prepare() throws Exception {
        sparkHome = Invoked.sparkHome(folder);
    }

    static Stream<String> helps() {
        List<String> helps = new ArrayList<>(List.of("", "help", "--help", "-h", "help help", "jobs --help"));
        for (String command : List.of("run", "verify", "sweep")) {
            helps.add(command + " --help");
            helps.add(command + " -h");
            helps.add("help " + command);
            Jobs.all().forEach(job -> {
                helps.add(command + " " + job.name() + " --help");
                helps.add("help " + command + " " + job.name());
            });
        }
        helps.addAll(List.of("plan --help", "help plan", "help measure-invocation"));
        return helps.stream();
    }

    @ParameterizedTest
    @MethodSource("helps")
    void helpFitsATerminalAndTellsNoSecret(String words) {
        Properties properties = Invoked.properties();
        properties.setProperty("spark.authenticate.secret", SECRET);
        Surroundings surroundings =
                new Surroundings(Map.of("SPARK_HOME", sparkHome.toString(), "AWS_SECRET_KEY", SECRET), properties);

        Invoked help = Invoked.with(surroundings, words.isEmpty() ? new String[0] : words.split(" ", -1));

        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out())
                .startsWith("usage: sparkberry ")
                .endsWith("\n")
                .doesNotContain(SECRET, "Exception", "\tat ", "null");
        assertThat(help.out().lines()).allMatch(line -> line.length() <= 80).noneMatch(line -> line.endsWith(" "));
    }

    @Test
    void theOverviewNamesTheCommandsForPeople() {
        assertThat(Invoked.with(sparkHome).out())
                .contains(
                        "\n  jobs ",
                        "\n  run JOB ",
                        "\n  verify JOB ",
                        "\n  sweep JOB ",
                        "\n  cluster VERB ",
                        "\n  virtual VERB ",
                        "\n  notebook  ")
                .doesNotContain("measure-invocation");
    }

    @Test
    void helpNamesEveryOptionOfTheJobAndOfTheCommand() {
        String help =
                Invoked.with(sparkHome, "sweep", "value-at-risk", "--help").out();

        for (Option<?> option : Jobs.all().stream()
                .filter(job -> job.name().equals("value-at-risk"))
                .flatMap(job -> Jobs.options(job).stream())
                .toList()) {
            assertThat(help).contains("\n  " + option.flag() + " ");
        }
        for (Option<?> option : new SweepCommand().options()) {
            assertThat(help).contains("\n  " + option.flag() + " ");
        }
        assertThat(help).contains("\n  --stacktrace ", "\n  --verbose ", "(default: 1e7)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run --trails --help", "run pi --trials x -h", "run --help pi", "run pi extra --help"})
    void whoAsksForHelpGetsItWhateverElseIsWrong(String words) {
        Invoked help = Invoked.with(sparkHome, words.split(" ", -1));

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).startsWith("usage: sparkberry run " + (words.contains("pi") ? "pi" : "JOB"));
    }

    @Test
    void theVersionIsOneLine() {
        // Tests run on classes, not on the jar that has the number.
        assertThat(Invoked.with(sparkHome, "--version")).isEqualTo(new Invoked(0, "Sparkberry unpackaged\n", ""));
    }

    @Test
    void jobsAreListedALineEach() {
        assertThat(Invoked.with(sparkHome, "jobs").out().lines())
                .hasSameSizeAs(Jobs.all())
                .anyMatch(line -> line.startsWith("  pi ") && line.contains(" independent ") && line.contains("π"));
    }

    @Test
    void jobsAreListedAsJson() throws Exception {
        JsonNode jobs = Json.tree(
                        Invoked.with(sparkHome, "jobs", "--format", "json").out())
                .path("jobs");

        assertThat(jobs).hasSameSizeAs(Jobs.all());
        assertThat(jobs.path(0).path("name").asText())
                .isEqualTo(Jobs.all().get(0).name());
    }

    /** A clock that fails stands for whatever is not the user's fault. */
    private record Failing(Throwable failure) implements Clock {
        @Override
        public Instant now() {
            return sneak();
        }

        @Override
        public long nanos() {
            sneak();
            return 0;
        }

        private Instant sneak() {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        }
    }

    @Test
    void aFailureIsOneLineWithItsFirstCauseAndExitCodeOne() {
        IllegalStateException failure =
                new IllegalStateException("wrapped", new IllegalArgumentException("the disk is on fire\nand more"));

        assertThat(failing(failure))
                .isEqualTo(new Invoked(1, "", "sparkberry: failed: the disk is on fire (--stacktrace shows where)\n"));
        assertThat(failing(new IllegalStateException()))
                .isEqualTo(
                        new Invoked(1, "", "sparkberry: failed: IllegalStateException (--stacktrace shows where)\n"));
    }

    @Test
    void aFailuresStackIsShownWhenAskedFor() {
        assertThat(failing(new IllegalStateException("on fire"), "--stacktrace").err())
                .startsWith("sparkberry: failed: on fire\njava.lang.IllegalStateException: on fire\n\tat ");
    }

    @Test
    void tooLittleMemoryHasACure() {
        assertThat(failing(new OutOfMemoryError("Java heap space")).err())
                .isEqualTo("sparkberry: failed: Java heap space (set SPARK_DRIVER_MEMORY higher, such as 2g)"
                        + " (--stacktrace shows where)\n");
    }

    private static Invoked failing(Throwable failure, String... options) {
        return Invoked.with(
                new Surroundings(Map.of("SPARK_HOME", sparkHome.toString()), Invoked.properties()),
                new Failing(failure),
                Stream.concat(Stream.of("run", "pi", "--results", folder.toString()), Stream.of(options))
                        .toArray(String[]::new));
    }
}
