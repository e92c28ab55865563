package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.estimate.Result;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.ResultsFolder;
import org.sparkberry.record.RunRecord;

/**
 * Wrong use as a person meets it: real processes, disks that are full or read-only, machines that do not answer. Each
 * ends with one line, exit code 2 and nothing left behind. {@link BadInputTest} has what needs no process.
 */
final class BadInputIT {
    /** 60 s that a master has to answer, and what two JVMs at once take to start and to end. */
    private static final Duration SILENCE = Duration.ofSeconds(110);

    /** What runs beside the tests: the launches that wait for an answer, and those who do not give it. */
    private static final ExecutorService BESIDE = Executors.newCachedThreadPool();

    private static final List<Closeable> OPEN = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    static Path shared;

    private static Awaited silent = Awaited.NONE;
    private static Awaited web = Awaited.NONE;

    @TempDir
    Path folder;

    /** A launch under way that was pointed at a port. */
    private record Awaited(int port, CompletableFuture<Launched> launched, Instant start) {
        static final Awaited NONE = new Awaited(0, new CompletableFuture<>(), Instant.EPOCH);
    }

    private interface Answer {
        void to(Socket socket) throws IOException;
    }

    @BeforeAll
    static void pointToPortsThatAreNoMasters() throws IOException {
        silent = run(socket -> {}, "silent");
        web = run(
                socket -> {
                    String answer = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                },
                "web");
    }

    @AfterAll
    static void stop() throws IOException {
        for (Closeable socket : List.copyOf(OPEN)) {
            socket.close();
        }
        BESIDE.shutdownNow();
    }

