package org.sparkberry.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** {@code ./sparkberry virtual} for the tests: where it can be tried, how it is called, and what it may have left. */
final class VirtualPis {
    /** Not the default: what somebody may have up on this machine is another cluster. */
    static final String SUBNET = "10.79.13.0/28";

    private static final Path HOME = Path.of("/var/lib/sparkberry-virtual");
    private static final List<String> PROGRAMS =
            List.of("python3", "systemd-nspawn", "debootstrap", "ip", "tc", "nft", "ssh", "ssh-keygen");
    /** Words that only nodes, keepers and what makes the base have in their command lines. */
    private static final List<String> OURS = List.of("systemd-nspawn", "debootstrap", "virtual/virtual");

    private VirtualPis() {}

    /** Skips the test where there is no root, a program is missing, or somebody's virtual Pis are up. */
    static void assumePossible() {
        assumeTrue("root".equals(System.getProperty("user.name")), "virtual Pis need root: not tried");
        List<String> missing =
                PROGRAMS.stream().filter(program -> !isOnPath(program)).toList();
        assumeTrue(missing.isEmpty(), "virtual Pis need " + missing + ", which are not installed: not tried");
        assumeTrue(!Files.exists(HOME), HOME + " exists, somebody's virtual Pis are up: not tried");
    }

    /** Skips the test where this program is missing too. */
    static void assumeOnPath(String program) {
        assumeTrue(isOnPath(program), "needs " + program + ", which is not installed: not tried");
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The folder in which the tests of one build keep the nodes' Debian: not that of the machine. */
    static Path cache() {
        return Launched.root().resolve("jobs/target/virtual-cache");
    }

    static Launched call(String... words) throws IOException, InterruptedException {
        return Launched.in(Path.of("/"), words(words));
    }

    /** Runs a command on a node, as its user. */
    static Launched on(String node, String command) throws IOException, InterruptedException {
        return call("shell", node, command);
    }

    static Launched up(String... words) throws IOException, InterruptedException {
        return call(upWords(words));
    }

    static String[] upWords(String... words) {
        return concat(new String[] {"up"}, words, new String[] {"--subnet", SUBNET, "--cache", cache().toString()});
    }

    /** {@code up} with the words of the README, on other addresses. */
    static String[] readmeCommand() throws IOException {
        String command = Files.readAllLines(Launched.root().resolve("README.md")).stream()
                .filter(line -> line.startsWith("    sudo ./sparkberry virtual up "))
                .findFirst()
                .orElseThrow()
                .replaceFirst("#.*", "")
                .replaceFirst(".* up ", "")
                .strip();
        return upWords(command.split(" +", -1));
    }

    static String[] words(String... words) {
        return concat(new String[] {"virtual"}, words);
    }

    private static String[] concat(String[]... arrays) {
        return Arrays.stream(arrays).flatMap(Arrays::stream).toArray(String[]::new);
    }

    /** All that virtual Pis change on this machine, as text, a thing a line. */
    static NavigableSet<String> traces() throws IOException, InterruptedException {
        NavigableSet<String> traces = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
            traces.add("mount " + line);
        }
        output("ip", "-brief", "link").forEach(line -> traces.add("link " + line.split(" ", 2)[0]));
        output("ip", "-4", "route").forEach(line -> traces.add("route " + line.strip()));
        output("ip", "netns", "list").forEach(line -> traces.add("namespace " + line));
        output("nft", "list", "tables").forEach(line -> traces.add("firewall " + line));
        traces.add("forwarding " + Files.readString(Path.of("/proc/sys/net/ipv4/ip_forward")));
        try (Stream<Path> groups = Files.find(Path.of("/sys/fs/cgroup"), 4, (path, attributes) -> path.toString()
                .contains("sparkberry"))) {
            groups.forEach(group -> traces.add("control group " + group));
        }
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            // Empty: it has ended, and waits for its parent to notice.
            String command = Processes.commandLine(process);
            if (!command.isEmpty()
                    && (OURS.stream().anyMatch(command::contains)
                            || group(process).contains("sparkberry-virtual"))) {
                traces.add("process " + process.pid() + " " + command);
            }
        }
        for (Path folder : List.of(HOME, Path.of("/run/netns"), Path.of("/run/systemd/nspawn"))) {
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.forEach(file -> traces.add("file " + file));
                }
            }
        }
        return traces;
    }

    private static String group(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", "" + process.pid(), "cgroup"));
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    private static List<String> output(String... command) throws IOException, InterruptedException {
        return new ArrayList<>(Launched.of(Path.of("/"), Map.of(), List.of(command))
                .out()
                .lines()
                .toList());
    }
}
