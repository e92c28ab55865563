package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.record.Json;

/** {@code sparkberry verify}: real executors, one of them killed. {@code ReadmeIT} verifies π. */
final class VerifyIT {
    @TempDir
    Path folder;

    @Test
    void stepsAreVerifiedInEveryLayoutWithAnExecutorKilled() throws Exception {
        Launched launched =
                Launched.in(folder, "verify", "galaxy", "--bodies", "600", "--steps", "20", "--format", "json");

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
        Launched launched = TestJar.with(UnsteadyJob.class, folder).launch(folder, "verify", "unsteady");

        assertThat(launched.exitCode()).as(launched.err()).isEqualTo(3);
        assertThat(launched.out()).contains("NOT VERIFIED: unsteady gave ");
    }
}
