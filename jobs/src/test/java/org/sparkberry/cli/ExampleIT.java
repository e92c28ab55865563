package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.record.Json;

/** A job of one's own, as jobs/README.md tells: a copy of the example, built and used outside of this project. */
final class ExampleIT {
    private static final Path EXAMPLE = Launched.root().resolve("jobs/example");
    private static final Path SPARKBERRY = Launched.root().resolve("jobs/target/sparkberry.jar");
    private static final String JAR = "../project/target/birthday.jar";

    @TempDir
    static Path folder;

    private static Path project = Path.of("");
    private static Path elsewhere = Path.of("");

    @BeforeAll
    static void build() throws Exception {
        project = folder.resolve("project");
        elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        for (String file : List.of(
                "pom.xml",
                "src/main/java/example/Birthday.java",
                "src/main/resources/META-INF/services/org.sparkberry.job.Job")) {
            Files.createDirectories(project.resolve(file).resolveSibling("."));
            Files.copy(EXAMPLE.resolve(file), project.resolve(file));
        }
        readme("mvn install");
        readme("mvn package");
    }

    /**
     * Runs the line of jobs/README.md that begins so. Maven takes what the build of this project has left in its folder;
     * on a machine where that is not enough it may fetch the rest.
     */
    private static void readme(String beginning) throws Exception {
        String line = Files.readAllLines(Launched.root().resolve("jobs/README.md")).stream()
                .filter(text -> text.startsWith("    " + beginning))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the README has no line that begins with " + beginning));
        String maven = "mvn() { command mvn -B -q -ntp -Dmaven.repo.local=" + repository() + " \"$@\"; }; ";
        Map<String, String> variables = Map.of("SPARKBERRY", Launched.root().toString());
        Launched offline =
                Launched.of(project, variables, List.of("bash", "-c", maven.replace("-ntp", "-ntp -o") + line.strip()));
        if (offline.exitCode() != 0) {
            Launched online = Launched.of(project, variables, List.of("bash", "-c", maven + line.strip()));
            assertThat(online.exitCode())
                    .as(line + "\n" + offline.out() + online.out() + online.err())
                    .isZero();
        }
    }

    /** All that Maven's own folder has, and room for Sparkberry beside it: a test leaves nothing in there. */
    private static Path repository() throws IOException {
        Path real = Path.of(System.getProperty("maven.repository"));
        Path ours = Launched.root().resolve("jobs/target/repository-with-sparkberry");
        Files.createDirectories(ours.resolve("org"));
        link(real, ours, "org");
        link(real.resolve("org"), ours.resolve("org"), "sparkberry");
        return ours;
    }

