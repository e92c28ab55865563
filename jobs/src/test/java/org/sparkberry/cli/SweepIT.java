package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.record.Json;

/** {@code sparkberry sweep} on an embedded cluster of real executors. */
final class SweepIT {
    private static final int DEADLINE_SECONDS = 240;

    @TempDir
    Path folder;

    @Test
    void aSweepThatIsKilledLeavesNothingBehindAndGoesOnWhereItWas() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Process sweep = start(
                temporary,
                "sweep",
                "pi",
                "--trials",
                "3e8",
                "--mode",
                "weak",
                "--executors",
                "1,2",
                "--invocations",
                "2",
                "--iterations",
                "2",
                "--warmup",
                "1");
        try {
            // The header, the first invocation and an iteration of the second, which is under way.
            await(() -> runsWritten() >= 4);
            Path cluster = Processes.clusterFolders(temporary).get(0);
            assertThat(Processes.with(cluster.toString())).hasSizeGreaterThanOrEqualTo(2);

            sweep.destroyForcibly().waitFor();

            // Each process notices that its standard input has ended; the worker kills its executors.
            await(() -> Processes.with(cluster.toString()).isEmpty());
            await(() -> !Files.exists(cluster));
            assertThat(Processes.with(folder.toString())).isEmpty();
        } finally {
            sweep.destroyForcibly();
        }
        Path directory = sweepDirectory().orElseThrow();
        List<String> before = Files.readAllLines(directory.resolve("runs.csv"));
        assertThat(Json.tree(Files.readString(directory.resolve("sweep.json")))
                        .path("outcome")
                        .asText())
                .isEqualTo("unfinished");

