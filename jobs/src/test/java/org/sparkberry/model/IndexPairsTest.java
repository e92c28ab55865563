package org.sparkberry.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkberry.random.Streams;

final class IndexPairsTest {
    /** Expected: the generator of Commons RNG, and Python's {@code h * bound >> 32} written with a division. */
    @ParameterizedTest
    @MethodSource("kernels")
    void aPairIsMadeOfTheHalvesOfADraw(IndexPairsKernel kernel) {
        Streams streams = new Streams(5, "pairs");
        for (int bound : new int[] {1, 2, 3, 1859, (1 << 20) - 1, 1 << 20}) {
            long[] states = streams.states(bound, 8);
            long[] pairs = new long[8 * 301];
            kernel.fill(states, bound, 300, pairs);
            kernel.fill(states, bound, 1, pairs);
            for (int lane = 0; lane < 8; lane++) {
                UniformRandomProvider draws = RandomSource.XO_SHI_RO_256_PP.create(streams.state(bound, lane));
                for (int step = 0; step < 300; step++) {
                    draws.nextLong();
                }
                long last = draws.nextLong();
                assertThat(pairs[lane] & 0xFFFFFFFFL).isEqualTo(Math.floorDiv((last >>> 32) * bound, 1L << 32));
                assertThat(pairs[lane] >>> 32).isEqualTo(Math.floorDiv((last & 0xFFFFFFFFL) * bound, 1L << 32));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void everyKernelGivesTheBitsOfTheOthers(IndexPairsKernel kernel) {
        Random random = new Random(1);
        for (int bound : new int[] {1, 7, 1859, 1 << 20}) {
            for (int steps : new int[] {0, 1, 2, 255, 1000}) {
                long[] states = random.longs(32).toArray();
                long[] expectedStates = states.clone();
                long[] pairs = new long[8 * steps + 1];
                long[] expected = pairs.clone();
                new IndexPairsScalar().fill(expectedStates, bound, steps, expected);
                kernel.fill(states, bound, steps, pairs);

                assertThat(pairs).isEqualTo(expected);
                assertThat(states).isEqualTo(expectedStates);
            }
        }
    }

    /** States of xoshiro256++ of which the next draw is all ones, or zero. */
    @ParameterizedTest
    @MethodSource("kernels")
    void theExtremesOfADrawAreTheFirstAndTheLastIndex(IndexPairsKernel kernel) {
        for (int bound : new int[] {1, 1859, 1 << 20}) {
            long[] states = new long[32];
            states[3 * 8 + 2] = -1;
            long[] pairs = new long[8];
            kernel.fill(states, bound, 1, pairs);

            assertThat(pairs).containsExactly(0, 0, (bound - 1L) << 32 | (bound - 1), 0, 0, 0, 0, 0);
        }
    }

    private static List<IndexPairsKernel> kernels() {
        return List.of(new IndexPairsScalar(), new IndexPairsSimd());
    }
}
