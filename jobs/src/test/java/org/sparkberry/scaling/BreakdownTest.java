package org.sparkberry.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkberry.record.CoreSeconds;
import org.sparkberry.record.MeasuredTask;

/** Expected values are worked out by hand, beside each case. */
class BreakdownTest {
    private static final Instant START = Instant.parse("2026-11-21T09:43:00Z");

    @Test
    void twoStagesWithAGapAStragglerGarbageCollectionAndAShuffle() {
        // 0 …1 driver, 1 … 4 stage 0, 4 … 5 driver, 5 … 9 stage 1, 9 … 10 driver: 3 s of the driver on 2 cores are 6.
        // The first executor works 3 + 4 s, the second 1 + 2 s: it is idle for 2 + 2 s.
        List<MeasuredTask> tasks = List.of(
                new Task("0", 1, 3)
                        .run(2.5)
                        .gc(0.2)
                        .deserialize(0.3)
                        .serialize(0.1)
                        .delay(0.1)
                        .measured(),
                new Task("1", 1, 1)
                        .run(0.9)
                        .write(0.1)
                        .deserialize(0.05)
                        .delay(0.05)
                        .measured(),
                new Task("0", 5, 4)
                        .run(3.8)
                        .wait(0.5)
                        .deserialize(0.1)
                        .delay(0.1)
                        .measured(),
                new Task("1", 5, 2).run(1.8).deserialize(0.1).fetch(0.1).measured());

        CoreSeconds parts = new Breakdown(START, 10, 2, 1).of(tasks);

        // (2.5 − 0.2) + (0.9 − 0.1) + (3.8 − 0.5) + 1.8
        assertThat(parts.computeSeconds()).isCloseTo(8.2, within(1e-9));
        assertThat(parts.gcSeconds()).isCloseTo(0.2, within(1e-9));
        // 0.3 + 0.05 + 0.1 + 0.1
        assertThat(parts.deserializeSeconds()).isCloseTo(0.55, within(1e-9));
        assertThat(parts.schedulerSeconds()).isCloseTo(0.25, within(1e-9));
        assertThat(parts.shuffleSeconds()).isCloseTo(0.6, within(1e-9));
        assertThat(parts.resultSeconds()).isCloseTo(0.2, within(1e-9));
        assertThat(parts.idleSeconds()).isCloseTo(4, within(1e-9));
        assertThat(parts.driverSeconds()).isCloseTo(6, within(1e-9));
        assertThat(parts.total()).isCloseTo(2 * 10, within(1e-9));
        // Durations 1, 2, 3, 4: longest 4, median 2.5.
        assertThat(Breakdown.straggle(tasks)).isCloseTo(1.6, within(1e-12));
    }

    @Test
    void theStragglersOfAnOddNumberOfTasksAreMeasuredAgainstTheMiddleOne() {
        List<MeasuredTask> tasks = List.of(busy("0", 0, 9), busy("0", 9, 2), busy("0", 11, 3));
        assertThat(Breakdown.straggle(tasks)).isEqualTo(3);
        assertThat(Breakdown.straggle(List.of())).isNaN();
        assertThat(Breakdown.straggle(List.of(busy("0", 0, 0), busy("0", 0, 0), busy("0", 0, 5))))
                .isNaN();
    }

    @Test
    void aTaskThatIsLaunchedBeforeTheLastOnesEndIsBookedTakesNoSecondCore() {
        // The driver books the first task's end 10 ms after the second was launched: of 50 + 20 ms of delay they are no
        // core's, and 60 are left. 1.95 + 1.98 + 0.06 = 3.99; 10 ms at the end are the driver's.
        CoreSeconds parts = new Breakdown(START, 4, 1, 1)
                .of(List.of(
                        new Task("0", 0, 2.01).run(1.96).delay(0.05).measured(),
                        new Task("0", 2, 1.99).run(1.97).delay(0.02).measured()));
        assertThat(parts.computeSeconds()).isCloseTo(3.93, within(1e-9));
        assertThat(parts.schedulerSeconds()).isCloseTo(0.06, within(1e-9));
        assertThat(parts.idleSeconds()).isCloseTo(0, within(1e-9));
        assertThat(parts.driverSeconds()).isCloseTo(0.01, within(1e-9));
        assertThat(parts.total()).isCloseTo(4, within(1e-9));
    }

    @Test
    void anIdleCoreIsIdleThoughAnotherExecutorsTasksOverlap() {
        // The second executor works for 1 of 4 s. The first one's overlap of 10 ms is none of its own time.
        CoreSeconds parts = new Breakdown(START, 4, 2, 1)
                .of(List.of(new Task("0", 0, 2.01).run(1.96).delay(0.05).measured(), busy("0", 2, 2), busy("1", 0, 1)));
        assertThat(parts.idleSeconds()).isCloseTo(3, within(1e-9));
    }

