package org.sparkberry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkberry.random.Streams;

class WorkTest {
    private static final Streams STREAMS = new Streams(1, "any");

    @Test
    void theBlocksCoverAllTrialsExactlyOnce() {
        for (int trials = 1; trials <= 80; trials++) {
            for (int trialsPerBlock = 1; trialsPerBlock <= 85; trialsPerBlock++) {
                Work work = new Work(STREAMS, trials, trialsPerBlock);
                long covered = 0;
                for (long number = 0; number < work.blocks(); number++) {
                    Block block = work.block(number);
                    assertThat(block.firstTrial()).isEqualTo(covered);
                    assertThat(block.trials()).isBetween(1L, (long) trialsPerBlock);
                    if (number < work.blocks() - 1) {
                        assertThat(block.trials()).isEqualTo(trialsPerBlock);
                    }
                    covered += block.trials();
                }
                assertThat(covered).isEqualTo(trials);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 1",
        "9223372036854775807, 2",
        "9223372036854775807, 1000003",
        "9223372036854775807, 4611686018427387904",
        "9223372036854775807, 9223372036854775806",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775806, 9223372036854775807",
        "1000000007, 1000000",
        "1, 9223372036854775807"
    })
    void theLastBlockEndsWithTheLastTrialHoweverManyThereAre(long trials, long trialsPerBlock) {
        Work work = new Work(STREAMS, trials, trialsPerBlock);
        // ⌈trials/trialsPerBlock⌉ in whole numbers without an end.
        BigInteger[] division = BigInteger.valueOf(trials).divideAndRemainder(BigInteger.valueOf(trialsPerBlock));
        long expected = division[0].longValueExact() + division[1].signum();
        assertThat(work.blocks()).isEqualTo(expected);

        Block last = work.block(expected - 1);
        assertThat(last.number()).isEqualTo(expected - 1);
        assertThat(last.trials()).isEqualTo(division[1].signum() == 0 ? trialsPerBlock : division[1].longValueExact());
        assertThat(Math.addExact(last.firstTrial(), last.trials())).isEqualTo(trials);
        assertThat(work.block(0).firstTrial()).isZero();
        assertThat(work.block(0).trials()).isEqualTo(Math.min(trials, trialsPerBlock));
    }

    @Test
    void trialsAreDealtOutToLanesInTurn() {
        for (int trials = 1; trials <= 100; trials++) {
            Block block = new Block(STREAMS, 0, 0, trials);
            for (int lanes = 1; lanes <= 9; lanes++) {
                int lanesInAll = lanes;
                for (int lane = 0; lane < lanes; lane++) {
                    // Trial i goes to lane i modulo lanes.
                    int ofThisLane = lane;
                    assertThat(block.trialsOfLane(lane, lanes))
                            .isEqualTo(IntStream.range(0, trials)
                                    .filter(i -> i % lanesInAll == ofThisLane)
                                    .count());
                }
            }
        }
    }

    @Test
    void theLanesOfTheLongestBlockHoldAllItsTrials() {
        Block block = new Block(STREAMS, 0, 0, Long.MAX_VALUE);

        assertThat(IntStream.range(0, 8)
                        .mapToLong(lane -> block.trialsOfLane(lane, 8))
                        .sum())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesToHaveNothingToDo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Work(STREAMS, 0, 1))
                .withMessage("trials must be at least 1: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Work(STREAMS, 1, 0))
                .withMessage("trialsPerBlock must be at least 1: 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Work(STREAMS, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Work(STREAMS, 1, -1));
    }
}
