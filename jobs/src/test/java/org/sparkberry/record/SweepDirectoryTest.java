package org.sparkberry.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkberry.estimate.Table;

class SweepDirectoryTest {
    /** One warm-up and two measured iterations in an invocation. */
    private static final SweepSettings SETTINGS = new SweepSettings(
            "pi",
            List.of(),
            Map.of(),
            1,
            SweepSettings.EMBEDDED,
            SweepSettings.STRONG,
            List.of(2, 4),
            1,
            480,
            3,
            2,
            1,
            false,
            1000,
            8);

    private static final Table SCALING =
            new Table("scaling", List.of(Table.Column.whole("executors")), List.of(List.of(1L), List.of(2L)));

    @TempDir
    Path results;

    private Path path = Path.of("");

    @BeforeEach
    void begin() {
        path = SweepDirectory.create(
                        ResultsFolder.open(results), SETTINGS, environment(), Instant.parse("2026-11-21T09:43:00Z"))
                .path();
    }

    @Test
    void aNewDirectoryHasHeadersAndAnUnfinishedRecord() throws IOException {
        assertThat(path).isEqualTo(results.resolve("sweep-pi-20261121T094300Z"));
        assertThat(names()).containsExactlyInAnyOrder("runs.csv", "tasks.csv", "sweep.json");
        assertThat(path.resolve("runs.csv"))
                .hasContent("order,block,executors,coresPerExecutor,iteration,warmup,trials,seconds,startedAt,"
                        + "executorsSeen,coresSeen,nodesSeen,tasks,failedTasks,speculativeTasks,executorsLost,"
                        + "computeSeconds,gcSeconds,deserializeSeconds,schedulerSeconds,shuffleSeconds,resultSeconds,"
                        + "idleSeconds,driverSeconds,straggle,otherLoad,highestCelsius,valid,reason,digest\n");
        assertThat(path.resolve("tasks.csv"))
                .hasContent("order,iteration,stage,task,attempt,executor,host,launchedMillis,durationSeconds,"
                        + "runSeconds,deserializeSeconds,gcSeconds,resultSerializeSeconds,resultFetchSeconds,"
                        + "schedulerDelaySeconds,shuffleFetchWaitSeconds,shuffleWriteSeconds,resultBytes,failed,"
                        + "speculative\n");
        JsonNode json = json();
        assertThat(json.path("kind").textValue()).isEqualTo("sweep");
        assertThat(json.path("schemaVersion").intValue()).isEqualTo(2);
        assertThat(json.path("outcome").textValue()).isEqualTo("unfinished");
        assertThat(json.path("start").textValue()).isEqualTo("2026-11-21T09:43:00Z");
        assertThat(Json.parse(json.path("settings").toString(), SweepSettings.class))
                .isEqualTo(SETTINGS);
    }

    @Test
    void aSecondSweepInTheSameSecondHasADirectoryOfItsOwn() {
        Path second = SweepDirectory.create(
                        ResultsFolder.open(results), SETTINGS, environment(), Instant.parse("2026-11-21T09:43:00Z"))
                .path();
        assertThat(second).isNotEqualTo(path).isDirectory();
    }

    @Test
    void whatWasMeasuredComesBack() {
        SweepDirectory sweep = open();
        MeasuredRun awkward = run(1, 1, "lost executors: 1; under-voltage on \"pi, 3\"");
        sweep.append(awkward, List.of(task(1, 1, 0), unknownTask(1, 1, 1)));
        assertThat(sweep.runs()).containsExactly(awkward);
        assertThat(tasks()).containsExactly(task(1, 1, 0), unknownTask(1, 1, 1));
    }

    @Test
    void anIterationAndATaskComeBackFromJsonToTheBit() throws IOException {
        MeasuredRun run = run(1, 1, "");
        assertThat(Json.parse(Json.line(run), MeasuredRun.class)).isEqualTo(run);
        assertThat(Json.parse(Json.line(task(1, 1, 0)), MeasuredTask.class)).isEqualTo(task(1, 1, 0));
        assertThat(Json.parse(Json.line(unknownTask(1, 1, 0)), MeasuredTask.class))
                .isEqualTo(unknownTask(1, 1, 0));
    }

    @Test
    void openingStrikesOutAnInvocationThatWasNotFinished() throws IOException {
        SweepDirectory sweep = open();
        measure(sweep, 1, 3);
        measure(sweep, 2, 2);
        measure(sweep, 3, 3);
        SweepDirectory again = open();
        assertThat(again.settings()).isEqualTo(SETTINGS);
        assertThat(again.runs()).extracting(MeasuredRun::order).containsExactly(1, 1, 1, 3, 3, 3);
        assertThat(tasks()).extracting(MeasuredTask::order).containsExactly(1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3);
        assertThat(names()).containsExactlyInAnyOrder("runs.csv", "tasks.csv", "sweep.json");
    }