        Launched resumed = Launched.in(folder, "sweep", "--resume", directory.toString(), "--format", "json");

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        List<String> after = Files.readAllLines(directory.resolve("runs.csv"));
        // 2 blocks × (2 points + baseline) × (1 warm-up + 2 iterations), and the header.
        assertThat(after).hasSize(19);
        assertThat(after.subList(0, 4)).isEqualTo(before.subList(0, 4));
        assertThat(after).doesNotHaveDuplicates();
        JsonNode json = Json.tree(resumed.out());
        assertThat(json.path("outcome").asText()).isEqualTo("completed");
        assertThat(json.path("sameDigests").asBoolean()).isTrue();
        assertThat(json.path("points").path(0).path("trials").asLong()).isEqualTo(300_000_000);
        assertThat(json.path("points").path(1).path("trials").asLong()).isEqualTo(600_000_000);
        checkFiles(directory, json);
    }

    @Test
    void ctrlCStopsEverythingAndSaysHowToGoOn() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Process sweep = start(
                temporary,
                "sweep",
                "pi",
                "--trials",
                "1e9",
                "--executors",
                "1",
                "--invocations",
                "2",
                "--iterations",
                "3");
        try {
            await(() -> executorRuns(temporary));
            Path cluster = Processes.clusterFolders(temporary).get(0);

            new ProcessBuilder("kill", "-INT", Long.toString(sweep.pid()))
                    .start()
                    .waitFor();

            assertThat(sweep.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(sweep.exitValue()).isEqualTo(130);
            assertThat(Processes.with(cluster.toString())).isEmpty();
            assertThat(cluster).doesNotExist();
            assertThat(Files.readString(folder.resolve("err.txt")))
                    .contains("sparkberry sweep --resume " + sweepDirectoryName());
        } finally {
            sweep.destroyForcibly();
        }
    }

    @Test
    void noPortOfTheClusterIsOpenToOtherMachines() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Process sweep = start(
                temporary,
                "sweep",
                "pi",
                "--trials",
                "1e9",
                "--executors",
                "1",
                "--invocations",
                "1",
                "--iterations",
                "5");
        try {
            await(() -> executorRuns(temporary));
            for (ProcessHandle process : Stream.concat(Stream.of(sweep.toHandle()), sweep.descendants())
                    .toList()) {
                List<String> addresses = listening(process.pid());
                // 0100007F is 127.0.0.1; the same, mapped into IPv6, ends an address of 32 digits.
                assertThat(addresses)
                        .allMatch(
                                address -> address.startsWith("0100007F:")
                                        || address.startsWith("0000000000000000FFFF00000100007F:"),
                                Processes.commandLine(process));
                assertThat(addresses).noneMatch(address -> address.endsWith(":17B2"), "REST port 6066");
            }
        } finally {
            sweep.descendants().forEach(ProcessHandle::destroyForcibly);
            sweep.destroyForcibly();
        }
    }

    private void checkFiles(Path directory, JsonNode json) throws IOException {
        List<String> scaling = Files.readAllLines(directory.resolve("scaling.csv"));
        assertThat(scaling).hasSize(3);
        String[] header = scaling.get(0).split(",", -1);
        String[] second = scaling.get(2).split(",", -1);
        int seconds = Arrays.asList(header).indexOf("seconds");
        // The point's time is the mean over invocations of their mean iteration: worked out again from the rows.
        List<String[]> rows = Files.readAllLines(directory.resolve("runs.csv")).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .filter(row -> row[2].equals("2") && row[5].equals("false"))
                .toList();
        double mean = rows.stream()
                .mapToDouble(row -> Double.parseDouble(row[7]))
                .average()
                .orElseThrow();
        assertThat(Double.parseDouble(second[seconds])).isCloseTo(mean, within(1e-9));
        double reference =
                json.path("points").path(0).path("seconds").path("value").asDouble();
        assertThat(json.path("points").path(1).path("speedup").path("value").asDouble())
                .isCloseTo(2 * reference / mean, within(1e-9));
        assertThat(directory.resolve("tasks.parquet")).isNotEmptyFile();
        assertThat(directory.resolve("report.html")).isNotEmptyFile();
        checkCoreSeconds(header(directory), rows);
        // 4 tasks per core and executor: (1 + 2) points × 2 blocks × 3 iterations × 4.
        assertThat(Files.readAllLines(directory.resolve("tasks.csv"))).hasSize(1 + 3 * 2 * 3 * 4);
    }

    /** Iterations of some tenths of a second on a busy machine: most of them add up, and those that do not are empty. */
    private static void checkCoreSeconds(List<String> header, List<String[]> rows) {
        int first = header.indexOf("computeSeconds");
        int last = header.indexOf("driverSeconds");
        int known = 0;
        for (String[] row : rows) {
            List<String> parts = Arrays.asList(row).subList(first, last + 1);
            double coreSeconds = Integer.parseInt(row[header.indexOf("coresSeen")]) * Double.parseDouble(row[7]);
            if (!parts.contains("")) {
                known++;
                assertThat(parts.stream().mapToDouble(Double::parseDouble).sum())
                        .isCloseTo(coreSeconds, within(0.02 * coreSeconds));
            }
        }
        assertThat(known).isGreaterThan(rows.size() / 2);
    }

    private static List<String> header(Path directory) throws IOException {
        return List.of(Files.readAllLines(directory.resolve("runs.csv")).get(0).split(","));
    }

    private Process start(Path temporary, String... words) throws IOException {
        List<String> command = new java.util.ArrayList<>(
                List.of(Launched.root().resolve("sparkberry").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().putAll(Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary));
        return builder.start();
    }

    private String sweepDirectoryName() throws IOException {
        return folder.relativize(sweepDirectory().orElseThrow()).toString();
    }

    private Optional<Path> sweepDirectory() throws IOException {
        Path results = folder.resolve("results");
        if (!Files.isDirectory(results)) {
            return Optional.empty();
        }
        try (Stream<Path> directories = Files.list(results)) {
            return directories
                    .filter(path -> path.getFileName().toString().startsWith("sweep-"))
                    .findFirst();
        }
    }

    private static boolean executorRuns(Path temporary) throws IOException {
        return Processes.clusterFolders(temporary).stream()
                .flatMap(cluster -> Processes.with(cluster.toString()).stream())
                .anyMatch(process -> Processes.commandLine(process).contains("CoarseGrainedExecutorBackend"));
    }

    private int runsWritten() throws IOException {
        Optional<Path> directory = sweepDirectory();
        return directory.isEmpty() || !Files.exists(directory.get().resolve("runs.csv"))
                ? 0
                : Files.readAllLines(directory.get().resolve("runs.csv")).size() - 1;
    }

    /** Local addresses on which a process listens, in the hexadecimal form of /proc. */
    private static List<String> listening(long pid) throws IOException {
        Path proc = Path.of("/proc", Long.toString(pid));
        List<String> inodes;
        try (Stream<Path> descriptors = Files.list(proc.resolve("fd"))) {
            inodes = descriptors
                    .map(SweepIT::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring(8, target.length() - 1))
                    .toList();
        }
        try (Stream<String> four = Files.lines(proc.resolve("net/tcp"));
                Stream<String> six = Files.lines(proc.resolve("net/tcp6"))) {
            return Stream.concat(four, six)
                    .map(line -> line.strip().split("\\s+"))
                    // State 0A is LISTEN; the tenth field is the socket's inode.
                    .filter(fields -> fields.length > 9 && fields[3].equals("0A") && inodes.contains(fields[9]))
                    .map(fields -> fields[1])
                    .toList();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException, InterruptedException {
        for (int i = 0; i < DEADLINE_SECONDS * 10; i++) {
            if (condition.holds()) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("did not happen within " + DEADLINE_SECONDS + " s");
    }
}
