package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.record.Json;

/**
 * Three small virtual Pis that boot, with Spark: they are what their boards are, are held to their limits, and can be
 * cut off, slowed down and powered off one by one.
 */
final class VirtualIT {
    private static final String MASTER = "spark://10.79.13.1:7077";
    /** 4 cores of 0.15. */
    private static final double PROCESSORS = 0.6;

    private static final int MEGABITS = 40;
    /** Of a bound from above, which other programs on this machine can only make easier to keep. */
    private static final double TOLERANCE = 1.15;

    @TempDir
    static Path folder;

    private static NavigableSet<String> before = new TreeSet<>();

    @BeforeAll
    static void boot() throws Exception {
        VirtualPis.assumePossible();
        before = VirtualPis.traces();
        Launched up = VirtualPis.up(
                "3",
                "--spark",
                "--model",
                "pi3bplus,pi4-2gb,pi3bplus",
                "--speed",
                "0.15",
                "--network",
                MEGABITS + "mbit");
        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(up.out()).contains("pi2   10.79.13.2  pi4-2gb   up", MASTER);
    }

    @AfterAll
    static void downLeavesNothing() throws Exception {
        if (before.isEmpty()) {
            return;
        }
        Launched down = VirtualPis.call("down");
        assertThat(down.exitCode()).as(down.err()).isZero();
        assertThat(VirtualPis.traces()).isEqualTo(before);
    }

    @Test
    void aNodeIsABootedHostWithWhatItsBoardHas() throws Exception {
        assertThat(on("pi2", "systemctl is-system-running --wait; cat /proc/1/comm; hostname; id -un; sudo id -un"))
                .isEqualTo("running\nsystemd\npi2\npi\nroot\n");
        assertThat(on("pi2", "nproc; nproc --all; grep -c ^processor /proc/cpuinfo; grep MemTotal /proc/meminfo"))
                .isEqualTo("4\n4\n4\nMemTotal:        2097152 kB\n");
        assertThat(on("pi2", "vcgencmd get_throttled; tail -n 1 /proc/cpuinfo"))
                .isEqualTo("throttled=0x0\nModel\t\t: Raspberry Pi 4 Model B 2 GB (virtual)\n");
        // The master's unit has a Java lent; its heap is a quarter of the memory that it sees.
        String java = on("pi1", "systemctl show spark-master --property=Environment")
                .replaceFirst("(?s).*JAVA_HOME=(\\S+).*", "$1");
        assertThat(on("pi2", java + "/bin/java -XshowSettings:system -version 2>&1"))
                .contains("Effective CPU Count: 4\n");
        assertThat(on("pi2", java + "/bin/java -XX:+PrintFlagsFinal -version 2>/dev/null | grep ' MaxHeapSize '"))
                .contains(" " + (2048L << 20) / 4 + " ");
    }

    @Test
    void aRunOnThemGivesTheBitsOfALocalRun() throws Exception {
        Launched there = Launched.in(folder, "run", "pi", "--trials", "3e7", "--master", MASTER, "--format", "json");
        Launched here = Launched.in(folder, "run", "pi", "--trials", "3e7", "--master", "local[1]", "--format", "json");

        assertThat(there.exitCode()).as(there.err()).isZero();
        assertThat(Json.tree(there.out()).path("digest"))
                .isEqualTo(Json.tree(here.out()).path("digest"));
    }

    @Test
    void aNodeGetsItsShareOfTheProcessorsAndNoMore() throws Exception {
        assertThat(processorsUsed("pi1")).isLessThan(PROCESSORS * TOLERANCE);

        assertThat(VirtualPis.call("slow", "pi1", "0.5").exitCode()).isZero();

        assertThat(processorsUsed("pi1")).isLessThan(PROCESSORS / 2 * TOLERANCE);
        assertThat(status("pi1").path("slowed").asDouble()).isEqualTo(0.5);
        assertThat(VirtualPis.call("slow", "pi1", "1").exitCode()).isZero();
    }

    /** What two busy processes get in three seconds, in processors of this machine. */
    private static double processorsUsed(String node) throws IOException, InterruptedException {
        String loop =
                """
                import time
                start = time.monotonic()
                while time.monotonic() < start + 3: pass
                print(time.process_time() / (time.monotonic() - start))
                """;
        return on(node, "python3 -c '" + loop + "' & python3 -c '" + loop + "'; wait")
                .lines()
                .mapToDouble(Double::parseDouble)
                .sum();
    }

