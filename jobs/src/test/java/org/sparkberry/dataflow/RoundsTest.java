package org.sparkberry.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.estimate.Proportion;
import org.sparkberry.estimate.Result;
import org.sparkberry.estimate.Table;
import org.sparkberry.model.Block;
import org.sparkberry.model.Darts;
import org.sparkberry.model.Model;
import org.sparkberry.model.Work;
import org.sparkberry.random.Streams;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Clock;

class RoundsTest {
    private static final Streams STREAMS = new Streams(1, "test");
    private static final int BLOCK = 1000;
    private static final Work ENDLESS = new Work(STREAMS, 1_000_000_000_000L, BLOCK);

    @TempDir
    Path folder;

    private final List<Round> told = new ArrayList<>();
    private final List<Double> neededTold = new ArrayList<>();
    private final List<Double> secondsTold = new ArrayList<>();
    private int failures;
    private double time;

    @BeforeEach
    void nothingIsLeftOfAnotherTest() {
        TickingDarts.dartsLeft = Long.MAX_VALUE;
    }

    @Test
    void withoutAPrecisionAllTheWorkIsDoneAtOnce() {
        Work work = new Work(STREAMS, 12_345, BLOCK);
        Rounds rounds = rounds(Optional.empty(), false, Double.POSITIVE_INFINITY);
        Result result = rounds.sample(new Darts(), work, RoundsTest::result);

        assertThat(result.digest()).isEqualTo(alone(12_345).digest());
        assertThat(rounds.end()).isEqualTo(Rounds.End.COMPLETED);
        assertThat(rounds.rounds()).isEmpty();
    }

    @Test
    void roundsGoOnUntilTheErrorIsSmallEnough() {
        // The share π/4 has standard error √(π/4·(1 − π/4)/n) = 0.4105/√n: 1e-3 takes 168,548 trials, and 2 % more.
        Rounds rounds = rounds(absolute(1e-3), false, Double.POSITIVE_INFINITY);
        Result result = rounds.sample(new Darts(), ENDLESS, RoundsTest::result);

        assertThat(rounds.end()).isEqualTo(Rounds.End.COMPLETED);
        assertThat(rounds.rounds()).hasSize(2).isEqualTo(told);
        assertThat(rounds.rounds().get(0).trials()).isEqualTo(64_000);
        assertThat(neededTold.get(0)).isCloseTo(168_548 * 1.02, within(2_000.0));
        assertThat(result.trials()).isBetween(168_000L, 176_000L);
        assertThat(result.estimates().get(0).standardError()).isLessThanOrEqualTo(1e-3);
        // The answer is that of so many trials made at once.
        assertThat(result.digest()).isEqualTo(alone(result.trials()).digest());
    }

    @Test
    void theRoundsDoNotDependOnTheLayoutNorOnTime() {
        List<Round> one = roundsOf(new InThread("pi1"), 1);
        time += 1e6;
        assertThat(roundsOf(new InThread("pi1", "pi2", "pi3"), 7))
                .isEqualTo(one)
                .hasSizeGreaterThan(1);
    }

    private List<Round> roundsOf(InThread backend, int partitions) {
        Rounds rounds = new Rounds(
                backend,
                new Rounds.Settings(absolute(4e-4), false, Double.POSITIVE_INFINITY, OptionalInt.of(partitions), 0, 60),
                CheckpointFolder.at(folder.resolve("layout" + partitions).toString(), Map.of()),
                CheckpointHeader.of("test", Map.of(), Map.of()),
                observer(),
                clock());
        rounds.sample(new Darts(), ENDLESS, RoundsTest::result);
        return rounds.rounds();
    }

    @Test
    void aBudgetOfTrialsEndsItWhereItIs() {
        Rounds rounds = rounds(absolute(1e-3), true, Double.POSITIVE_INFINITY);
        Result result = rounds.sample(new Darts(), new Work(STREAMS, 100_500, BLOCK), RoundsTest::result);

        assertThat(rounds.end()).isEqualTo(Rounds.End.TRIALS);
        assertThat(result.digest()).isEqualTo(alone(100_500).digest());
    }

