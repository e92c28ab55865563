package org.sparkberry.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStreamTest {
    /** xoshiro256++ draws rotl(s0 + s3, 23) + s0: all ones from s0 = 0, s3 = −1. */
    private static final long[] NEXT_DRAW_ALL_ONES = {0, 1, 2, -1};

    private static final long[] NEXT_DRAW_ZERO = {0, 1, 2, 0};

    @Test
    void givesTheReferenceSequenceOfItsAuthors() {
        // Printed by Blackman and Vigna's xoshiro256plusplus.c from the state 1, 2, 3, 4; the same ten numbers are in
        // the tests of Rust's rand_xoshiro.
        long[] expected = {
            41943041L,
            58720359L,
            3588806011781223L,
            3591011842654386L,
            Long.parseUnsignedLong("9228616714210784205"),
            Long.parseUnsignedLong("9973669472204895162"),
            Long.parseUnsignedLong("14011001112246962877"),
            Long.parseUnsignedLong("12406186145184390807"),
            Long.parseUnsignedLong("15849039046786891736"),
            Long.parseUnsignedLong("10450023813501588000")
        };
        RandomStream stream = new RandomStream(new long[] {1, 2, 3, 4});

        assertThat(LongStream.generate(stream::nextLong).limit(10).toArray()).isEqualTo(expected);
    }

    @Test
    void agreesWithCommonsRng() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 500; i++) {
            long[] state = random.longs(4).toArray();
            RandomStream stream = new RandomStream(state);
            UniformRandomProvider commons = RandomSource.XO_SHI_RO_256_PP.create(state);
            for (int draw = 0; draw < 50; draw++) {
                assertThat(stream.nextLong())
                        .as("draw %d from the state %s", draw, Arrays.toString(state))
                        .isEqualTo(commons.nextLong());
            }
        }
    }

    @Test
    void aDoubleIsTheUpper53BitsOfADraw() {
        long[] state = {1, 2, 3, 4};
        RandomStream doubles = new RandomStream(state);
        UniformRandomProvider commons = RandomSource.XO_SHI_RO_256_PP.create(state);
        for (int i = 0; i < 10_000; i++) {
            long upper = commons.nextLong() >>> 11;
            // Exact in a double: a whole number below 2^53 times a power of two.
            assertThat(doubles.nextDouble()).isEqualTo(Math.scalb((double) upper, -53));
        }
    }

    @Test
    void doublesReachZeroButNotOne() {
        assertThat(new RandomStream(NEXT_DRAW_ZERO).nextDouble()).isEqualTo(0.0);
        assertThat(new RandomStream(NEXT_DRAW_ALL_ONES).nextDouble()).isEqualTo(Math.nextDown(1.0));
    }

    @Test
    void theLargestDrawGivesTheLargestIndexWhateverTheBound() {
        // floor(bound·(1 − 2^−53)) = bound − 1 for every int bound.
        for (int bound = 1; bound < 100_000; bound++) {
            assertLargestIndex(bound);
        }
        for (int exponent = 17; exponent < 31; exponent++) {
            for (int offset = -100; offset <= 100; offset++) {
                assertLargestIndex((1 << exponent) + offset);
            }
        }
        for (int bound = Integer.MAX_VALUE; bound > Integer.MAX_VALUE - 100_000; bound--) {
            assertLargestIndex(bound);
        }
        new SplittableRandom(3).ints(100_000, 1, Integer.MAX_VALUE).forEach(RandomStreamTest::assertLargestIndex);
    }

    private static void assertLargestIndex(int bound) {
        int index = new RandomStream(NEXT_DRAW_ALL_ONES).nextIndex(bound);
        if (index != bound - 1) {
            assertThat(index).as("of bound %d", bound).isEqualTo(bound - 1);
        }
    }

    @Test
    void anIndexIsTheWholePartOfBoundTimesTheDouble() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 20_000; i++) {
            long[] state = random.longs(4).toArray();
            int bound = random.nextInt(1, 1 << 20);
            long upper = RandomSource.XO_SHI_RO_256_PP.create(state).nextLong() >>> 11;
            // Bounds under 2^20 leave the product's rounding no say, but once in 2^33 draws.
            int expected = BigInteger.valueOf(upper)
                    .multiply(BigInteger.valueOf(bound))
                    .shiftRight(53)
                    .intValueExact();

            assertThat(new RandomStream(state).nextIndex(bound)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 10, 64, 1000})
    void indicesAreUniform(int bound) {
        int draws = 500_000;
        long[] counts = new long[bound];
        RandomStream stream = new Streams(bound, "indices").stream(0);
        for (int i = 0; i < draws; i++) {
            counts[stream.nextIndex(bound)]++;
        }
        double expected = (double) draws / bound;
        double chiSquared = Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        ChiSquaredDistribution distribution = ChiSquaredDistribution.of(bound - 1);

        // False alarm: 2·10^−6 for each bound: 1.2·10^−5 in all. Too even is as wrong as too uneven.
        assertThat(distribution.cumulativeProbability(chiSquared)).isBetween(1e-6, 1 - 1e-6);
    }

    @Test
    void everyIndexIsDrawn() {
        int bound = 1000;
        RandomStream stream = new Streams(5, "indices").stream(0);
        // False alarm: that one of 1000 indices is missed in 50000 draws: 1000·0.999^50000 = 2·10^−19.
        assertThat(LongStream.range(0, 50_000)
                        .map(i -> stream.nextIndex(bound))
                        .distinct()
                        .sorted()
                        .toArray())
                .isEqualTo(LongStream.range(0, bound).toArray());
    }

    @Test
    void anIndexCostsExactlyOneDraw() {
        long[] state = {11, 12, 13, 14};
        RandomStream indices = new RandomStream(state);
        RandomStream draws = new RandomStream(state);
        for (int bound : new int[] {1, 2, 1000, Integer.MAX_VALUE}) {
            assertThat(indices.nextIndex(bound)).isBetween(0, bound - 1);
            draws.nextLong();
            assertThat(draws).usingRecursiveComparison().isEqualTo(indices);
        }
    }
}
