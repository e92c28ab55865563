package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.cluster.EmbeddedCluster;
import org.sparkberry.cluster.SparkHome;
import org.sparkberry.record.Clock;

/** What must stay secret is in no command line, no file and no line of output, while a run and a sweep use it. */
final class SecretsIT {
    private static final String SECRET = "dQw4w9WgXcQ-never-to-be-seen";

    @TempDir
    Path folder;

    private final Set<String> commandLines = new TreeSet<>();

    @Test
    void aRunWithAuthenticationKeepsItsSecret() throws Exception {
        Path events = Files.createDirectory(folder.resolve("events"));
        settings(
                "spark.authenticate true\nspark.eventLog.enabled true\nspark.eventLog.compress false\nspark.eventLog.dir "
                        + events.toUri() + "\nspark.logConf true\nspark.network.crypto.enabled true\n");

        Process run = start("run", "pi", "--trials", "1e9", "--master", "local-cluster[1,1,600]", "--verbose");

        end(run);
        // Another process than the driver has computed, and Spark has said what it knows.
        assertThat(commandLines).anyMatch(line -> line.contains("CoarseGrainedExecutorBackend"));
        assertThat(Files.readString(folder.resolve("err.txt"))).contains("spark.authenticate.secret");
        assertThat(filesThatContain(events, "spark.authenticate.secret")).isNotEmpty();
        assertThat(filesThatContain(folder.resolve("results"), "\"digest\"")).isNotEmpty();
        assertNothingTold();
    }

    @Test
    void aSweepHandsTheSecretToItsProcessesUnseen() throws Exception {
        settings("");
        Path home = Launched.root().resolve("cluster-setup/runtime/target/spark");
        try (EmbeddedCluster cluster = EmbeddedCluster.start(SparkHome.at(home), 1, 500, Clock.system())) {
            Process sweep = start(
                    "sweep",
                    "pi",
                    "--master",
                    cluster.master(),
                    "--master-page",
                    cluster.page().toString(),
                    "--trials",
                    "1e8",
                    "--invocations",
                    "1",
                    "--iterations",
                    "1",
                    "--warmup",
                    "0",
                    "--verbose");

            end(sweep);
        }
        assertThat(commandLines)
                .anyMatch(line -> line.contains("measure-invocation"))
                .anyMatch(line -> line.contains("CoarseGrainedExecutorBackend"));
        assertThat(filesThatContain(folder.resolve("results"), "\"baselineSeconds\""))
                .isNotEmpty();
        assertNothingTold();
    }

    /** As Spark's own redaction knows them: (?i)secret|password|token|access[.]?key. */
    private void settings(String more) throws IOException {
        Path conf = Files.createDirectory(folder.resolve("conf"));
        Files.writeString(
                conf.resolve("spark-defaults.conf"),
                more + "spark.authenticate.secret " + SECRET + "\nspark.ssl.keyPassword " + SECRET
                        + "\nspark.hadoop.fs.s3a.access.key " + SECRET + "\nspark.my.token " + SECRET + "\n");
    }

    private Process start(String... words) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Launched.root().resolve("sparkberry").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment()
                .putAll(Map.of("SPARK_CONF_DIR", folder.resolve("conf").toString()));
        return builder.start();
    }

    /** Looks at all processes of this machine until this one has ended well. */
    private void end(Process process) throws Exception {
        try {
            while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
                ProcessHandle.allProcesses().map(Processes::commandLine).forEach(commandLines::add);
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("err.txt")))
                .isZero();
    }

    private void assertNothingTold() throws IOException {
        assertThat(commandLines).noneMatch(line -> line.contains(SECRET));
        assertThat(filesThatContain(folder, SECRET)).containsExactly(folder.resolve("conf/spark-defaults.conf"));
    }

    private static List<Path> filesThatContain(Path folder, String text) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
