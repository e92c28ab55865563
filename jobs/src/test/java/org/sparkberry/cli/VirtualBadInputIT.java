package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code virtual} cannot do with is said in one line, with exit code 2, and nothing is made. */
final class VirtualBadInputIT {
    private static final Path HOME = Path.of("/var/lib/sparkberry-virtual");

    @TempDir
    Path folder;

    @BeforeAll
    static void nobodysAreUp() {
        assumeTrue(!Files.exists(HOME), "somebody's virtual Pis are up: not tried");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    up 0                       | N: must be a whole number from 1 to 99, not '0'
                    up 300                     | N: must be a whole number from 1 to 99, not '300'
                    up 2.5                     | N: must be a whole number from 1 to 99, not '2.5'
                    up                         | missing: N
                    up 2 --speed 0             | --speed: must be from 0.001 to 1 (a core of this machine), not '0'
                    up 2 --speed 20            | --speed: must be from 0.001 to 1 (a core of this machine), not '20'
                    up 2 --speed nan           | --speed: must be from 0.001 to 1 (a core of this machine), not 'nan'
                    up 2 --network 100         | --network: must be from 1mbit to 100gbit, not '100'
                    up 2 --latency 3           | --latency: must be like 0.3ms or 300us, at most 1000ms, not '3'
                    up 2 --latency 2000ms      | --latency: must be like 0.3ms or 300us, at most 1000ms, not '2000ms'
                    up 2 --cache a:b           | --cache: must be a folder without comma, colon and backslash in its name, not 'a:b'
                    up 2 --subnet 10.77.0.1/24 | --subnet: must be a range of private addresses such as 10.77.0.0/24, not '10.77.0.1/24'
                    up 2 --subnet 8.8.8.0/24   | --subnet: must be a range of private addresses such as 10.77.0.0/24, /16 to /29, not '8.8.8.0/24'
                    up 2 --subnet 0.0.0.0/24   | --subnet: must be a range of private addresses such as 10.77.0.0/24, /16 to /29, not '0.0.0.0/24'
                    up 2 --spede 1             | unrecognized arguments: --spede 1
                    slow pi1 0                 | FACTOR: must be from 0.01 to 1 (all of its speed), not '0'
                    throttle pi1 now           | BITS: must be hexadecimal bits such as 0x50005 (now under-voltage and throttled, and both since boot), not 'now'
                    """)
    void wrongUse(String words, String message) throws Exception {
        assertOneLine(VirtualPis.call(words.split(" ", -1)), message);
    }

    @Test
    void anUnknownVerbIsToldWhatThereIs() throws Exception {
        assertThat(VirtualPis.call("boot").err()).startsWith("sparkberry: VERB: invalid choice: 'boot' (choose from ");
    }

    @Test
    void anUnknownModelIsToldTheKnownOnes() throws Exception {
        assumeRoot();
        assertOneLine(
                VirtualPis.up("2", "--model", "pi9"),
                "--model: unknown model 'pi9'; known are pi5-16gb, pi5-8gb, pi5-4gb,");
        assertOneLine(
                VirtualPis.up("3", "--model", "pi4-4gb,pi4-2gb"),
                "--model: 2 models for 3 nodes: give one for all, or one for each");
        assertOneLine(
                VirtualPis.up("2", "--model", "zero2w", "--spark"),
                "--model: zero2w has 512 MiB, too few for a Spark worker (1024 at least)");
    }

    @Test
    void moreThanTheMachineHasIsRefusedWithWhatItHas() throws Exception {
        assumeRoot();
        assertOneLine(
                VirtualPis.up("99", "--model", "pi5-16gb"), "--model: 99 nodes of pi5-16gb have 1622016 MiB together");
        assertOneLine(
                Launched.in(folder, "virtual", "up", "6", "--model", "zero2w", "--subnet", "10.79.13.0/29"),
                "--subnet: 10.79.13.0/29 is too small for 6 nodes");
        int cores = Math.min(99, Runtime.getRuntime().availableProcessors());
        assertOneLine(
                VirtualPis.up(Integer.toString(cores), "--model", "zero2w", "--speed", "0.9"),
                "--speed: " + 4 * cores + " cores of 0.9 are ");
    }

    @Test
    void addressesThatAreInUseAreRefused() throws Exception {
        assumeRoot();
        sh("ip link add spbtest type bridge; ip address add 10.79.15.1/24 dev spbtest; ip link set spbtest up");
        try {
            assertOneLine(
                    Launched.in(folder, "virtual", "up", "2", "--subnet", "10.79.15.128/29"),
                    "--subnet: 10.79.15.128/29 is in use, 10.79.15.0/24 goes to spbtest: choose a free private range,");
        } finally {
            sh("ip link delete spbtest");
        }
    }

    @Test
    void withoutRootTheEmbeddedClusterIsNamed() throws Exception {
        assumeRoot();
        // The tree of this build may be closed to others.
        Path copy = Files.createDirectories(folder.resolve("tree"));
        sh("cp -r --parents cluster-setup/virtual cluster-setup/terminal.py cluster-setup/worker-sizes.csv"
                + " jobs/src/main/resources/org/sparkberry/scaling/nodes.csv " + copy);
        sh("chmod -R a+rX " + folder);
        for (String verb : List.of("up 2", "down", "cut pi1")) {
            List<String> command =
                    new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
            command.addAll(List.of("/usr/bin/python3", copy + "/cluster-setup/virtual/virtual"));
            command.addAll(List.of(verb.split(" ", -1)));

            assertOneLine(
                    Launched.of(Path.of("/"), Map.of(), command),
                    "virtual Pis need root: sudo ./sparkberry virtual …; without it, './sparkberry sweep JOB' and"
                            + " 'verify JOB' start a cluster of processes on this machine");
        }
    }

    @Test
    void missingProgramsAreNamedWithTheCommandThatBringsThem() throws Exception {
        assumeRoot();
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : List.of("bash", "readlink", "debootstrap", "ip", "tc", "nft", "ssh", "ssh-keygen")) {
            String place = sh("command -v " + tool).strip();
            assumeTrue(!place.isEmpty(), "no " + tool + " on PATH: not tried");
            Files.createSymbolicLink(tools.resolve(tool), Path.of(place));
        }
        // What is called python3 may be a script that needs further programs.
        Path python =
                Path.of(sh("python3 -c 'import sys; print(sys.executable)'").strip());
        Files.createSymbolicLink(tools.resolve("python3"), python);
        assertThat(Launched.in(folder, Map.of("PATH", tools.toString()), "virtual", "up", "2"))
                .isEqualTo(new Launched(
                        2, "", "sparkberry: found no systemd-nspawn: apt-get install systemd-container\n"));
    }

    @Test
    void nothingIsUp() throws Exception {
        assertOneLine(VirtualPis.call("status"), "no virtual Pis are up: ./sparkberry virtual up 4");
        assertOneLine(VirtualPis.call("shell", "pi1"), "no virtual Pis are up: ./sparkberry virtual up 4");
    }

    private static void assumeRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "virtual Pis need root: not tried");
    }

    private static void assertOneLine(Launched launched, String message) {
        assertThat(launched.err()).startsWith("sparkberry: " + message).endsWith("\n");
        assertThat(launched.err().lines()).hasSize(1);
        assertThat(launched.out()).isEmpty();
        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(HOME).doesNotExist();
    }

    private static String sh(String command) throws IOException, InterruptedException {
        return Launched.of(Launched.root(), Map.of(), List.of("bash", "-c", command))
                .out();
    }
}
