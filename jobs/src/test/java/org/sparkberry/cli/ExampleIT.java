package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        maven("install:install-file", "-Dsparkberry.jar=" + SPARKBERRY);
        maven("package");
    }

    /** With what the build of this project has left in Maven's folder; on another machine Maven may fetch the rest. */
    private static void maven(String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("mvn", "-B", "-q", "-ntp", "-Dmaven.repo.local=" + repository(), "-o"));
        command.addAll(List.of(words));
        Launched offline = Launched.of(project, Map.of(), command);
        if (offline.exitCode() != 0) {
            command.remove("-o");
            Launched online = Launched.of(project, Map.of(), command);
            assertThat(online.exitCode()).as(offline.out() + online.out()).isZero();
        }
    }

    /** All that Maven's own folder has, and room for Sparkberry beside it: a test leaves nothing in there. */
    private static Path repository() throws IOException {
        Path real = Path.of(System.getProperty("maven.repository"));
        Path ours = folder.resolve("repository");
        if (!Files.exists(ours)) {
            Files.createDirectories(ours.resolve("org"));
            link(real, ours, "org");
            link(real.resolve("org"), ours.resolve("org"), "sparkberry");
        }
        return ours;
    }

    private static void link(Path from, Path to, String but) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (!name.equals(but)) {
                    Files.createSymbolicLink(to.resolve(name), entry);
                }
            }
        }
    }

    @Test
    void itGivesTheKnownAnswerWithTheSameBitsEverywhere() throws Exception {
        JsonNode here = run("run", "birthday", "--jars", JAR, "--trials", "1e6", "--master", "local[2]");
        JsonNode shared = here.path("estimates").path(0);
        // 23 people: Feller, "An Introduction to Probability Theory and Its Applications", vol. 1, 3rd ed. 1968, II.3.
        assertThat(shared.path("reference").asDouble()).isBetween(0.5072965, 0.5072975);
        // False alarm with probability 6·10⁻⁵ if the seed were not fixed.
        assertThat(shared.path("z").asDouble()).isBetween(-4.0, 4.0);

        Path plain = javac();
        JsonNode executors = run(
                "run", "--jars", plain.toString(), "birthday", "--trials", "1e6", "--master", "local-cluster[1,1,700]");
        assertThat(executors.path("digest")).isEqualTo(here.path("digest"));
        assertThat(sparkSubmit()).isEqualTo(here.path("digest"));
    }

    /** The README's other way, without Maven. */
    private static Path javac() throws Exception {
        Path classes = folder.resolve("classes");
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        Path source = project.resolve("src/main");
        Launched compiled = Launched.of(
                elsewhere,
                Map.of(),
                List.of(
                        bin.resolve("javac").toString(),
                        "--release",
                        "17",
                        "-cp",
                        SPARKBERRY.toString(),
                        "-d",
                        classes.toString(),
                        source.resolve("java/example/Birthday.java").toString()));
        assertThat(compiled).isEqualTo(new Launched(0, "", ""));
        Path jar = folder.resolve("plain.jar");
        Launched packed = Launched.of(
                elsewhere,
                Map.of(),
                List.of(
                        bin.resolve("jar").toString(),
                        "cf",
                        jar.toString(),
                        "-C",
                        classes.toString(),
                        ".",
                        "-C",
                        source.resolve("resources").toString(),
                        "."));
        assertThat(packed).isEqualTo(new Launched(0, "", ""));
        return jar;
    }

    private static JsonNode sparkSubmit() throws Exception {
        Path home = Launched.root().resolve("cluster-setup/runtime/target/spark");
        Launched launched = Launched.of(
                elsewhere,
                Map.of(),
                List.of(
                        home.resolve("bin/spark-submit").toString(),
                        "--master",
                        "local[2]",
                        "--jars",
                        JAR,
                        SPARKBERRY.toString(),
                        "run",
                        "birthday",
                        "--trials",
                        "1e6",
                        "--format",
                        "json"));
        assertThat(launched.exitCode()).as(launched.err()).isZero();
        return Json.tree(launched.out()).path("digest");
    }

    @Test
    void itIsVerified() throws Exception {
        Launched launched = Launched.in(elsewhere, "verify", "birthday", "--jars", JAR, "--trials", "3e6");

        assertThat(launched.exitCode()).as(launched.out() + launched.err()).isZero();
        assertThat(launched.out()).contains("VERIFIED: birthday gave the same bits in all 14 layouts");
    }

    @Test
    void itIsSweptAndTheSweepKnowsItsJar() throws Exception {
        Path jar = Files.copy(project.resolve("target/birthday.jar"), folder.resolve("swept.jar"));
        JsonNode sweep = run(
                "sweep birthday --jars ../swept.jar --people 30 --trials 1e5 --executors 1 --invocations 1 --iterations 1"
                        .split(" ", -1));

        JsonNode recorded = sweep.path("settings").path("jars").path(0);
        assertThat(recorded.path("path").asText()).isEqualTo(jar.toRealPath().toString());
        assertThat(sweep.path("sameDigests").asBoolean()).isTrue();
        String directory = sweep.path("directory").asText();

        Launched withJars = Launched.in(elsewhere, "sweep", "--resume", directory, "--jars", jar.toString());
        assertThat(withJars.exitCode()).isEqualTo(2);
        assertThat(withJars.err()).contains("--resume goes on with the settings of its directory: leave out --jars");
        Launched resumed = Launched.in(elsewhere, "sweep", "--resume", directory);
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();

        Files.write(jar, new byte[] {0}, java.nio.file.StandardOpenOption.APPEND);
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
    void aModelThatThrowsAndAClassThatCannotTravelAreOneLineEach() throws Exception {
        String text =
                MadeJar.job("own", "", "if (block.number() == 7) throw new IllegalStateException(\"stuck\");", "");
        Path jar = MadeJar.of(Files.createDirectory(folder.resolve("throws")), text)
                .with(MadeJar.SERVICES, "own.Job0\n")
                .at(folder.resolve("throws.jar"));
        Launched thrown = Launched.in(elsewhere, "run", "own", "--jars", jar.toString(), "--master", "local[2]");

        assertThat(thrown.exitCode()).isEqualTo(1);
        assertThat(thrown.err())
                .matches("sparkberry: failed: java\\.lang\\.IllegalStateException in own\\.Job0\\$Model0\\.compute"
                        + " \\(Job0\\.java:\\d+\\): stuck \\(--stacktrace shows where\\)\n");

        // The estimator is of the job's own, and nobody has told Kryo.
        jar = MadeJar.of(Files.createDirectory(folder.resolve("stranger")), MadeJar.job("own"))
                .with(MadeJar.SERVICES, "own.Job0\n")
                .at(folder.resolve("stranger.jar"));
        Launched stranger = Launched.in(elsewhere, "run", "own", "--jars", jar.toString(), "--master", "local[2]");

        assertThat(stranger.exitCode()).isEqualTo(1);
        assertThat(stranger.err())
                .isEqualTo(
                        "sparkberry: failed: own.Job0$Mine travels between processes and is not registered with Kryo:"
                                + " list it in travels() of the job (--stacktrace shows where)\n");
        String cure = "public List<Class<?>> travels() { return List.of(Mine.class); }";
        jar = MadeJar.of(
                        Files.createDirectory(folder.resolve("known")),
                        MadeJar.job("own", cure, "mine.add(block.number());", ""))
                .with(MadeJar.SERVICES, "own.Job0\n")
                .at(folder.resolve("known.jar"));
        JsonNode cured = run("run", "own", "--jars", jar.toString(), "--master", "local-cluster[1,1,700]");
        // Blocks 0 to 9, one value each.
        assertThat(cured.path("estimates").path(0).path("value").asDouble()).isEqualTo(4.5);
    }

    private static JsonNode run(String... words) throws Exception {
        List<String> json = new ArrayList<>(Arrays.asList(words));
        json.addAll(List.of("--format", "json"));
        Launched launched = Launched.in(elsewhere, json.toArray(String[]::new));
        assertThat(launched.exitCode()).as(launched.err()).isZero();
        return Json.tree(launched.out());
    }
}