    @Test
    void garbageCollectionStopsEveryTaskOfItsExecutor() {
        // One collection of 0.3 s in an executor of two cores costs 0.6 core-seconds: both tasks report it.
        CoreSeconds parts = new Breakdown(START, 2, 2, 2)
                .of(List.of(
                        new Task("0", 0, 2).run(2).gc(0.3).measured(),
                        new Task("0", 0, 2).run(2).gc(0.3).measured()));
        assertThat(parts.gcSeconds()).isCloseTo(0.6, within(1e-9));
        assertThat(parts.computeSeconds()).isCloseTo(3.4, within(1e-9));
    }

    @Test
    void anExecutorWithoutATaskIsIdle() {
        assertThat(new Breakdown(START, 5, 3, 1).of(List.of(busy("0", 0, 5))).idleSeconds())
                .isCloseTo(10, within(1e-9));
    }

    @Test
    void withoutATaskAllTimeIsTheDrivers() {
        assertThat(new Breakdown(START, 5, 2, 1).of(List.of()).driverSeconds()).isEqualTo(10);
    }

    @Test
    void whatIsOutsideOfTheIterationIsClipped() {
        // Whole milliseconds: a task may seem to begin 0.7 ms before the iteration that launched it.
        CoreSeconds parts = new Breakdown(START.plusNanos(700_000), 2, 1, 1).of(List.of(busy("0", 0, 2)));
        assertThat(parts.driverSeconds()).isCloseTo(0.0007, within(1e-9));
        assertThat(parts.isKnown()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10.19, true", "10.21, false", "9.81, true"})
    void partsThatMissCoresTimesWallByMoreThanTwoPercentAreUnknown(double runSeconds, boolean known) {
        // A task of 10 s in an iteration of 10 s. A run time above its duration makes the parts too large; one below it
        // is delay.
        MeasuredTask task = new Task("0", 0, 10)
                .run(runSeconds)
                .delay(Math.max(0, 10 - runSeconds))
                .measured();
        CoreSeconds parts = new Breakdown(START, 10, 1, 1).of(List.of(task));
        assertThat(parts.isKnown()).isEqualTo(known);
        assertThat(parts.equals(CoreSeconds.UNKNOWN)).isEqualTo(!known);
    }

    @Test
    void tasksOnMoreCoresThanThereAreMakeThePartsUnknown() {
        assertThat(new Breakdown(START, 4, 1, 1).of(List.of(busy("0", 0, 4), busy("0", 0, 4))))
                .isEqualTo(CoreSeconds.UNKNOWN);
        assertThat(new Breakdown(START, 4, 1, 1).of(List.of(busy("0", 0, 4), busy("1", 0, 4))))
                .isEqualTo(CoreSeconds.UNKNOWN);
    }

    @Test
    void tasksBeforeOrAfterTheIterationMakeThePartsUnknown() {
        assertThat(new Breakdown(START, 4, 1, 1).of(List.of(busy("0", -1, 4)))).isEqualTo(CoreSeconds.UNKNOWN);
        assertThat(new Breakdown(START, 4, 1, 1).of(List.of(busy("0", 3, 4)))).isEqualTo(CoreSeconds.UNKNOWN);
    }

    @Test
    void aTaskWithoutMetricsMakesThePartsUnknown() {
        assertThat(new Breakdown(START, 4, 1, 1)
                        .of(List.of(new Task("0", 0, 4).run(Double.NaN).measured())))
                .isEqualTo(CoreSeconds.UNKNOWN);
    }

    /** A task that only computes. */
    private static MeasuredTask busy(String executor, double from, double seconds) {
        return new Task(executor, from, seconds).run(seconds).measured();
    }

    /** A task, told by what is not 0. */
    private static final class Task {
        private final String executor;
        private final double from;
        private final double duration;
        private double run;
        private double gc;
        private double deserialize;
        private double serialize;
        private double fetch;
        private double delay;
        private double wait;
        private double write;

        Task(String executor, double from, double duration) {
            this.executor = executor;
            this.from = from;
            this.duration = duration;
        }

        Task run(double seconds) {
            run = seconds;
            return this;
        }

        Task gc(double seconds) {
            gc = seconds;
            return this;
        }

        Task deserialize(double seconds) {
            deserialize = seconds;
            return this;
        }

        Task serialize(double seconds) {
            serialize = seconds;
            return this;
        }

        Task fetch(double seconds) {
            fetch = seconds;
            return this;
        }

        Task delay(double seconds) {
            delay = seconds;
            return this;
        }

        Task wait(double seconds) {
            wait = seconds;
            return this;
        }

        Task write(double seconds) {
            write = seconds;
            return this;
        }

        MeasuredTask measured() {
            return new MeasuredTask(
                    1,
                    1,
                    0,
                    0,
                    0,
                    executor,
                    "pi3",
                    START.toEpochMilli() + Math.round(from * 1000),
                    duration,
                    run,
                    deserialize,
                    gc,
                    serialize,
                    fetch,
                    delay,
                    wait,
                    write,
                    1000,
                    false,
                    false);
        }
    }
}
