package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.cluster.EmbeddedCluster;
import org.sparkberry.cluster.SparkHome;
import org.sparkberry.record.Clock;
import org.sparkberry.record.Json;

/** Commands against a standalone cluster that is there already, as a rack of Pis is. */
final class StandaloneIT {
    private static final int CORES = 2;
    private static final int MEBIBYTES = 1100;

    @TempDir
    static Path folder;

    private static EmbeddedCluster cluster;

    @BeforeAll
    static void startCluster() throws Exception {
        Path home = Launched.root().resolve("cluster-setup/runtime/target/spark");
        cluster = EmbeddedCluster.start(SparkHome.at(home), CORES, MEBIBYTES, Clock.system());
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @Test
    void aRunGivesTheBitsOfALocalRun() throws Exception {
        Launched there = Launched.in(
                folder, "run", "value-at-risk", "--trials", "1e6", "--master", cluster.master(), "--format", "json");
        Launched here = Launched.in(
                folder, "run", "value-at-risk", "--trials", "1e6", "--master", "local[2]", "--format", "json");

        assertThat(there.exitCode()).as(there.err()).isZero();
        assertThat(Json.tree(there.out()).path("digest"))
                .isEqualTo(Json.tree(here.out()).path("digest"));
        assertThat(Json.tree(there.out()).path("environment").path("cores").asInt())
                .isEqualTo(CORES);
        assertThat(Json.tree(there.out()).path("environment").path("hosts")).isEqualTo(Json.tree("[\"127.0.0.1\"]"));
        assertThat(Json.tree(there.out()).path("environment").path("master").asText())
                .isEqualTo(cluster.master());
    }

    @Test
    void aSweepUsesTheClusterAndSaysWhoWasThere() throws Exception {
        Launched sweep = Launched.in(
                folder,
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
                "--format",
                "json");

        assertThat(sweep.exitCode()).as(sweep.err()).isZero();
        JsonNode points = Json.tree(sweep.out()).path("points");
        assertThat(List.of(
                        points.path(0).path("executors").asInt(),
                        points.path(1).path("executors").asInt()))
                .containsExactly(1, 2);
        // A single invocation has no interval, and none is made up.
        assertThat(points.path(1).path("speedup").path("low").isNull()).isTrue();
    }

    @Test
    void whatTheClusterCannotGiveIsRefusedWithWhatItCan() throws Exception {
        Launched tooMany = Launched.in(
                folder,
                "sweep",
                "pi",
                "--master",
                cluster.master(),
                "--master-page",
                cluster.page().toString(),
                "--executors",
                "1,8");

        assertThat(tooMany.exitCode()).isEqualTo(2);
        assertThat(tooMany.err())
                .isEqualTo("sparkberry: --executors: 8 with 1 core and 480 MiB each do not fit, 2 do"
                        + " (1 worker: 127.0.0.1 with 2 of 2 cores and 1100 of 1100 MiB free)\n");
    }
}
