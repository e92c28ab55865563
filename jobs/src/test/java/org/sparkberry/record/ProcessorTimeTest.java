package org.sparkberry.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Meaning of the fields: proc_stat(5) and proc_pid_stat(5) of the Linux man-pages 6.9. */
class ProcessorTimeTest {
    private static final long SWEEP = 10;

    @TempDir
    Path proc;

    @BeforeEach
    void machine() throws IOException {
        cpu("100 10 50 1000 20 3 4 5 7 1");
        process(1, "init", 0, "900 0 0 0");
        process(SWEEP, "sweep", 1, "10 2 300 40");
        process(11, "worker", SWEEP, "5 1 0 0");
        process(12, "a ) (b) 7 8 9", 11, "20 4 0 0");
        process(13, "driver", SWEEP, "8 0 0 0");
        process(14, "another", 1, "77 7 0 0");
        Files.createDirectory(proc.resolve("sys"));
    }

    @Test
    void busyIsUserNiceSystemAndStealAndTotalIsAllButTheGuestsWhichAreInUser() {
        // 100 + 10 + 50 + 5, and 1000 idle + 20 waiting for a disk + 3 and 4 of interrupts beside them.
        ProcessorTime now = now();
        assertThat(now.busyTicks()).isEqualTo(165);
        assertThat(now.totalTicks()).isEqualTo(1192);
    }

    @Test
    void theFamilyIsAProcessItsDescendantsAndTheirEndedChildren() {
        // 10 + 2 + 300 + 40, 5 + 1, 20 + 4, 8: the process whose name looks like fields, too.
        assertThat(now().familyTicks()).isEqualTo(390);
    }

    @Test
    void virtualPisAreInTheFamilyIfTheyAreAskedFor() throws IOException {
        Files.writeString(proc.resolve("14/cgroup"), "4:memory:/sparkberry-virtual/pi2\n0::/sparkberry-virtual/pi2\n");
        Files.writeString(proc.resolve("13/cgroup"), "0::/system.slice/sparkberry-virtual.service/pi2\n");
        Files.writeString(proc.resolve("1/cgroup"), "0::/init.scope\n");
        assertThat(now().familyTicks()).isEqualTo(390);
        // 390, which has process 13 already, and 77 + 7.
        assertThat(ProcessorTime.of(SWEEP, true, proc).orElseThrow().familyTicks())
                .isEqualTo(474);
    }

    @Test
    void whatAProcessUsedStaysInTheFamilyWhenItEnds() throws IOException {
        Files.delete(proc.resolve("13/stat"));
        process(SWEEP, "sweep", 1, "10 2 308 40");
        assertThat(now().familyTicks()).isEqualTo(390);
    }

    @Test
    void othersHaveWhatTheFamilyHasNot() throws IOException {
        ProcessorTime before = now();
        // 2 processors for one second: 200 ticks, of which 150 busy; the executor has 90 of them: 60/200.
        cpu("220 20 70 1050 20 3 4 5 7 1");
        process(12, "a ) (b) 7 8 9", 11, "100 14 0 0");
        assertThat(now().otherShareSince(before)).isEqualTo(0.3);
    }

    @Test
    void aFamilyThatIsCountedMoreFinelyThanTheMachineLeavesNothingToOthers() throws IOException {
        ProcessorTime before = now();
        cpu("120 10 50 1180 20 3 4 5 7 1");
        process(12, "a ) (b) 7 8 9", 11, "42 4 0 0");
        assertThat(now().otherShareSince(before)).isZero();
    }

    @Test
    void inNoTimeNothingIsKnown() throws IOException {
        ProcessorTime before = now();
        assertThat(now().otherShareSince(before)).isNaN();
        // The time of waiting for a disk may go backwards.
        cpu("110 10 50 1000 10 3 4 5 7 1");
        assertThat(now().otherShareSince(before)).isNaN();
    }

    @Test
    void whereThereIsNoProcNothingIsKnown() {
        assertThat(ProcessorTime.of(SWEEP, false, proc.resolve("none"))).isEqualTo(Optional.empty());
    }

    private ProcessorTime now() {
        return ProcessorTime.of(SWEEP, false, proc).orElseThrow();
    }

    private void cpu(String ticks) throws IOException {
        Files.writeString(proc.resolve("stat"), "cpu  " + ticks + "\ncpu0 1 1 1 1 1 1 1 1 1 1\nintr 1\n");
    }

    /** @param ticks utime, stime, cutime, cstime */
    private void process(long pid, String name, long parent, String ticks) throws IOException {
        Path folder = Files.createDirectories(proc.resolve("" + pid));
        Files.writeString(
                folder.resolve("stat"),
                pid + " (" + name + ") S " + parent + " 1 1 0 -1 4194304 99 0 0 0 " + ticks
                        + " 20 0 1 0 1214789 3133440\n");
    }
}
