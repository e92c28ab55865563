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
    void partsAreContiguousAndBalancedForAnyNumberOfParts() {
        for (int blocks = 1; blocks <= 60; blocks++) {
            Work work = new Work(STREAMS, blocks, 1);
            for (int parts = 1; parts <= 150; parts++) {
                assertThat(work.firstBlock(0, parts)).isZero();
                assertThat(work.firstBlock(parts, parts)).isEqualTo(blocks);
                for (int part = 0; part < parts; part++) {
                    long size = work.firstBlock(part + 1, parts) - work.firstBlock(part, parts);
                    // ⌊blocks/parts⌋ or ⌈blocks/parts⌉: 0 or 1 when there are more parts than blocks.
                    assertThat(size).isBetween((long) (blocks / parts), (long) ((blocks + parts - 1) / parts));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775807, 1", "9223372036854775807, 3", "9223372036854775807, 1000", "5, 1000000007"})
    void partsOfVeryManyBlocksAreBalancedToo(long trials, long trialsPerBlock) {
        Work work = new Work(STREAMS, trials, trialsPerBlock);
        for (int parts : new int[] {1, 2, 3, 1000, 65_537, Integer.MAX_VALUE - 1, Integer.MAX_VALUE}) {
            assertThat(work.firstBlock(0, parts)).isZero();
            assertThat(work.firstBlock(parts, parts)).isEqualTo(work.blocks());
            for (int part : new int[] {0, 1, parts / 2, parts - 1}) {
                if (part < parts) {
                    long size = work.firstBlock(part + 1, parts) - work.firstBlock(part, parts);
                    assertThat(size - work.blocks() / parts).isBetween(0L, 1L);
                }
            }
        }
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
