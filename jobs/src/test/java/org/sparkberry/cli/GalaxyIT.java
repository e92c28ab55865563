package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.record.Json;

/** A simulation in steps on real executors, and with a driver that is killed; {@code VerifyIT} kills an executor. */
final class GalaxyIT {
    private static final List<String> RUN =
            List.of("galaxy", "--start", "plummer", "--bodies", "1500", "--steps", "120", "--snapshot", "20");

    @TempDir
    Path folder;

    @Test
    void aDriverThatIsKilledEndsWithTheBitsOfExecutorsThatWereNot() throws Exception {
        Path run = killed();
        List<String> before = names(run.resolve("snapshots"));
        assertThat(before).hasSizeBetween(2, 5);
        assertThat(names(run)).anyMatch(name -> name.startsWith("checkpoint-")).doesNotContain("run.json");

        Launched resumed = Launched.in(folder, "run", "galaxy", "--resume", run.toString(), "--format", "json");

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(names(run.resolve("snapshots"))).containsAll(before).hasSize(7);
        assertThat(names(run))
                .contains("run.json", "drift.csv", "bodies.parquet", "figures")
                .noneMatch(name -> name.startsWith("checkpoint-"));
        Launched elsewhere = launch("run", "--master", "local-cluster[2,1,700]", "--format", "json");
        assertThat(Json.tree(elsewhere.out()).path("digest"))
                .isEqualTo(Json.tree(resumed.out()).path("digest"));
        // The second executor came after the run had begun with the first.
        assertThat(Json.tree(elsewhere.out()).path("environment").path("cores").asInt())
                .isEqualTo(2);
    }

    /** The directory of a run that was killed after its second snapshot. */
    private Path killed() throws Exception {
        Path results = folder.resolve("results");
        List<String> command =
                new ArrayList<>(List.of(Launched.root().resolve("sparkberry").toString(), "run"));
        command.addAll(RUN);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        try {
            while (process.isAlive() && snapshots(results) < 2) {
                Thread.sleep(5);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        try (Stream<Path> runs = Files.list(results)) {
            return runs.findFirst().orElseThrow(() -> new AssertionError(err()));
        }
    }

    private String err() {
        try {
            return Files.readString(folder.resolve("err"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int snapshots(Path results) throws IOException {
        for (String run : names(results)) {
            return (int) names(results.resolve(run).resolve("snapshots")).stream()
                    .filter(name -> name.endsWith(".parquet") && !name.startsWith("."))
                    .count();
        }
        return 0;
    }

    private Launched launch(String verb, String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(verb));
        words.addAll(RUN);
        words.addAll(List.of(options));
        Launched launched = Launched.in(folder, words.toArray(String[]::new));
        assertThat(launched.exitCode()).as(launched.err()).isZero();
        return launched;
    }

    private static List<String> names(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
