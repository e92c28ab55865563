package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.record.Json;

/** {@code sparkberry run options} on a Spark of its own. */
final class OptionsIT {
    @TempDir
    Path folder;

    @Test
    void anAmericanOptionsTwoPassesGiveTheSameBitsOnOneThreadAndOnExecutors() throws Exception {
        // Longstaff and Schwartz 2001, table 1: 4.472 simulated, 4.478 by finite differences.
        List<String> terms = List.of("--type", "american", "--spot", "36", "--strike", "40", "--rate", "6%");
        JsonNode alone = run(terms, "--trials", "100k", "--master", "local[1]", "--partitions", "1");
        JsonNode apart = run(terms, "--trials", "100k", "--master", "local-cluster[2,1,700]");

        assertThat(apart.path("digest")).isEqualTo(alone.path("digest"));
        assertThat(alone.path("estimates").path(0).path("value").asDouble()).isBetween(4.465, 4.485);
    }

    @Test
    void sobolsRandomisationsGiveTheSameBitsForAnyNumberOfTasks() throws Exception {
        List<String> terms = List.of("--type", "heston", "--sampling", "sobol", "--steps", "10", "--trials", "100k");
        JsonNode one = run(terms, "--partitions", "1");
        JsonNode many = run(terms, "--partitions", "37");

        assertThat(many.path("digest")).isEqualTo(one.path("digest"));
        assertThat(one.path("estimates").path(0).path("z").asDouble()).isBetween(-5.0, 5.0);
    }

    private JsonNode run(List<String> terms, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("run", "options", "--format", "json"));
        words.addAll(terms);
        words.addAll(List.of(more));
        Launched launched = Launched.in(folder, words.toArray(String[]::new));

        assertThat(launched.exitCode()).as(launched.err()).isZero();
        return Json.tree(launched.out());
    }
}
