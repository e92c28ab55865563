package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.record.Json;

/** An executor that computes wrongly, in a cluster of real executors. */
class AuditIT {
    @TempDir
    Path folder;

    @Test
    void anExecutorThatComputesWronglyIsNamedAndExcludedAndTheDigestIsRight() throws Exception {
        TestJar jar = TestJar.with(WrongJob.class, folder);
        JsonNode right = json(jar.launch(folder, "run", "wrong", "--master", "local[2]", "--format", "json"));
        JsonNode wrong =
                json(jar.launch(folder, "run", "wrong", "--master", "local-cluster[3,1,700]", "--format", "json"));
        // The fault is real: without an audit nobody would know.
        assertThat(wrong.path("digest")).isNotEqualTo(right.path("digest"));

        Launched launched = jar.launch(
                folder, "run", "wrong", "--master", "local-cluster[3,1,700]", "--audit", "0.05", "--format", "json");

        JsonNode audited = json(launched);
        assertThat(audited.path("digest")).isEqualTo(right.path("digest"));
        assertThat(launched.err())
                .containsPattern("warning: executor 1 on [^ ]+ computed block \\d+ wrongly: it is excluded");
        JsonNode audit = audited.path("sampling").path("audit");
        assertThat(audit.path("wrong")).hasSize(1);
        assertThat(audit.path("wrong").path(0).path("who").asText()).startsWith("executor 1 on ");
        assertThat(audit.path("blocksAgain").asLong()).isPositive();
        assertThat(audit.path("elsewhere").asLong()).isPositive();
    }

    private static JsonNode json(Launched launched) throws Exception {
        assertThat(launched.exitCode()).as(launched.err()).isZero();
        return Json.tree(launched.out());
    }
}
