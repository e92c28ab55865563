package org.sparkberry.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.estimate.Table;
import org.sparkberry.model.Course;
import org.sparkberry.model.Observation;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Clock;

class SimulationTest {
    private static final Rod ROD = new Rod(18, 99, false);

    @TempDir
    Path folder;

    private final List<String> snapshots = new ArrayList<>();
    private final List<Long> steps = new ArrayList<>();
    private Consumer<Long> afterStep = step -> {};
    private double time;

    @Test
    void theRodCoolsAsTheDifferenceEquationSays() {
        Course course = new SingleThread().simulate(ROD);

        // Steps 0 to 99 are a hundred; the mode's decay is exact but for rounding.
        for (int point = 0; point < ROD.points(); point++) {
            assertThat(course.states().get(point / 4)[point % 4]).isCloseTo(ROD.after(point, 100), within(1e-14));
        }
        assertThat(course.series("heat"))
                .extracting(Observation::step)
                .containsExactly(0L, 10L, 20L, 30L, 40L, 50L, 60L, 70L, 80L, 90L);
        assertThat(course.series("cold")).isEmpty();
    }

    @Test
    void aRunThatStopsGoesOnFromItsLastSnapshotWithTheSameBits() {
        afterStep = step -> {
            if (step == 50) {
                throw new IllegalStateException("the power is gone");
            }
        };
        assertThatThrownBy(() -> rounds(60).simulate(ROD)).hasMessage("the power is gone");
        assertThat(snapshots).containsExactly("snapshot-0", "snapshot-20", "snapshot-40");
        afterStep = step -> {};
        steps.clear();
        snapshots.clear();

        Course course = rounds(60).simulate(ROD);

        // It was told that 41 of 100 steps (0 to 40) are done, then of each further one.
        assertThat(steps).hasSize(60).startsWith(41L, 42L).endsWith(100L);
        assertThat(snapshots).containsExactly("snapshot-60", "snapshot-80");
        assertSame(course, new SingleThread().simulate(ROD));
    }

    @Test
    void checkpointsAlsoComeAfterATime() {
        afterStep = step -> {
            time += 1;
            if (step == 57) {
                throw new IllegalStateException("the power is gone");
            }
        };
        assertThatThrownBy(() -> rounds(5).simulate(ROD)).hasMessage("the power is gone");
        afterStep = step -> {};
        steps.clear();

        assertSame(rounds(5).simulate(ROD), new SingleThread().simulate(ROD));
        // Five seconds of a step each after the snapshot at step 40, and again: after steps 45, 50, 55.
        assertThat(steps.get(0)).isEqualTo(56);
    }

    @Test
    void aCheckpointOfAnotherSimulationIsRefused() {
        rounds(60).simulate(ROD);
        assertThatThrownBy(() -> rounds(60).simulate(new Rod(19, 99, false)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("computes other bits now");
    }

    private static void assertSame(Course one, Course other) {
        assertThat(Arrays.deepEquals(
                        one.states().toArray(double[][]::new), other.states().toArray(double[][]::new)))
                .isTrue();
        assertThat(one.observations()).usingRecursiveComparison().isEqualTo(other.observations());
    }

    private Rounds rounds(double checkpointSeconds) {
        return new Rounds(
                new InThread("pi1"),
                new Rounds.Settings(
                        Optional.empty(), false, Double.POSITIVE_INFINITY, OptionalInt.empty(), 0, checkpointSeconds),
                CheckpointFolder.at(folder.toString(), Map.of()),
                CheckpointHeader.of("rod", Map.of(), Map.of()),
                new Recorder(),
                clock());
    }

    private Clock clock() {
        return RoundsTest.clock(() -> time);
    }

    private final class Recorder implements Rounds.Observer {
        @Override
        public void progress(long done, long all) {
            assertThat(all).isEqualTo(100);
            steps.add(done);
            if (steps.size() > 1) {
                afterStep.accept(done - 1);
            }
        }

        @Override
        public void snapshot(Table table) {
            snapshots.add(table.name());
        }

        @Override
        public void round(Round round, double trialsNeeded, double secondsLeft) {
            throw new AssertionError("a simulation has no rounds");
        }

        @Override
        public void wrong(AuditReport.Wrong wrong) {
            throw new AssertionError("a simulation has no audit");
        }

        @Override
        public void resumable() {}

        @Override
        public void checkpointFailed(IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