    @Test
    void aPrecisionThatNobodyCanReachIsGivenUpAfterTheFirstRound() {
        Rounds rounds = rounds(absolute(1e-9), false, Double.POSITIVE_INFINITY);
        Result result = rounds.sample(new Darts(), ENDLESS, RoundsTest::result);

        assertThat(rounds.end()).isEqualTo(Rounds.End.TOO_MANY);
        assertThat(result.digest()).isEqualTo(alone(64_000).digest());
    }

    @Test
    void anErrorThatDoesNotFallEndsIt() {
        // As of a value that is counted in bins: 0.01, whatever the trials.
        Function<Proportion, Result> binned = hits -> new Result(
                hits.trials(),
                List.of(new org.sparkberry.estimate.Estimate("binned", 1, 0.01, 0.98, 1.02, 0.017, null)),
                List.of());
        Rounds rounds = rounds(absolute(1e-3), false, Double.POSITIVE_INFINITY);
        rounds.sample(new Darts(), ENDLESS, binned);

        assertThat(rounds.end()).isEqualTo(Rounds.End.NO_GAIN);
        assertThat(rounds.rounds()).hasSize(2);
    }

    @Test
    void noRoundBeginsThatWouldEndTooLate() {
        // A thousand trials a second: the first round takes 64 s, the second 32 s more, the third 48, the fourth 72.
        Rounds rounds = rounds(absolute(1e-4), false, 200);
        Result result = rounds.sample(new TickingDarts(() -> time += 1), ENDLESS, RoundsTest::result);

        assertThat(rounds.end()).isEqualTo(Rounds.End.TIME);
        assertThat(rounds.rounds()).extracting(Round::trials).containsExactly(64_000L, 96_000L, 144_000L);
        assertThat(time).isLessThan(200);
        assertThat(result.digest()).isEqualTo(alone(144_000).digest());
    }

    @Test
    void theTimeThatIsLeftIsForetoldFromTheRate() {
        rounds(absolute(1e-3), false, Double.POSITIVE_INFINITY)
                .sample(new TickingDarts(() -> time += 1), ENDLESS, RoundsTest::result);

        // 64 blocks of a second each are done, of those needed.
        assertThat(secondsTold.get(0)).isCloseTo(neededTold.get(0) / BLOCK - 64, within(1.0));
    }

    @Test
    void anUnknownTargetIsRefusedWithTheNamesThereAre() {
        Rounds rounds =
                rounds(Optional.of(new Precision(1, false, Optional.of("pie"))), false, Double.POSITIVE_INFINITY);
        assertThatThrownBy(() -> rounds.sample(new Darts(), ENDLESS, RoundsTest::result))
                .isInstanceOf(BadInput.class)
                .hasMessage("--target: this job has no estimate 'pie'; it has pi");
    }

    @Test
    void whereverItIsStoppedItGoesOnToTheSameBits() throws IOException {
        Result undisturbed = rounds(absolute(4e-4), false, Double.POSITIVE_INFINITY)
                .sample(new Darts(), ENDLESS, RoundsTest::result);
        List<Round> expected = List.copyOf(told);
        for (int stop = 1; stop <= 1_000; stop += 111) {
            Path run = folder.resolve("stopped" + stop);
            TickingDarts.dartsLeft = (long) stop * BLOCK;
            assertThatThrownBy(
                            () -> stoppable(run).sample(new TickingDarts(() -> time += 1), ENDLESS, RoundsTest::result))
                    .isInstanceOf(Stopped.class);
            TickingDarts.dartsLeft = Long.MAX_VALUE;
            Rounds resumed = stoppable(run);
            Result result = resumed.sample(new TickingDarts(() -> time += 1), ENDLESS, RoundsTest::result);

            assertThat(result.digest()).as("stopped at block " + stop).isEqualTo(undisturbed.digest());
            assertThat(resumed.rounds()).isEqualTo(expected);
        }
    }