    @Test
    void moreMemoryThanTheBoardHasIsNotThere() throws Exception {
        String take = "python3 -c 'print(len(b\"x\" * (%d << 20)))'; echo $?";
        assertThat(on("pi2", take.formatted(1200))).isEqualTo("1258291200\n0\n");
        // 128 + SIGKILL
        assertThat(on("pi2", take.formatted(2100))).isEqualTo("137\n");
        assertThat(status("pi2").path("state").asText()).isEqualTo("up");
    }

    @Test
    void aCableCarriesNoMoreThanItsRate() throws Exception {
        String server =
                """
                import socket, time
                listening = socket.create_server(("10.79.13.1", 9000))
                connection, _ = listening.accept()
                start = time.monotonic()
                count = 0
                while time.monotonic() < start + 3: count += len(connection.recv(65536))
                print(count * 8e-6 / (time.monotonic() - start))
                """;
        String client =
                """
                import socket, time
                for _ in range(100):
                    try:
                        connection = socket.create_connection(("10.79.13.1", 9000))
                        break
                    except OSError:
                        time.sleep(0.1)
                try:
                    while True: connection.sendall(bytes(65536))
                except OSError:
                    pass
                """;
        Process sender = new ProcessBuilder(
                        Launched.root().resolve("sparkberry").toString(),
                        "virtual",
                        "shell",
                        "pi3",
                        "python3 -c '" + client + "'")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String rate = on("pi1", "python3 -c '" + server + "'");

            assertThat(Double.parseDouble(rate)).isBetween(0.1, MEGABITS * TOLERANCE);
        } finally {
            sender.destroy();
        }
    }

    @Test
    void aNodeThatIsCutOffIsAloneUntilItIsHealed() throws Exception {
        String ping = "ping -c 1 -W 2 10.79.13.3 >/dev/null; echo $?";
        assertThat(on("pi1", ping)).isEqualTo("0\n");

        assertThat(VirtualPis.call("cut", "pi3").exitCode()).isZero();

        assertThat(on("pi1", ping)).isEqualTo("1\n");
        assertThat(status("pi3").path("state").asText()).isEqualTo("cut off");
        assertThat(VirtualPis.call("heal", "pi3").exitCode()).isZero();
        assertThat(on("pi1", ping)).isEqualTo("0\n");
    }

    @Test
    void aNodeCanBePoweredOffAndBooted() throws Exception {
        VirtualPis.on("pi3", "touch kept");
        for (String[] how : List.of(new String[] {"stop", "pi3"}, new String[] {"stop", "pi3", "--power-cut"})) {
            String boot = on("pi3", "systemctl show --property=KernelTimestampMonotonic --property=UserspaceTimestamp");
            try (Socket talk = new Socket("10.79.13.3", 22)) {
                talk.setSoTimeout(2000);
                int greeting = talk.getInputStream().read();
                assertThat(VirtualPis.call(how).exitCode()).isZero();

                // Who shuts down closes its connections, who loses power does not.
                boolean closed = isClosed(talk);
                assertThat(greeting).isEqualTo('S');
                assertThat(closed).as(String.join(" ", how)).isEqualTo(how.length == 2);
            }

            assertThat(status("pi3").path("state").asText()).isEqualTo("off");
            Launched shell = VirtualPis.on("pi3", "true");
            assertThat(shell.exitCode()).isEqualTo(2);
            assertThat(shell.err()).isEqualTo("sparkberry: pi3 is off: ./sparkberry virtual start pi3\n");

            Launched start = VirtualPis.call("start", "pi3");
            assertThat(start.exitCode()).as(start.err()).isZero();
            assertThat(on("pi3", "ls kept")).isEqualTo("kept\n");
            assertThat(on("pi3", "systemctl show --property=KernelTimestampMonotonic --property=UserspaceTimestamp"))
                    .isNotEqualTo(boot);
            assertThat(processorsUsed("pi3")).isLessThan(PROCESSORS * TOLERANCE);
        }
    }

    private static boolean isClosed(Socket talk) throws IOException {
        try {
            talk.getInputStream().readAllBytes();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Test
    void aNodeThatRebootsComesBackWithItsLimits() throws Exception {
        VirtualPis.call("throttle", "pi3", "0x50005");
        VirtualPis.on("pi3", "sudo touch /run/before; sudo systemctl reboot");

        String since = "";
        for (int second = 0; second < 60 && !since.equals("2\n"); second++) {
            Thread.sleep(1000);
            // Memory is lost when it boots; until then it is there, or nobody answers.
            since = on("pi3", "ls /run/before >/dev/null 2>&1; echo $?");
        }
        assertThat(since).isEqualTo("2\n");
        assertThat(on("pi3", "vcgencmd get_throttled")).isEqualTo("throttled=0x0\n");
        assertThat(processorsUsed("pi3")).isLessThan(PROCESSORS * TOLERANCE);
    }

    @Test
    void theFirmwareCanBeToldToReportThrottling() throws Exception {
        assertThat(VirtualPis.call("throttle", "pi1", "0x50005").exitCode()).isZero();

        assertThat(on("pi1", "vcgencmd get_throttled")).isEqualTo("throttled=0x50005\n");
        assertThat(VirtualPis.call("status").out()).contains("reports throttled=0x50005");
        assertThat(VirtualPis.call("throttle", "pi1", "0").exitCode()).isZero();
        assertThat(on("pi1", "vcgencmd get_throttled")).isEqualTo("throttled=0x0\n");
    }

    /** A host elsewhere that sends to a node by way of this machine, as one in the same network could. */
    @Test
    void nobodyOutsideReachesANode() throws Exception {
        Process outside = new ProcessBuilder("unshare", "--net", "sleep", "120").start();
        try {
            String inside = "nsenter --target=" + outside.pid() + " --net ";
            sh("ip link add spbtest type veth peer name outside netns " + outside.pid() + ";"
                    + "ip address add 10.79.14.1/30 dev spbtest; ip link set spbtest up;"
                    + inside + "ip address add 10.79.14.2/30 dev outside;"
                    + inside + "ip link set outside up;"
                    + inside + "ip route add default via 10.79.14.1");

            String connect = inside + "python3 -c 'import socket;"
                    + " socket.create_connection((\"%s\", %d), 2)' 2>&1 | tail -n 1";
            // The way there is open: this machine's own address answers, if only that nothing listens.
            assertThat(sh(connect.formatted("10.79.13.14", 9))).startsWith("ConnectionRefusedError");
            assertThat(sh(connect.formatted("10.79.13.1", 22))).startsWith("TimeoutError");
            String rules = sh("nft list table inet sparkberry_virtual");
            sh("nft delete table inet sparkberry_virtual");
            try {
                // The firewall was what kept it out.
                assertThat(sh(connect.formatted("10.79.13.1", 22))).isEmpty();
            } finally {
                sh("nft -f - <<'RULES'\n" + rules + "\nRULES");
            }
        } finally {
            // The cable goes with the network namespace, and that with its process.
            outside.destroy();
            outside.waitFor();
        }
    }

    @Test
    void aSecondClusterIsRefused() throws Exception {
        Launched second = VirtualPis.up("1");

        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.err())
                .isEqualTo("sparkberry: virtual Pis are up, or an earlier 'up' was interrupted:"
                        + " ./sparkberry virtual down comes first\n");
        Launched nobody = VirtualPis.call("stop", "pi9");
        assertThat(nobody.exitCode()).isEqualTo(2);
        assertThat(nobody.err()).isEqualTo("sparkberry: no node is called 'pi9': there are pi1, pi2, pi3\n");
    }

    @Test
    void theInventoryHasTheMasterAndTheWorkers() throws Exception {
        String inventory = Files.readString(Path.of("/var/lib/sparkberry-virtual/inventory.yml"));
        assertThat(inventory.substring(inventory.indexOf("  children:")))
                .isEqualTo(
                        """
                          children:
                            master:
                              hosts:
                                pi1:
                                  ansible_host: 10.79.13.1
                            workers:
                              hosts:
                                pi2:
                                  ansible_host: 10.79.13.2
                                pi3:
                                  ansible_host: 10.79.13.3
                        """);
        // As Ansible would use it.
        String options = inventory.replaceFirst("(?s).*ansible_ssh_common_args: ([^\n]*)\n.*", "$1");
        String key = inventory.replaceFirst("(?s).*ansible_ssh_private_key_file: ([^\n]*)\n.*", "$1");
        assertThat(sh("ssh -i " + key + " -o BatchMode=yes " + options + " pi@10.79.13.2 hostname"))
                .isEqualTo("pi2\n");
    }

    private static JsonNode status(String node) throws Exception {
        JsonNode nodes =
                Json.tree(VirtualPis.call("status", "--format", "json").out()).path("nodes");
        for (JsonNode each : nodes) {
            if (each.path("node").asText().equals(node)) {
                return each;
            }
        }
        throw new AssertionError(node + " is not in " + nodes);
    }

    /** What the command printed. */
    private static String on(String node, String command) throws IOException, InterruptedException {
        return VirtualPis.on(node, command).out();
    }

    private static String sh(String command) throws IOException, InterruptedException {
        return Launched.of(Path.of("/"), Map.of(), List.of("bash", "-c", command))
                .out();
    }
}
