package org.sparkberry.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Result;
import org.sparkberry.estimate.Table;

/** What stands in a run directory: run.json is read by a plain mapper, as another program would read it. */
class RunRecordTest {
    private static final Result RESULT = new Result(
            3_000_000_000L,
            List.of(
                    new Estimate("pi", 3.1415, 0.0002, 3.1411, 3.1419, 0, Math.PI),
                    new Estimate("value-at-risk.99", 0.0625, Double.NaN, Double.NaN, Double.NaN, 0.001, null),
                    new Estimate("sure", 1, 0, 1, 1, 0, 1.0)),
            List.of(new Table(
                    "losses",
                    List.of(Table.Column.real("low"), Table.Column.whole("count")),
                    List.of(List.of(Double.NEGATIVE_INFINITY, 4L), List.of(0.5, 5L)))));

    private static final RunRecord RUN = new RunRecord(
            "pi",
            Map.of("trials", 3_000_000_000L, "levels", "a,b.csv"),
            -7,
            RESULT,
            new RunRecord.Times(Instant.parse("2026-11-21T09:43:00.5Z"), 1.5, 0.25, 60.125),
            Map.of("precision", "0.1%"),
            Map.of("host", "pi1", "master", "local[4]"),
            "completed");

    @TempDir
    Path folder;

    @Test
    void theFieldsAreThoseOfTheSchemaInItsOrder() {
        assertThat(RUN.json().keySet())
                .containsExactly(
                        "kind",
                        "schemaVersion",
                        "job",
                        "parameters",
                        "seed",
                        "trials",
                        "estimates",
                        "tables",
                        "digest",
                        "times",
                        "sampling",
                        "environment",
                        "outcome");
    }

    @Test
    void itSaysWhatTheRunWasTookAndGave() throws IOException {
        JsonNode json = json();
        assertThat(json.path("kind").textValue()).isEqualTo("run");
        assertThat(json.path("schemaVersion").intValue()).isEqualTo(1);
        assertThat(json.path("job").textValue()).isEqualTo("pi");
        assertThat(json.path("parameters").path("trials").longValue()).isEqualTo(3_000_000_000L);
        assertThat(json.path("parameters").path("levels").textValue()).isEqualTo("a,b.csv");
        assertThat(json.path("seed").longValue()).isEqualTo(-7);
        assertThat(json.path("trials").longValue()).isEqualTo(3_000_000_000L);
        assertThat(json.path("tables").toString()).isEqualTo("[\"losses\"]");
        assertThat(json.path("digest").textValue()).isEqualTo(RESULT.digest()).hasSize(64);
        assertThat(json.path("times").toString())
                .isEqualTo("{\"start\":\"2026-11-21T09:43:00.500Z\",\"startSeconds\":1.5,"
                        + "\"prepareSeconds\":0.25,\"computeSeconds\":60.125}");
        assertThat(json.path("sampling").path("precision").textValue()).isEqualTo("0.1%");
        assertThat(json.path("environment").path("host").textValue()).isEqualTo("pi1");
        assertThat(json.path("environment").path("master").textValue()).isEqualTo("local[4]");
        assertThat(json.path("outcome").textValue()).isEqualTo("completed");
    }

    @Test
    void anEstimateHasItsErrorBarAndTheKnownAnswerWithItsDistance() throws IOException {
        JsonNode pi = json().path("estimates").path(0);
        assertThat(names(pi))
                .containsExactly("name", "value", "standardError", "low", "high", "resolution", "reference", "z");
        assertThat(pi.path("name").textValue()).isEqualTo("pi");
        assertThat(pi.path("value").doubleValue()).isEqualTo(3.1415);
        assertThat(pi.path("standardError").doubleValue()).isEqualTo(0.0002);
        assertThat(pi.path("low").doubleValue()).isEqualTo(3.1411);
        assertThat(pi.path("high").doubleValue()).isEqualTo(3.1419);
        assertThat(pi.path("reference").doubleValue()).isEqualTo(Math.PI);
        // (3.1415 − π) / 0.0002 = −0.0000926536 / 0.0002
        assertThat(pi.path("z").doubleValue()).isBetween(-0.463269, -0.463267);
    }

    @Test
    void whatIsNotKnownIsNullAndWithoutAKnownAnswerThereIsNoneNorItsDistance() throws IOException {
        JsonNode vague = json().path("estimates").path(1);
        assertThat(vague.toString())
                .isEqualTo("{\"name\":\"value-at-risk.99\",\"value\":0.0625,\"standardError\":null,\"low\":null,"
                        + "\"high\":null,\"resolution\":0.001}");
        JsonNode sure = json().path("estimates").path(2);
        assertThat(sure.path("reference").doubleValue()).isEqualTo(1);
        assertThat(sure.path("z").isNull()).isTrue();
    }

    @Test
    void theDirectoryHasTheRecordTheEstimatesAndEveryTableTwice() throws IOException {
        Path directory = ResultsFolder.open(folder).begin(RUN.job(), RUN.times().start());
        ResultsFolder.finish(directory, RUN, () -> assertThat(ResultsFolder.digest(directory))
                .isEmpty());
        assertThat(ResultsFolder.digest(directory)).hasValue(RESULT.digest());
        assertThat(directory).isEqualTo(folder.resolve("pi-20261121T094300Z"));
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("run.json", "estimates.csv", "losses.csv", "losses.parquet");
        }
        assertThat(new ObjectMapper().readTree(directory.resolve("run.json").toFile()))
                .isEqualTo(json());
        assertThat(Json.read(directory.resolve("run.json"), RunRecord.KIND, RunRecord.SCHEMA_VERSION))
                .isEqualTo(json());
        assertThat(directory.resolve("losses.csv")).hasContent("low,count\n-Infinity,4\n0.5,5\n");
        // z is (3.1415 − π)/0.0002 again, in full.
        String z = Double.toString((3.1415 - Math.PI) / 0.0002);
        assertThat(directory.resolve("estimates.csv"))
                .hasContent("name,value,standardError,low,high,resolution,reference,z\n"
                        + "pi,3.1415,2.0E-4,3.1411,3.1419,0.0,3.141592653589793," + z + "\n"
                        + "value-at-risk.99,0.0625,,,,0.001,,\n"
                        + "sure,1.0,0.0,1.0,1.0,0.0,1.0,\n");
    }

    private static JsonNode json() throws IOException {
        return new ObjectMapper().readTree(Json.pretty(RUN.json()));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