    @Test
    void whatIsDoneIsNotDoneAgain() {
        Path run = folder.resolve("run");
        TickingDarts.dartsLeft = 500L * BLOCK;
        assertThatThrownBy(() -> stoppable(run).sample(new TickingDarts(() -> time += 1), ENDLESS, RoundsTest::result))
                .isInstanceOf(Stopped.class);
        TickingDarts.dartsLeft = Long.MAX_VALUE;
        InThread backend = new InThread("pi1", "pi2");
        Rounds resumed = stoppable(run, backend);
        Result result = resumed.sample(new TickingDarts(() -> time += 1), ENDLESS, RoundsTest::result);

        // A checkpoint every 50 blocks, a task of ten that was under way, and the first block.
        assertThat(backend.computed()).isBetween(result.trials() / BLOCK - 500, result.trials() / BLOCK - 430);
    }

    @Test
    void theTimeBeforeCountsToo() {
        Path run = folder.resolve("run");
        TickingDarts.dartsLeft = 500L * BLOCK;
        assertThatThrownBy(() -> stoppable(run).sample(new TickingDarts(() -> time += 1), ENDLESS, RoundsTest::result))
                .isInstanceOf(Stopped.class);
        TickingDarts.dartsLeft = Long.MAX_VALUE;
        Rounds resumed = stoppable(run);
        Result result = resumed.sample(new TickingDarts(() -> time += 1), ENDLESS, RoundsTest::result);

        // A second for each block, and some for the first one, which tells whether the job is still the same.
        assertThat(resumed.computeSeconds()).isCloseTo(result.trials() / 1000.0, within(60.0));
    }

    @Test
    void aJobThatComputesOtherBitsThanBeforeIsRefused() {
        Path run = folder.resolve("run");
        TickingDarts.dartsLeft = 500L * BLOCK;
        assertThatThrownBy(() -> stoppable(run).sample(new TickingDarts(() -> time += 1), ENDLESS, RoundsTest::result))
                .isInstanceOf(Stopped.class);
        Work otherSeed = new Work(new Streams(2, "test"), ENDLESS.trials(), BLOCK);
        assertThatThrownBy(() -> stoppable(run).sample(new Darts(), otherSeed, RoundsTest::result))
                .isInstanceOf(BadInput.class)
                .hasMessage(run + ": test computes other bits now than when this checkpoint was written: its code or"
                        + " its input data have changed; start the run anew");
    }

    @Test
    void aCheckpointThatCannotBeWrittenStopsNothingAndTheLastGoodOneStays() throws IOException {
        Path run = folder.resolve("run");
        boolean[] isFull = new boolean[1];
        TickingDarts.dartsLeft = 5_000L * BLOCK;
        Rounds rounds = new Rounds(
                new InThread("pi1"),
                settings(absolute(4e-4), false, Double.POSITIVE_INFINITY, 10),
                CheckpointFolder.at(run.toString(), Map.of()),
                CheckpointHeader.of("test", Map.of(), Map.of()),
                observer(),
                clock());
        Result result = rounds.sample(
                new TickingDarts(() -> {
                    time += 1;
                    if (!isFull[0] && time > 300) {
                        isFull[0] = true;
                        blockNextCheckpoints(run);
                    }
                }),
                ENDLESS,
                RoundsTest::result);

        assertThat(failures).isPositive();
        assertThat(result.digest()).isEqualTo(alone(result.trials()).digest());
        assertThat(CheckpointFolder.at(run.toString(), Map.of()).newest()).isPresent();
    }

    @Test
    void anAuditedRunGivesTheSameBits() {
        Rounds rounds = new Rounds(
                new InThread("pi1", "pi2"),
                new Rounds.Settings(absolute(4e-4), false, Double.POSITIVE_INFINITY, OptionalInt.empty(), 0.1, 60),
                CheckpointFolder.at(folder.resolve("audited").toString(), Map.of()),
                CheckpointHeader.of("test", Map.of(), Map.of()),
                observer(),
                clock());
        Result result = rounds.sample(new Darts(), ENDLESS, RoundsTest::result);

        assertThat(result.digest()).isEqualTo(alone(result.trials()).digest());
        assertThat(rounds.audit().orElseThrow().blocks())
                .isEqualTo(rounds.audit().orElseThrow().elsewhere())
                .isPositive();
    }

