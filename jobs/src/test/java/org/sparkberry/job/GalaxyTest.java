package org.sparkberry.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.dataflow.SingleThread;
import org.sparkberry.dataflow.Tables;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Result;
import org.sparkberry.estimate.Table;
import org.sparkberry.record.BadInput;
import org.sparkberry.report.RunFigures;

final class GalaxyTest {
    private static final Galaxy JOB = new Galaxy();
    private static final String HEADER = "mass,x,y,z,vx,vy,vz\n";

    private static @Nullable SparkSession spark;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        spark = LocalSpark.start();
    }

    @AfterAll
    static void close() {
        Objects.requireNonNull(spark).stop();
    }

    @Test
    void aRunTellsItsDriftsAndItsBodies() {
        Result result = run(Map.of("bodies", "200", "steps", "40", "output", "10"));

        assertThat(result.trials()).isEqualTo(40);
        assertThat(result.estimates().stream().map(Estimate::name))
                .containsExactly(
                        "energy",
                        "energy.drift",
                        "energy.drift.max",
                        "momentum.drift",
                        "angular-momentum.drift",
                        "virial-ratio");
        assertThat(result.estimates().get(2).value()).isBetween(1e-12, 1e-2);
        assertThat(result.estimates().get(3).value()).isBetween(0.0, 1e-12);
        assertThat(result.tables().stream().map(Table::name)).containsExactly("settings", "drift", "density", "bodies");
        assertThat(result.tables().get(0).rows()).containsExactly(List.of(1.0, 0.15, 0.015, 200L));
        assertThat(result.estimates()).allMatch(Estimate::isExact);
        // Steps 0, 10, 20, 30, 40.
        assertThat(result.tables().get(1).rows()).hasSize(5);
        assertThat((double) result.tables().get(1).rows().get(4).get(1)).isCloseTo(40 * 0.015, within(1e-12));
        assertThat(result.tables().get(3).rows()).hasSize(200);
        assertThat(result.tables().get(3).rows().get(150).get(1)).isEqualTo(2L);
        // Twelve frames, and nobody has left the window yet.
        assertThat(result.tables().get(2).rows().stream()
                        .mapToLong(row -> (long) row.get(4))
                        .sum())
                .isEqualTo(12 * 200);
    }

    /** The figures are of tables and columns that it has. */
    @Test
    void itsFiguresAreDrawn() {
        RunFigures figures = RunFigures.write(folder, run(Map.of("bodies", "200", "steps", "40")), JOB.charts());

        assertThat(figures.failures()).isEmpty();
        assertThat(figures.files()).contains("frames.png", "energy-drift.png", "final.png");
    }

    /** Two bodies of mass 1 at a distance of 2 that go around each other: v² = Gm/4 = 1, energy 1 − 2 = −1. */
    @Test
    void aFileOfBodiesIsComputedWithItsConstantOfGravity() throws IOException {
        Path file = bodies("1,1,0,0,0,1,0\n1,-1,0,0,0,-1,0\n");
        Result result = run(Map.of("start", file.toString(), "dt", "0.01", "gravity", "4", "steps", "100"));

        assertThat(result.estimates().get(0).value()).isCloseTo(-1, within(1e-4));
        assertThat(Objects.requireNonNull(result.estimates().get(0).reference()))
                .isCloseTo(-1, within(1e-14));
        assertThat(result.estimates().get(5).value()).isCloseTo(1, within(1e-3));
        // After the time 1 both have turned by 1 radian.
        List<Object> first = result.tables().get(3).rows().get(0);
        assertThat((double) first.get(3)).isCloseTo(Math.cos(1), within(1e-4));
        assertThat((double) first.get(4)).isCloseTo(Math.sin(1), within(1e-4));
    }

    @Test
    void whatCannotBeComputedIsRefusedInOneLine() throws IOException {
        String good = "1,1,0,0,0,1,0\n";
        assertRefused("", ": has no bodies; at least 2 are needed, a row each");
        assertRefused(good, ": has 1 body; at least 2 are needed, a row each");
        assertRefused(good + "0,2,0,0,0,1,0\n", ", line 3: mass must be above 0, not 0");
        assertRefused(good + "-1,2,0,0,0,1,0\n", ", line 3: mass must be above 0, not -1");
        assertRefused(good + "1,NaN,0,0,0,1,0\n", ", line 3: x must be a number from -1e90 to 1e90, not NaN");
        assertRefused(
                good + "1,2,0,0,0,Infinity,0\n", ", line 3: vy must be a number from -1e90 to 1e90, not Infinity");
        assertRefused(
                good + good,
                ", line 3: is at the same place as the body of line 2, where attraction is infinite; move it, or set"
                        + " --softening above 0");
        assertRefused(Map.of("dt", "0"), "--dt: must be from 1.0E-100 to 1.0E100, not 0");
        assertRefused(Map.of("softening", "-1"), "--softening: must be from 0 to 1.0E100, not -1");
        assertRefused(Map.of("gravity", "2"), "--gravity: is 1 in the units of encounter; leave it out");
        assertRefused(
                Map.of("steps", "1e9", "output", "1"),
                "--output: every 1 of 1000000000 steps is more than 100000 times; set it higher");
        assertRefused(
                Map.of("steps", "1e6", "snapshot", "1"),
                "--snapshot: every 1 of 1000000 steps is more than 10000 files; set it higher");
        assertRefused(
                Map.of("start", "plumer"),
                "--start: must be plummer, encounter or a file of bodies (such as bodies.csv), not 'plumer'");
        Path file = bodies(good + "1,2,0,0,0,1,0\n");
        assertRefused(
                Map.of("start", file.toString(), "bodies", "20"),
                "--bodies: the file says how many there are; leave it out");
        assertRefused(
                Map.of("start", file.toString()),
                "--dt is missing: give the time of a step, in the units of the file, such as a thousandth of the"
                        + " shortest orbit");
    }

    /** Two bodies fall into each other, and meet in the same place after the first step. */
    @Test
    void anEnergyThatIsNoNumberEndsTheRun() throws IOException {
        Path file = bodies("1,1,0,0,-1,0,0\n1,-1,0,0,1,0,0\n");

        assertThatThrownBy(() -> run(
                        Map.of("start", file.toString(), "dt", "1", "gravity", "1e-90", "steps", "1", "output", "1")))
                .isInstanceOf(BadInput.class)
                .hasMessage("--dt: the energy is no number any more after step 1: bodies came too close for such"
                        + " steps; set --dt smaller, or --softening higher");
    }

    private Path bodies(String rows) throws IOException {
        return Files.writeString(folder.resolve("bodies.csv"), HEADER + rows);
    }

    private void assertRefused(String rows, String message) throws IOException {
        Path file = bodies(rows);
        assertRefused(Map.of("start", file.toString(), "dt", "0.1"), file + message);
    }

    private void assertRefused(Map<String, String> texts, String message) {
        assertThatThrownBy(() -> run(texts)).isInstanceOf(BadInput.class).hasMessage(message);
    }

    private Result run(Map<String, String> texts) {
        return JOB.prepare(
                        new Parameters(Jobs.options(JOB), new HashMap<>(texts)),
                        new Tables(() -> Objects.requireNonNull(spark), folder))
                .run(new SingleThread());
    }
}