    private static Awaited run(Answer answer, String name) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        OPEN.add(server);
        BESIDE.execute(() -> serve(server, answer));
        Path here = Files.createDirectory(shared.resolve(name));
        CompletableFuture<Launched> launched = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return Launched.in(here, "run", "pi", "--master", "spark://127.0.0.1:" + server.getLocalPort());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IllegalStateException(e);
                    }
                },
                BESIDE);
        return new Awaited(server.getLocalPort(), launched, Instant.now());
    }

    /** Keeps every connection open until the server is closed. */
    private static void serve(ServerSocket server, Answer answer) {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                OPEN.add(socket);
                answer.to(socket);
            }
        } catch (IOException e) {
            // Closed at the end of the tests.
        }
    }

    @Test
    void aPortThatNeverAnswersIsGivenUp() throws Exception {
        assertGivenUp(silent, "silent");
    }

    @Test
    void aWebServerIsNoMaster() throws Exception {
        assertGivenUp(web, "web");
    }

    private static void assertGivenUp(Awaited awaited, String name) throws Exception {
        Launched launched = awaited.launched().get(2, TimeUnit.MINUTES);

        assertThat(Duration.between(awaited.start(), Instant.now())).isLessThan(SILENCE);
        assertThat(launched)
                .isEqualTo(refused("--master: something answers at spark://127.0.0.1:" + awaited.port()
                        + ", but does not take this application within 60 s; is it a Spark 4.2 master, and is its"
                        + " secret (spark.authenticate.secret) yours?"));
        assertThat(shared.resolve(name)).isEmptyDirectory();
    }

    @Test
    void aHostThatNobodyKnowsIsNamed() throws Exception {
        // .invalid never exists (RFC 2606).
        assertThat(Launched.in(folder, "run", "pi", "--master", "spark://pi9.invalid:7077"))
                .isEqualTo(refused("--master: no Spark master answers at spark://pi9.invalid:7077 (pi9.invalid:"
                        + " unknown host); is it running, and is its port open to this machine?"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anOptionIsRefusedBeforeAnythingStarts() throws Exception {
        assertThat(Launched.in(folder, "run", "pi", "--trails", "1e9"))
                .isEqualTo(refused("unknown option '--trails': did you mean '--trials'?"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatSparkFindsInAFileIsOneLineToo() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path here = Files.createDirectory(folder.resolve("here"));
        Files.writeString(folder.resolve("levels.csv"), "A,B\n1,2\n2,x\n3,4\n");

        Launched launched = Launched.in(
                here,
                Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary),
                "run",
                "value-at-risk",
                "--columns",
                "A,B",
                "--levels",
                "../levels.csv",
                "--results",
                "new/results");

        assertThat(launched.err().lines().filter(line -> !line.startsWith("Picked up ")))
                .containsExactly("sparkberry: ../levels.csv, line 3: the cell of column B must be a number (such as"
                        + " 1234.5), not 'x'");
        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.out()).isEmpty();
        assertThat(here).isEmptyDirectory();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aSweepOfBadInputBeginsNothing() throws Exception {
        assertThat(Launched.in(folder, "sweep", "value-at-risk", "--trials", "10", "--levels", "none.csv"))
                .isEqualTo(refused("none.csv: no such file (looked for in " + folder.toRealPath() + ")"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aReadOnlyFolderIsNoPlaceForResults() throws Exception {
        Path results = Files.createDirectory(folder.resolve("results"));
        if (isRoot()) {
            // Permissions do not bind root: a file system that is read-only does.
            withFileSystem(results, "ro", () -> {
                assertThat(Launched.in(folder, "run", "pi"))
                        .isEqualTo(refused("results folder results cannot be written: Read-only file system"
                                + " (set --results)"));
                assertThat(Launched.in(folder, "run", "pi", "--results", "results/below"))
                        .isEqualTo(refused("results folder results/below cannot be written: Read-only file system"
                                + " (set --results)"));
            });
        } else {
            Files.setPosixFilePermissions(results, PosixFilePermissions.fromString("r-xr-xr-x"));
            assertThat(Launched.in(folder, "run", "pi"))
                    .isEqualTo(refused("results folder results cannot be written: permission denied (set --results)"));
        }
    }

    @Test
    void aFullDiskIsNoPlaceForResults() throws Exception {
        Path results = Files.createDirectory(folder.resolve("results"));
        withFileSystem(results, "size=32k", () -> {
            assertThat(Launched.in(folder, "run", "pi"))
                    .isEqualTo(refused(
                            "results folder results cannot be written: No space left on device (set --results)"));
            assertThat(results).isEmptyDirectory();
        });
    }

    @Test
    void aDiskThatFillsUpDuringARunKeepsNoHalfResult() throws Exception {
        Path results = Files.createDirectory(folder.resolve("results"));
        withFileSystem(results, "size=128k", () -> {
            ResultsFolder opened = ResultsFolder.open(results);
            Files.write(results.resolve("others"), new byte[124 << 10]);
            RunRecord run = new RunRecord(
                    "pi",
                    Map.of(),
                    1,
                    new Result(1, List.of(), List.of()),
                    new RunRecord.Times(Instant.EPOCH, 0, 0, 0),
                    Map.of(),
                    Map.of("long", "x".repeat(8 << 10)),
                    "completed");

            Path directory = opened.begin("pi", Instant.EPOCH);
            assertThatThrownBy(() -> ResultsFolder.finish(directory, run, () -> {}))
                    .isInstanceOf(BadInput.class)
                    .hasMessage("run directory " + directory + " cannot be written: No space left on device");
            assertThat(directory).isEmptyDirectory();
        });
    }

    @Test
    void aRunThatIsStoppedLeavesItsCheckpointAlone() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path here = Files.createDirectory(folder.resolve("here"));
        ProcessBuilder builder = new ProcessBuilder(
                        Launched.root().resolve("sparkberry").toString(), "run", "pi", "--trials", "1e13")
                .directory(here.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        Process process = builder.start();
        try {
            // It has begun to compute.
            for (int i = 0; i < 600 && !isDirectoryWithFiles(here.resolve("results")); i++) {
                Thread.sleep(100);
            }
            assertThat(isEmpty(temporary)).isFalse();
            Thread.sleep(2000);

            // As Ctrl-C, but for the number; a shell may have told us to ignore that one.
            process.destroy();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(128 + 15);
        Path run;
        try (Stream<Path> runs = Files.list(here.resolve("results"))) {
            run = runs.findFirst().orElseThrow();
        }
        try (Stream<Path> files = Files.list(run)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.matches("checkpoint-\\d+"))
                    .isNotEmpty();
        }
        assertThat(Files.readString(folder.resolve("err")))
                .contains("what was done is kept; go on with: sparkberry run pi --resume results/" + run.getFileName());
        assertThat(temporary).isEmptyDirectory();
        assertThat(folder.resolve("out")).isEmptyFile();
        assertThat(Files.readString(folder.resolve("err"))).doesNotContain("failed", "Exception");
        assertThat(Processes.with(temporary.toString())).isEmpty();
    }

    @Test
    void lettersAreRightInAnyLocale() throws Exception {
        Map<String, String> plain = Map.of("LC_ALL", "C", "LANG", "C");

        assertThat(Launched.in(folder, plain, "jobs").out()).contains("  pi ", "π by darts");
        assertThat(Launched.in(folder, plain, "run", "pi", "--help").out()).contains("--trials N");
    }

    private static Launched refused(String line) {
        return new Launched(2, "", "sparkberry: " + line + "\n");
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static boolean isDirectoryWithFiles(Path folder) throws IOException {
        return Files.isDirectory(folder) && !isEmpty(folder);
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private interface Body {
        void run() throws Exception;
    }

    /** With a file system in memory mounted at this folder; without the right to mount, the test is skipped. */
    private static void withFileSystem(Path folder, String options, Body body) throws Exception {
        boolean mounted = isRoot() && call("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()) == 0;
        if (!mounted) {
            System.out.println("skipped: no right to mount a file system with " + options);
        }
        assumeTrue(mounted, "no right to mount a file system");
        try {
            body.run();
        } finally {
            call("umount", "-l", folder.toString());
        }
    }

    private static int call(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
