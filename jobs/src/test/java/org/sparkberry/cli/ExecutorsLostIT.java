package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.cluster.EmbeddedCluster;
import org.sparkberry.cluster.SparkHome;
import org.sparkberry.record.Clock;
import org.sparkberry.record.Json;

/** A cluster that breaks while a run computes on it. */
final class ExecutorsLostIT {
    private static final int DEADLINE_MINUTES = 5;
    /** Of the start, when nothing is done yet. */
    private static final int FIRST_CHECKPOINT = 1;

    @TempDir
    Path folder;

    @Test
    void aRunWithoutExecutorsEndsAndCanBeGoneOnWith() throws Exception {
        try (EmbeddedCluster cluster = cluster()) {
            Process run = start(cluster, "5s");
            try {
                awaitCheckpoint(run);
                // The worker, and with it its executor; nobody starts it again.
                kill(cluster.pids().get(1));

                assertThat(run.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES)).isTrue();
            } finally {
                run.destroyForcibly();
            }
            String directory = folder.relativize(directory()).toString();
            assertThat(run.exitValue()).isEqualTo(1);
            assertThat(Files.readString(folder.resolve("err.txt")))
                    .endsWith("what was done is kept; go on with: sparkberry run pi --master " + cluster.master()
                            + " --resume " + directory
                            + "\nsparkberry: failed: the cluster has had no executor for 5 s; are its master and its"
                            + " workers well? A master that was started again may have forgotten this application"
                            + " (spark.sparkberry.executorDeadline is how long to wait) (--stacktrace shows where)\n");
        }

        Launched resumed =
                Launched.in(folder, "run", "pi", "--resume", directory().toString(), "--format", "json");

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        Launched undisturbed = Launched.in(folder, "run", "pi", "--trials", "1e10", "--format", "json");
        assertThat(Json.tree(resumed.out()).path("digest"))
                .isEqualTo(Json.tree(undisturbed.out()).path("digest"));
    }

    /** FACTS: executors that compute need no master. */
    @Test
    void aMasterThatIsGoneDoesNotStopARun() throws Exception {
        try (EmbeddedCluster cluster = cluster()) {
            Process run = start(cluster, "5s");
            try {
                awaitCheckpoint(run);
                kill(cluster.pids().get(0));

                assertThat(run.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES)).isTrue();
            } finally {
                run.destroyForcibly();
            }
            assertThat(run.exitValue())
                    .as(Files.readString(folder.resolve("err.txt")))
                    .isZero();
        }
    }

    private static EmbeddedCluster cluster() throws IOException {
        Path home = Launched.root().resolve("cluster-setup/runtime/target/spark");
        return EmbeddedCluster.start(SparkHome.at(home), 1, 500, Clock.system());
    }

    private Process start(EmbeddedCluster cluster, String deadline) throws IOException {
        Path conf = Files.createDirectory(folder.resolve("conf"));
        Files.writeString(conf.resolve("spark-defaults.conf"), "spark.sparkberry.executorDeadline " + deadline + "\n");
        List<String> command = new ArrayList<>(List.of(
                Launched.root().resolve("sparkberry").toString(),
                "run",
                "pi",
                "--trials",
                "1e10",
                "--master",
                cluster.master(),
                "--checkpoint-interval",
                "0.2s"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().put("SPARK_CONF_DIR", conf.toString());
        return builder.start();
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    /** Until some tasks are done, and the run is not. */
    private void awaitCheckpoint(Process run) throws Exception {
        while (run.isAlive()) {
            if (Files.isDirectory(folder.resolve("results")) && newestCheckpoint() > FIRST_CHECKPOINT) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the run ended too soon: " + Files.readString(folder.resolve("err.txt")));
    }

    private int newestCheckpoint() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("results"))) {
            int most = 0;
            for (Path run : runs.toList()) {
                try (Stream<Path> files = Files.list(run)) {
                    most = Math.max(
                            most,
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.matches("checkpoint-\\d+"))
                                    .mapToInt(name -> Integer.parseInt(name.substring("checkpoint-".length())))
                                    .max()
                                    .orElse(0));
                }
            }
            return most;
        }
    }

    private Path directory() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("results"))) {
            return runs.findFirst().orElseThrow();
        }
    }
}
