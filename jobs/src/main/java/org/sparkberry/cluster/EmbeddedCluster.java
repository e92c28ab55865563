package org.sparkberry.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Clock;

/**
 * A Spark standalone cluster on this machine: one master and one worker, each a process of its own, on free ports of
 * the loopback address. They end when this is closed, and when this process ends in any other way.
 */
public final class EmbeddedCluster implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    /** Master and worker wait more than they compute: a quick compiler and a small first heap save a third of them. */
    private static final List<String> LEAN = List.of("-XX:TieredStopAtLevel=1", "-Xms16m");

    private static final int MASTER_HEAP_MEBIBYTES = 160;
    private static final int WORKER_HEAP_MEBIBYTES = 96;
    /** A Pi 3 needs most of a minute to start a Java process of this size. */
    private static final double START_DEADLINE_SECONDS = 120;

    private static final int ATTEMPTS = 3;
    private static final int POLL_MILLIS = 100;
    private static final String UNCAUGHT = "Exception in thread \"main\" ";
    private static final int STOP_DEADLINE_SECONDS = 10;

    private final Path folder;
    private final List<Process> processes = Collections.synchronizedList(new ArrayList<>());
    private final Thread hook = new Thread(this::stop, "stop embedded cluster");
    private String master = "";
    private URI masterPage = URI.create("http://" + LOOPBACK);

    private EmbeddedCluster(Path folder) {
        this.folder = folder;
    }

    /**
     * Starts a cluster and waits until its worker has registered.
     *
     * @param cores that the worker offers
     * @param memoryMebibytes that the worker offers
     * @throws IOException if it does not start; the message has the last line of the log
     */
    public static EmbeddedCluster start(SparkHome home, int cores, int memoryMebibytes, Clock clock)
            throws IOException {
        EmbeddedCluster cluster = new EmbeddedCluster(Files.createTempDirectory("sparkberry-cluster-"));
        Runtime.getRuntime().addShutdownHook(cluster.hook);
        try {
            cluster.configure();
            cluster.startMaster(home, clock);
            cluster.startWorker(home, cores, memoryMebibytes, clock);
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    /** {@code spark://127.0.0.1:port}. */
    public String master() {
        return master;
    }

    /** The master's web page. */
    public URI page() {
        return masterPage;
    }

    /** What the master says of itself. */
    public MasterStatus status() {
        return MasterStatus.ask(masterPage);
    }

    /** A folder for temporary files, which goes with the cluster. */
    public Path scratch() {
        return folder.resolve("scratch");
    }

    /** What an executor that ended by an exception said last, if one did. */
    Optional<String> executorFailure() {
        try (Stream<Path> files = Files.walk(folder.resolve("work"))) {
            for (Path file : files.filter(path -> path.endsWith("stderr")).toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    Optional<String> failure =
                            lines.filter(line -> line.startsWith(UNCAUGHT)).findFirst();
                    if (failure.isPresent()) {
                        return failure.map(line -> line.substring(UNCAUGHT.length()));
                    }
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // The folder comes with the first executor.
        }
        return Optional.empty();
    }

    /** The processes of the master and the worker. */
    public List<Long> pids() {
        return processes.stream().map(Process::pid).toList();
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is already going down, and the hook is this very call.
        }
    }

    private void configure() throws IOException {
        Files.createDirectories(folder.resolve("conf"));
        Files.createDirectories(scratch());
        Files.writeString(
                folder.resolve("conf/log4j2.properties"),
                String.join(
                        "\n",
                        List.of(
                                "rootLogger.level = warn",
                                "rootLogger.appenderRef.stderr.ref = stderr",
                                "appender.stderr.type = Console",
                                "appender.stderr.name = stderr",
                                "appender.stderr.target = SYSTEM_ERR",
                                "appender.stderr.layout.type = PatternLayout",
                                "appender.stderr.layout.pattern = %d %p %c{1}: %m%n",
                                "")));
    }

    /** Another program may take a port between our look and Spark's: then the next is tried. */
    private void startMaster(SparkHome home, Clock clock) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            int pagePort = freePort();
            masterPage = URI.create("http://" + LOOPBACK + ":" + pagePort);
            Process process = start(
                    home,
                    "master",
                    MASTER_HEAP_MEBIBYTES,
                    Stream.concat(
                                    LEAN.stream(),
                                    Stream.of("-Dspark.master.rest.enabled=false", "-Dspark.port.maxRetries=0"))
                            .toList(),
                    "org.apache.spark.deploy.master.Master",
                    List.of("--host", LOOPBACK, "--port", "" + port, "--webui-port", "" + pagePort));
            if (await(process, clock, "master", status -> status.isAlive())) {
                master = "spark://" + LOOPBACK + ":" + port;
                return;
            }
            if (attempt == ATTEMPTS) {
                throw new IOException("the embedded cluster's master does not start: " + lastLine("master"));
            }
        }
    }

    private void startWorker(SparkHome home, int cores, int memoryMebibytes, Clock clock) throws IOException {
        Process process = start(
                home,
                "worker",
                WORKER_HEAP_MEBIBYTES,
                LEAN,
                "org.apache.spark.deploy.worker.Worker",
                List.of(
                        "--host",
                        LOOPBACK,
                        "--port",
                        "0",
                        "--webui-port",
                        "0",
                        "--cores",
                        "" + cores,
                        "--memory",
                        memoryMebibytes + "m",
                        "--work-dir",
                        folder.resolve("work").toString(),
                        master));
        if (!await(process, clock, "worker", status -> !status.workers().isEmpty())) {
            throw new IOException("the embedded cluster's worker does not start: " + lastLine("worker"));
        }
    }

    private Process start(
            SparkHome home, String name, int heap, List<String> options, String mainClass, List<String> arguments)
            throws IOException {
        List<String> tethered = new ArrayList<>(List.of(folder.toString(), mainClass));
        tethered.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(home.java(heap, options, Tether.class.getName(), tethered));
        environment(builder, home);
        builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private void environment(ProcessBuilder builder, SparkHome home) {
        var environment = builder.environment();
        // What a person has set for a real cluster must not reach this one.
        environment.keySet().removeIf(name -> name.startsWith("SPARK_"));
        environment.put("SPARK_HOME", home.folder().toString());
        environment.put("SPARK_SCALA_VERSION", "2.13");
        environment.put("SPARK_LOCAL_IP", LOOPBACK);
        // glibc gives every few threads an arena of their own: 20 MB more for each process, executors too.
        environment.put("MALLOC_ARENA_MAX", "2");
        environment.put("SPARK_CONF_DIR", folder.resolve("conf").toString());
        environment.put("SPARK_LOCAL_DIRS", folder.resolve("local").toString());
    }

    private interface Ready {
        boolean test(MasterStatus status);
    }

    /** Waits until the master's page says so. Returns false if the process ends first or the deadline passes. */
    private boolean await(Process process, Clock clock, String what, Ready ready) throws IOException {
        long start = clock.nanos();
        while (process.isAlive() && clock.secondsSince(start) < START_DEADLINE_SECONDS) {
            try {
                if (ready.test(status())) {
                    return true;
                }
            } catch (BadInput e) {
                // Not up yet.
            }
            try {
                process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while the " + what + " started", e);
            }
        }
        return false;
    }

    private void stop() {
        // The worker first: it takes its executors with it.
        List<Process> latestFirst = new ArrayList<>(processes);
        Collections.reverse(latestFirst);
        for (Process process : latestFirst) {
            try {
                process.getOutputStream().close();
                if (!process.waitFor(STOP_DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (IOException e) {
                process.destroyForcibly();
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        processes.clear();
        Tether.deleteTree(folder);
    }

    private String lastLine(String name) {
        try (var lines = Files.lines(folder.resolve(name + ".log"))) {
            return lines.filter(line -> !line.isBlank())
                    .reduce((first, second) -> second)
                    .orElse("its log is empty");
        } catch (IOException e) {
            return Optional.ofNullable(e.getMessage()).orElse("its log cannot be read");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