    /** What kill -9 or a power cut leaves: some bytes of the last line, which is the last iteration's. */
    @Test
    void whereverTheLastLineIsCutItsInvocationIsStruckOutAndCanBeMeasuredAgain() throws IOException {
        SweepDirectory sweep = open();
        measure(sweep, 1, 3);
        measure(sweep, 2, 2);
        byte[] runs = bytes("runs.csv");
        byte[] tasks = bytes("tasks.csv");
        sweep.append(run(2, 3, "throttled on \"πππππππ\""), List.of(unknownTask(2, 3, 0)));
        byte[] wholeRuns = bytes("runs.csv");
        byte[] wholeTasks = bytes("tasks.csv");
        // Steps of 7 bytes cut in the middle of a quoted cell, too, and of a letter of two bytes.
        for (int cut = runs.length; cut < wholeRuns.length; cut += 7) {
            crash(Arrays.copyOf(wholeRuns, cut), wholeTasks);
        }
        crash(Arrays.copyOf(wholeRuns, wholeRuns.length - 1), wholeTasks);
        for (int cut = tasks.length; cut < wholeTasks.length; cut += 7) {
            crash(runs, Arrays.copyOf(wholeTasks, cut));
        }
        SweepDirectory again = open();
        measure(again, 2, 3);
        assertThat(open().runs()).extracting(MeasuredRun::order).containsExactly(1, 1, 1, 2, 2, 2);
    }

    private void crash(byte[] runs, byte[] tasks) throws IOException {
        Files.write(path.resolve("runs.csv"), runs);
        Files.write(path.resolve("tasks.csv"), tasks);
        assertThat(open().runs()).extracting(MeasuredRun::order).containsExactly(1, 1, 1);
        assertThat(tasks()).extracting(MeasuredTask::order).containsExactly(1, 1, 1, 1, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"machine", "processors", "java", "sparkberry", "spark"})
    void anotherMachineOrVersionIsRefused(String name) {
        Map<String, Object> other = environment();
        other.put(name, "another");
        assertThatThrownBy(() -> SweepDirectory.open(path, other))
                .isInstanceOf(BadInput.class)
                .hasMessage("--resume: " + path + " was begun with another " + name + " ("
                        + environment().get(name) + ", now another); start a new sweep");
    }

    @Test
    void anotherSchemaIsRefused() throws IOException {
        Path json = path.resolve("sweep.json");
        Files.writeString(json, Files.readString(json).replace("\"schemaVersion\" : 2", "\"schemaVersion\" : 1"));
        assertThatThrownBy(this::open)
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("schemaVersion 1 is not known");
    }

    @Test
    void settingsThatWereChangedByHandAreRefusedInOneLine() throws IOException {
        Path json = path.resolve("sweep.json");
        Files.writeString(json, Files.readString(json).replace("\"warmup\"", "\"warmdown\""));
        assertThatThrownBy(this::open)
                .isInstanceOf(BadInput.class)
                .hasMessage(json + ": not the settings of a sweep; was it changed?");
    }

    @Test
    void rowsOfAnotherVersionAreRefused() throws IOException {
        Path runs = path.resolve("runs.csv");
        Files.writeString(runs, Files.readString(runs).replace(",digest", ",hash"));
        assertThatThrownBy(this::open)
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith(runs + ": the columns are not those that this version writes");
    }

    @Test
    void aFolderThatIsNoSweepsIsRefused() {
        assertThatThrownBy(() -> SweepDirectory.open(results, environment()))
                .isInstanceOf(BadInput.class)
                .hasMessage(results.resolve("sweep.json") + ": cannot be read: no such file or folder");
        assertThatThrownBy(() -> SweepDirectory.open(results.resolve("none"), environment()))
                .isInstanceOf(BadInput.class)
                .hasMessage("--resume: " + results.resolve("none") + " is not a folder");
    }

