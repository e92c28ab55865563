package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.record.Clock;
import org.sparkberry.record.CoreSeconds;
import org.sparkberry.record.CsvRows;
import org.sparkberry.record.Hardware;
import org.sparkberry.record.Json;
import org.sparkberry.record.MeasuredRun;
import org.sparkberry.record.SweepSettings;
import org.sparkberry.scaling.Cause;
import org.sparkberry.scaling.Limit;
import org.sparkberry.scaling.Limits;
import org.sparkberry.scaling.Part;

/** Where a real sweep says its time went, with a job whose times are known and another program beside it. */
final class SweepTimesIT {
    @TempDir
    Path folder;

    @Test
    void idleCoresAreTheLimitOfUnevenTasksAndOtherProgramsAreOnRecord() throws Exception {
        Process other = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        try {
            Clock clock = Clock.system();
            long start = clock.nanos();
            Launched sweep = TestJar.with(UnevenJob.class, folder)
                    .launch(
                            folder,
                            "sweep",
                            "uneven",
                            "--trials",
                            "8",
                            "--executors",
                            "1,2",
                            "--oversubscribe",
                            "--invocations",
                            "3",
                            "--iterations",
                            "2",
                            "--warmup",
                            "1",
                            "--format",
                            "json");
            double seconds = clock.secondsSince(start);
            Duration computed = other.info().totalCpuDuration().orElseThrow();

            assertThat(sweep.exitCode()).as(sweep.err()).isZero();
            JsonNode json = Json.tree(sweep.out());
            Path file = folder.resolve(json.path("directory").asText()).resolve("runs.csv");
            List<MeasuredRun> runs = new CsvRows<>(MeasuredRun.class).parse(Files.readString(file), file.toString());
            checkParts(runs);
            checkLimit(Limits.of(Json.parse(json.path("settings").toString(), SweepSettings.class), runs));
            // What the other program had on the average of the sweep; while tasks sleep it has rather more. On a
            // machine
            // that is busy anyway, the rest hides it: ProcessorTimeIT tells them apart.
            double share = computed.toMillis() / 1e3 / (seconds * Hardware.processors());
            double recorded =
                    runs.stream().mapToDouble(MeasuredRun::otherLoad).average().orElseThrow();
            assertThat(recorded).isBetween(share / 2, 1.0);
        } finally {
            other.destroyForcibly();
        }
    }

    private static void checkParts(List<MeasuredRun> runs) {
        List<MeasuredRun> baseline =
                runs.stream().filter(MeasuredRun::isBaseline).toList();
        assertThat(baseline).hasSize(9).allMatch(run -> run.coreSeconds().computeSeconds() == run.seconds());
        List<MeasuredRun> known =
                runs.stream().filter(run -> run.coreSeconds().isKnown()).toList();
        // Of 3 invocations with 1 + 2 iterations on one executor and 2 + 2 on two.
        assertThat(known).hasSizeGreaterThan(18 / 2);
        for (MeasuredRun run : known) {
            CoreSeconds parts = run.coreSeconds();
            double all = run.coresSeen() * run.seconds();
            assertThat(parts.total()).isCloseTo(all, within(0.02 * all));
            // One sleep of 1 s and seven of 0.02, which are 50 to 1 but for what else a task takes.
            assertThat(parts.computeSeconds()).isGreaterThan(1);
            assertThat(run.straggle()).isGreaterThan(2);
        }
    }

    private static void checkLimit(List<Limit> limits) {
        Limit two = limits.get(1);
        assertThat(two.cause()).isEqualTo(Cause.IDLE_CORES);
        // One core sleeps for 1 s, the other for 7 · 0.02 s and waits for the rest: at best 0.86 of 2 core-seconds.
        assertThat(two.coreSeconds(Part.IDLE_CORES).value()).isGreaterThan(0.5);
    }
}