    /** Directories of the names that the next files would have. */
    private static void blockNextCheckpoints(Path run) {
        try {
            for (int i = 1; i < 500; i++) {
                Path beside = run.resolve(String.format(".checkpoint-%09d.partial", i));
                Files.createDirectories(beside.resolve("full"));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Rounds stoppable(Path run) {
        return stoppable(run, new InThread("pi1", "pi2"));
    }

    private Rounds stoppable(Path run, InThread backend) {
        return new Rounds(
                backend,
                new Rounds.Settings(absolute(4e-4), false, Double.POSITIVE_INFINITY, OptionalInt.of(100), 0, 50),
                CheckpointFolder.at(run.toString(), Map.of()),
                CheckpointHeader.of("test", Map.of(), Map.of()),
                observer(),
                clock());
    }

    private Rounds rounds(Optional<Precision> precision, boolean hasBudget, double maxSeconds) {
        return new Rounds(
                new InThread("pi1", "pi2"),
                settings(precision, hasBudget, maxSeconds, 60),
                CheckpointFolder.at(folder.resolve("run").toString(), Map.of()),
                CheckpointHeader.of("test", Map.of(), Map.of()),
                observer(),
                clock());
    }

    private static Rounds.Settings settings(
            Optional<Precision> precision, boolean hasBudget, double maxSeconds, double checkpointSeconds) {
        return new Rounds.Settings(precision, hasBudget, maxSeconds, OptionalInt.empty(), 0, checkpointSeconds);
    }

    private static Optional<Precision> absolute(double error) {
        return Optional.of(new Precision(error, false, Optional.empty()));
    }

    private static Result result(Proportion hits) {
        return new Result(hits.trials(), List.of(hits.estimate("pi")), List.of());
    }

    private static Result alone(long trials) {
        return result(new SingleThread().estimate(new Darts(), new Work(STREAMS, trials, BLOCK)));
    }

    private Clock clock() {
        return clock(() -> time);
    }

    /** A clock of a test's own time. */
    static Clock clock(DoubleSupplier seconds) {
        return new Clock() {
            @Override
            public Instant now() {
                return Instant.EPOCH;
            }

            @Override
            public long nanos() {
                // Never 0, as with a machine's clock.
                return 1 + (long) (seconds.getAsDouble() * 1e9);
            }
        };
    }

    private Rounds.Observer observer() {
        return new Rounds.Observer() {
            @Override
            public void progress(long doneBlocks, long blocks) {
                assertThat(doneBlocks).isLessThanOrEqualTo(blocks);
            }

            @Override
            public void round(Round round, double trialsNeeded, double secondsLeft) {
                told.add(round);
                neededTold.add(trialsNeeded);
                secondsTold.add(secondsLeft);
            }

            @Override
            public void wrong(AuditReport.Wrong wrong) {
                throw new AssertionError(wrong);
            }

            @Override
            public void resumable() {}

            @Override
            public void snapshot(Table table) {}

            @Override
            public void checkpointFailed(IOException failure) {
                failures++;
            }
        };
    }

    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Darts that take time, and stop after so many as if the power had failed. */
    private static final class TickingDarts implements Model<Proportion> {
        private static final long serialVersionUID = 1;

        static long dartsLeft = Long.MAX_VALUE;
        private final transient Runnable tick;

        TickingDarts(Runnable tick) {
            this.tick = tick;
        }

        @Override
        public Proportion estimator() {
            return new Proportion();
        }

        @Override
        public void compute(Block block, Proportion proportion) {
            dartsLeft -= block.trials();
            if (dartsLeft < 0) {
                throw new Stopped();
            }
            tick.run();
            new Darts().compute(block, proportion);
        }
    }
}