    @Test
    void finishWritesTheTableTheTasksAndTheRecord() throws IOException {
        SweepDirectory sweep = open();
        measure(sweep, 1, 3);
        Map<String, Object> returned = sweep.finish(SCALING, Map.of("kind", "fits"), Map.of("sameDigests", true));
        assertThat(names())
                .containsExactlyInAnyOrder(
                        "runs.csv", "tasks.csv", "tasks.parquet", "scaling.csv", "fits.json", "sweep.json");
        assertThat(path.resolve("scaling.csv")).hasContent("executors\n1\n2\n");
        JsonNode json = json();
        assertThat(json.path("outcome").textValue()).isEqualTo("completed");
        assertThat(json.path("sameDigests").booleanValue()).isTrue();
        assertThat(json.path("directory").textValue()).isEqualTo(path.toString());
        assertThat(new ObjectMapper().readTree(Json.line(returned))).isEqualTo(json);
        assertThat(parquetTasks())
                .isEqualTo(List.of("1 1 0 pi3", "1 1 1 pi3", "1 2 0 pi3", "1 2 1 pi3", "1 3 0 pi3", "1 3 1 pi3"));
    }

    @Test
    void theRecordOfASweepThatWasContinuedSaysWhereItWasBegun() throws IOException {
        Map<String, Object> now = environment();
        now.put("master", "");
        now.put("operatingSystem", "Linux after an update");
        SweepDirectory.open(path, now).finish(SCALING, Map.of(), Map.of());
        assertThat(json().path("environment").path("master").textValue()).isEqualTo("embedded");
        assertThat(json().path("environment").path("operatingSystem").textValue())
                .isEqualTo("Linux 6.12");
        assertThat(json().path("start").textValue()).isEqualTo("2026-11-21T09:43:00Z");
    }

    private SweepDirectory open() {
        return SweepDirectory.open(path, environment());
    }

    private static void measure(SweepDirectory sweep, int order, int iterations) {
        for (int iteration = 1; iteration <= iterations; iteration++) {
            sweep.append(run(order, iteration, ""), List.of(task(order, iteration, 0), task(order, iteration, 1)));
        }
    }

    private static MeasuredRun run(int order, int iteration, String reason) {
        return new MeasuredRun(
                order,
                1,
                2,
                1,
                iteration,
                iteration == 1,
                1000,
                0.1 + order,
                "2026-11-21T09:43:00.123456Z",
                2,
                2,
                1,
                8,
                0,
                0,
                0,
                reason.isEmpty() ? new CoreSeconds(1.5, 0.1, 0.05, 0.02, 0.01, 0.001, 0.3, 0.219) : CoreSeconds.UNKNOWN,
                reason.isEmpty() ? 1.25 : Double.NaN,
                0.0625,
                reason.isEmpty() ? 61.5 : Double.NaN,
                reason.isEmpty(),
                reason,
                "0123abcd");
    }

    private static MeasuredTask task(int order, int iteration, int task) {
        return new MeasuredTask(
                order,
                iteration,
                3,
                task,
                0,
                "0",
                "pi3",
                1_795_257_696_881L,
                0.5,
                0.4,
                0.03,
                0.02,
                0.001,
                0,
                0.069,
                0.25,
                1e-9,
                1234,
                false,
                false);
    }

    /** Of a task that was lost with its executor, Spark knows no metrics. */
    private static MeasuredTask unknownTask(int order, int iteration, int task) {
        return new MeasuredTask(
                order,
                iteration,
                3,
                task,
                1,
                "1",
                "σ, \"pi\"",
                1_795_257_696_881L,
                0.5,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                0,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                0,
                true,
                true);
    }

    private List<MeasuredTask> tasks() {
        CsvRows<MeasuredTask> rows = new CsvRows<>(MeasuredTask.class);
        try {
            return rows.parse(Files.readString(path.resolve("tasks.csv"), StandardCharsets.UTF_8), "tasks.csv");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> parquetTasks() throws IOException {
        List<String> rows = new ArrayList<>();
        for (Group group : TableFilesTest.groups(path.resolve("tasks.parquet"))) {
            rows.add(group.getLong("order", 0) + " " + group.getLong("iteration", 0) + " " + group.getLong("task", 0)
                    + " " + group.getString("host", 0));
        }
        return rows;
    }

    private byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(path.resolve(name));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(path.resolve("sweep.json").toFile());
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static Map<String, Object> environment() {
        Map<String, Object> environment = Json.object();
        environment.put("machine", "Raspberry Pi 4 Model B Rev 1.4");
        environment.put("processors", 4);
        environment.put("operatingSystem", "Linux 6.12");
        environment.put("java", "OpenJDK 64-Bit Server VM 17.0.15+6");
        environment.put("sparkberry", "0.1.0");
        environment.put("spark", "4.2.0");
        environment.put("master", "embedded");
        return environment;
    }
}
