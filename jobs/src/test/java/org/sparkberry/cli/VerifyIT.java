package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.record.Json;

/** {@code sparkberry verify}: real executors, one of them killed. */
final class VerifyIT {
    @TempDir
    Path folder;

    @Test
    void piIsVerifiedInEveryLayoutWithAnExecutorKilled() throws Exception {
        Launched launched = Launched.in(folder, "verify", "pi", "--trials", "5e8", "--format", "json");

        assertThat(launched.exitCode()).as(launched.err()).isZero();
        JsonNode verdict = Json.tree(launched.out());
        assertThat(verdict.path("verified").asBoolean()).isTrue();
        Set<String> layouts = new HashSet<>();
        Set<String> digests = new HashSet<>();
        int killed = 0;
        for (JsonNode layout : verdict.path("layouts")) {
            layouts.add(layout.path("executors").asInt() + "x"
                    + layout.path("partitions").asInt());
            digests.add(layout.path("digest").asText());
            killed += layout.path("remark").asText().contains("killed") ? 1 : 0;
        }
        Set<String> expected = new HashSet<>(Set.of("0x1"));
        for (int executors : List.of(1, 2)) {
            for (int partitions : List.of(1, 2, 3, 7, 16, 64)) {
                expected.add(executors + "x" + partitions);
            }
        }
        assertThat(layouts).isEqualTo(expected);
        assertThat(digests).hasSize(1);
        assertThat(killed).isEqualTo(1);
    }

    @Test
    void aJobThatDependsOnItsTasksIsNotVerified() throws Exception {
        Path jar = folder.resolve("with-unsteady.jar");
        Files.copy(Launched.root().resolve("jobs/target/sparkberry.jar"), jar);
        add(jar, "org/sparkberry/cli/", "META-INF/services/org.sparkberry.job.Job");

        Launched launched = Launched.of(
                folder,
                Map.of("SPARK_HOME", sparkHome().toString(), "SPARK_SCALA_VERSION", "2.13"),
                java(jar, "verify", "unsteady"));

        assertThat(launched.exitCode()).as(launched.err()).isEqualTo(3);
        assertThat(launched.out()).contains("NOT VERIFIED: unsteady gave ");
    }

    private static Path sparkHome() {
        return Launched.root().resolve("cluster-setup/runtime/target/spark");
    }

    private static List<String> java(Path jar, String... words) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
        // The options that the tests themselves run with are those that Spark needs.
        Stream.of("java.lang", "java.lang.invoke", "java.nio", "java.util", "sun.nio.ch", "sun.util.calendar")
                .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
                .forEach(command::add);
        command.addAll(List.of("-cp", jar + ":" + sparkHome().resolve("jars") + "/*", "org.sparkberry.cli.Main"));
        command.addAll(List.of(words));
        return command;
    }

    /** Adds the test job's classes, and names it as a user's jar would. */
    private static void add(Path jar, String classes, String services) throws Exception {
        Path compiled = Path.of(VerifyIT.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of());
                Stream<Path> files = Files.list(compiled.resolve(classes))) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("Unsteady"))
                    .toList()) {
                Files.copy(file, zip.getPath(classes + file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            Path list = zip.getPath(services);
            Files.writeString(list, Files.readString(list) + UnsteadyJob.class.getName() + "\n");
        }
    }
}
