package org.sparkberry.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Processes that compute, on this machine. */
final class ProcessorTimeIT {
    private static final Duration COMPUTING = Duration.ofSeconds(1);
    /** Of its 100 ticks: the kernel counts processors by looking at them now and then. */
    private static final double AT_LEAST_TICKS = 60;

    @Test
    void aProcessOutsideOfTheFamilyCountsAndOneWithinDoesNot() throws Exception {
        Process idle = new ProcessBuilder("sleep", "600").start();
        Process computing = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        try {
            ProcessorTime withinBefore = of(computing);
            ProcessorTime outsideBefore = of(idle);
            while (computed(computing).compareTo(COMPUTING) < 0) {
                Thread.sleep(20);
            }
            ProcessorTime outside = of(idle);
            ProcessorTime within = of(computing);

            // Whatever else runs here adds to both, and to the second more, since it spans the first.
            double others = ticks(outsideBefore, outside);
            double othersWithoutIt = ticks(withinBefore, within);
            assertThat(others).isGreaterThan(AT_LEAST_TICKS);
            assertThat(others - othersWithoutIt).isGreaterThan(AT_LEAST_TICKS);
        } finally {
            computing.destroyForcibly();
            idle.destroyForcibly();
        }
    }

    @Test
    void theParentsFamilyIsThatOfTheProcessThatStartedThisOne() {
        long parent = ProcessHandle.current().parent().orElseThrow().pid();
        long before = of(parent).familyTicks();
        long family = ProcessorTime.ofParentsFamily(false).orElseThrow().familyTicks();
        assertThat(family).isBetween(before, of(parent).familyTicks());
    }

    private static ProcessorTime of(Process process) {
        return of(process.pid());
    }

    private static ProcessorTime of(long pid) {
        return ProcessorTime.of(pid, false, Path.of("/proc")).orElseThrow();
    }

    private static double ticks(ProcessorTime before, ProcessorTime after) {
        return after.otherShareSince(before) * (after.totalTicks() - before.totalTicks());
    }

    private static Duration computed(Process process) throws IOException {
        return process.info().totalCpuDuration().orElseThrow();
    }
}