    private static void link(Path from, Path to, String but) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (!name.equals(but) && !Files.isSymbolicLink(to.resolve(name))) {
                    Files.createSymbolicLink(to.resolve(name), entry);
                }
            }
        }
    }

    @Test
    void itGivesTheKnownAnswer() throws Exception {
        readme("javac");
        readme("jar");
        JsonNode run = run("run", "--jars", "../project/birthday.jar", "birthday", "--trials", "1e6");

        assertThat(run.path("environment").path("jars").path(0).path("sha256").asText())
                .hasSize(64);
        JsonNode shared = run.path("estimates").path(0);
        // 23 people: Feller, "An Introduction to Probability Theory and Its Applications", vol. 1, 3rd ed. 1968, II.3.
        assertThat(shared.path("reference").asDouble()).isBetween(0.5072965, 0.5072975);
        // False alarm with probability 6·10⁻⁵ if the seed were not fixed.
        assertThat(shared.path("z").asDouble()).isBetween(-4.0, 4.0);
    }

    @Test
    void itIsVerified() throws Exception {
        Launched launched = Launched.in(elsewhere, "verify", "birthday", "--jars", JAR, "--trials", "1e6");

        assertThat(launched.exitCode()).as(launched.out() + launched.err()).isZero();
        assertThat(launched.out()).contains("VERIFIED: birthday gave the same bits in all 14 layouts");
    }

    @Test
    void itIsSweptAndTheSweepKnowsItsJar() throws Exception {
        Path jar = Files.copy(project.resolve("target/birthday.jar"), folder.resolve("swept.jar"));
        JsonNode sweep = run(
                "sweep birthday --jars ../swept.jar --people 30 --trials 1e5 --executors 1 --invocations 1 --iterations 1 --warmup 0"
                        .split(" ", -1));

        JsonNode recorded = sweep.path("settings").path("jars").path(0);
        assertThat(recorded.path("path").asText()).isEqualTo(jar.toRealPath().toString());
        assertThat(sweep.path("sameDigests").asBoolean()).isTrue();
        // As if it had been stopped before the baseline.
        String directory = sweep.path("directory").asText();
        Path runs = elsewhere.resolve(directory).resolve("runs.csv");
        List<String> rows = Files.readAllLines(runs);
        Files.write(
                runs,
                rows.stream().filter(row -> !row.matches("\\d+,\\d+,0,.*")).toList());
        assertThat(Files.readAllLines(runs)).hasSizeLessThan(rows.size());
        Launched resumed = Launched.in(elsewhere, "sweep", "--resume", directory);
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(Files.readAllLines(runs)).hasSameSizeAs(rows);

        Files.write(jar, new byte[] {0}, StandardOpenOption.APPEND);
        Launched changed = Launched.in(elsewhere, "sweep", "--resume", directory);
        assertThat(changed.exitCode()).isEqualTo(2);
        assertThat(changed.err())
                .isEqualTo("sparkberry: " + jar.toRealPath() + ": was changed since the sweep began, and one sweep"
                        + " measures one program; put the old jar back, or start a new sweep\n");
        Files.delete(jar);
        assertThat(Launched.in(elsewhere, "sweep", "--resume", directory).err())
                .contains(": no such file; the sweep was begun with this jar, put it back\n");
    }

    @Test
    void aModelThatThrowsIsPlacedInOneLine() throws Exception {
        assertThat(runHere(own("throws", "", "if (true) throw new IllegalStateException(\"stuck\");")))
                .satisfies(run -> assertThat(run.err())
                        .matches("sparkberry: failed: java\\.lang\\.IllegalStateException in"
                                + " own\\.Job0\\$Model0\\.compute \\(Job0\\.java:\\d+\\): stuck"
                                + " \\(--stacktrace shows where\\)\n"))
                .satisfies(run -> assertThat(run.exitCode()).isEqualTo(1));
    }

    @Test
    void anEstimatorOfOnesOwnTravelsOnceKryoIsTold() throws Exception {
        String compute = "mine.add(block.number());";
        assertThat(runHere(own("stranger", "", compute)))
                .isEqualTo(new Invoked(
                        1,
                        "",
                        "sparkberry: failed: own.Job0$Mine travels between processes and is not registered with Kryo:"
                                + " list it in travels() of the job (--stacktrace shows where)\n"));

        Path jar = own("known", "public List<Class<?>> travels() { return List.of(Mine.class); }", compute);
        Launched submitted = Launched.of(
                elsewhere,
                Map.of(),
                List.of(
                        Launched.root()
                                .resolve("cluster-setup/runtime/target/spark/bin/spark-submit")
                                .toString(),
                        "--master",
                        "local-cluster[1,1,700]",
                        "--jars",
                        jar.toString(),
                        SPARKBERRY.toString(),
                        "run",
                        "own",
                        "--format",
                        "json"));
        assertThat(submitted.exitCode()).as(submitted.err()).isZero();
        // Blocks 0 to 9, one value each.
        assertThat(Json.tree(submitted.out())
                        .path("estimates")
                        .path(0)
                        .path("value")
                        .asDouble())
                .isEqualTo(4.5);
    }

    private static Path own(String name, String members, String compute) throws Exception {
        return MadeJar.of(Files.createDirectory(folder.resolve(name)), MadeJar.job("own", members, compute, ""))
                .with(MadeJar.SERVICES, "own.Job0\n")
                .at(folder.resolve(name + ".jar"));
    }

    /** In this JVM, which is quicker. */
    private static Invoked runHere(Path jar) {
        return Invoked.with(
                Launched.root().resolve("cluster-setup/runtime/target/spark"),
                "run",
                "own",
                "--jars",
                jar.toString(),
                "--master",
                "local[2]",
                "--results",
                elsewhere.resolve("here").toString());
    }

    private static JsonNode run(String... words) throws Exception {
        List<String> json = new ArrayList<>(Arrays.asList(words));
        json.addAll(List.of("--format", "json"));
        Launched launched = Launched.in(elsewhere, json.toArray(String[]::new));
        assertThat(launched.exitCode()).as(launched.err()).isZero();
        return Json.tree(launched.out());
    }
}
