package org.sparkberry.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Proportion;
import org.sparkberry.estimate.Result;
import org.sparkberry.random.Streams;

class DartsTest {
    private static final Darts DARTS = new Darts();

    @Test
    void theShareOfHitsIsAQuarterOfPi() {
        Proportion proportion = run(new Work(new Streams(1, "pi"), 40_000_000, 1_000_000));

        Estimate pi = proportion.estimate("pi").times(4).withReference(Math.PI);
        // False alarm: 6·10^-5 (4 standard deviations).
        assertThat(pi.z().orElseThrow()).isBetween(-4.0, 4.0);
        assertThat(proportion.trials()).isEqualTo(40_000_000);
    }

    @Test
    void theErrorBarIsAsLongAsTheSpreadOverSeeds() {
        int seeds = 200;
        double chiSquared = 0;
        for (int seed = 0; seed < seeds; seed++) {
            Proportion proportion = run(new Work(new Streams(seed, "pi"), 20_000, 1_000));
            double z =
                    proportion.estimate("share").withReference(Math.PI / 4).z().orElseThrow();
            chiSquared += z * z;
        }
        // The sum of the squares of normal deviates. False alarm: 2·10^-6.
        ChiSquaredDistribution distribution = ChiSquaredDistribution.of(seeds);
        assertThat(distribution.cumulativeProbability(chiSquared)).isBetween(1e-6, 1 - 1e-6);
    }

    /**
     * Expected: the Python of {@code StreamsTest}, with
     *
     * <pre>{@code
     * def darts(seed, job, block, trials, lanes=8):
     *     hits = 0
     *     for lane in range(lanes):
     *         g = draws(state(seed, job, block, lane))
     *         for _ in range(trials // lanes + (lane < trials % lanes)):
     *             w = next(g); x = 2*(w >> 38) + 1 - 2**26; y = 2*(w >> 1 & 2**26 - 1) + 1 - 2**26
     *             hits += x*x + y*y < 2**52
     *     return hits
     * }</pre>
     */
    @ParameterizedTest
    @CsvSource({"1, 0, 100003, 78440", "1, 1, 100003, 78767", "-5, 7, 3, 3"})
    void theHitsOfABlockAreThoseOfAnImplementationInPython(long seed, long block, long trials, long hits) {
        Proportion proportion = DARTS.estimator();
        DARTS.compute(new Block(new Streams(seed, "pi"), block, block * trials, trials), proportion);

        assertThat(proportion.trials()).isEqualTo(trials);
        assertThat(proportion.successes()).isEqualTo(hits);
    }

    @Test
    void theHitsOfABlockAreThoseOfPlainGeometry() {
        Streams streams = new Streams(77, "pi");
        for (long trials : new long[] {1, 7, 8, 9, 20_001}) {
            long hits = 0;
            for (int lane = 0; lane < 8; lane++) {
                UniformRandomProvider draws = RandomSource.XO_SHI_RO_256_PP.create(streams.state(5, lane));
                for (long trial = lane; trial < trials; trial += 8) {
                    long draw = draws.nextLong();
                    hits += isHit(draw >>> 38, draw >>> 1 & ((1 << 26) - 1)) ? 1 : 0;
                }
            }
            Proportion proportion = DARTS.estimator();
            DARTS.compute(new Block(streams, 5, 0, trials), proportion);

            assertThat(proportion.successes()).isEqualTo(hits);
            assertThat(proportion.trials()).isEqualTo(trials);
        }
    }

    /** Cells at the rim, where one cell decides, in all four quadrants and at the corners. */
    @ParameterizedTest
    @MethodSource("kernels")
    void aCellHitsIfItsMiddleIsInsideTheCircle(DartsKernel kernel) {
        int side = 1 << 26;
        int half = side / 2;
        Random random = new Random(1);
        List<Integer> columns = new ArrayList<>(List.of(0, 1, half - 1, half, side - 1, side / 4));
        random.ints(3000, 0, side).forEach(columns::add);
        int hits = 0;
        int cells = 0;
        for (int column : columns) {
            double x = column + 0.5 - half;
            long rim = (long) Math.sqrt((double) half * half - x * x);
            for (long y = Math.max(0, rim - 3); y < Math.min(rim + 3, half); y++) {
                for (long row : new long[] {half + y, half - 1 - y}) {
                    boolean hit = isHit(column, row);
                    if (hit(kernel, column, row) != hit) {
                        assertThat(hit(kernel, column, row))
                                .as("%d, %d", column, row)
                                .isEqualTo(hit);
                    }
                    hits += hit ? 1 : 0;
                    cells++;
                }
            }
        }
        assertThat((double) hits / cells).isBetween(0.4, 0.6);
        assertThat(hit(kernel, 0, 0)).isFalse();
        assertThat(hit(kernel, side - 1, 0)).isFalse();
        assertThat(hit(kernel, half, half)).isTrue();
        assertThat(hit(kernel, 0, half)).isEqualTo(isHit(0, half));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void everyKernelGivesTheBitsOfTheOthers(DartsKernel kernel) {
        Random random = new Random(5);
        for (long rounds : new long[] {0, 1, 2, 127, 128, 129, 1000, 4096, 20_011}) {
            long[] states = random.longs(32).toArray();
            long[] expected = states.clone();
            long hits = 0;
            for (int lane = 0; lane < 8; lane++) {
                hits += DartsScalar.hits(expected, lane, rounds);
            }

            assertThat(kernel.hits(states, rounds)).isEqualTo(hits);
            assertThat(states).isEqualTo(expected);
        }
        for (long trials : new long[] {1, 7, 8, 9, 1_001, 100_003}) {
            Block block = new Block(new Streams(8, "pi"), trials, 0, trials);

            assertThat(Darts.hits(block, kernel)).isEqualTo(Darts.hits(block, new DartsScalar()));
        }
    }

    /** Counts the cells inside the circle, column by column along its rim, exactly. */
    @Test
    void theGridChangesTheShareByLessThanItSays() {
        long half = 1L << 25;
        long quadrant = 0;
        long y = half - 1;
        for (long x = 0; x < half; x++) {
            while (y >= 0 && (2 * x + 1) * (2 * x + 1) + (2 * y + 1) * (2 * y + 1) >= 4 * half * half) {
                y--;
            }
            quadrant += y + 1;
        }
        // A count in C with 80-bit floats: 884279719002734 cells, 7.3·10⁻¹³ less than a share of π/4.
        assertThat(quadrant).isEqualTo(884279719002734L);
        assertThat(Math.abs(quadrant / 0x1p50 - Math.PI / 4)).isBetween(7e-13, 1e-12);
    }

    @Test
    void theResultIsTheSameForAnyOrderAndGroupingOfTheBlocks() {
        Work work = new Work(new Streams(3, "pi"), 100_007, 1000);
        String expected = digest(run(work));
        Random random = new Random(4);
        List<Long> numbers = new ArrayList<>();
        for (long number = 0; number < work.blocks(); number++) {
            numbers.add(number);
        }
        for (int parts = 1; parts <= 20; parts++) {
            Collections.shuffle(numbers, random);
            List<Proportion> gathered = new ArrayList<>();
            for (int part = 0; part < parts; part++) {
                gathered.add(DARTS.estimator());
            }
            for (long number : numbers) {
                DARTS.compute(work.block(number), gathered.get(random.nextInt(parts)));
            }
            Proportion merged = DARTS.estimator();
            gathered.forEach(merged::merge);

            assertThat(digest(merged)).isEqualTo(expected);
        }
    }

    @Test
    void theLastShortBlockCountsExactly() {
        Work work = new Work(new Streams(3, "pi"), 2_007, 1000);
        Proportion all = run(work);
        Proportion last = DARTS.estimator();
        DARTS.compute(work.block(2), last);

        assertThat(work.blocks()).isEqualTo(3);
        assertThat(last.trials()).isEqualTo(7);
        assertThat(all.trials()).isEqualTo(2_007);
    }

    private static Proportion run(Work work) {
        Proportion proportion = DARTS.estimator();
        for (long number = 0; number < work.blocks(); number++) {
            DARTS.compute(work.block(number), proportion);
        }
        return proportion;
    }

    private static String digest(Proportion proportion) {
        return new Result(proportion.trials(), List.of(proportion.estimate("pi").times(4)), List.of()).digest();
    }

    private static List<DartsKernel> kernels() {
        return List.of(new DartsScalar(), new DartsSimd());
    }

    /** In units of half a cell: (2·column + 1 − 2²⁶)² + (2·row + 1 − 2²⁶)² < (2²⁶)². */
    private static boolean isHit(long column, long row) {
        BigInteger x = BigInteger.valueOf(2 * column + 1 - (1 << 26));
        BigInteger y = BigInteger.valueOf(2 * row + 1 - (1 << 26));
        return x.pow(2).add(y.pow(2)).compareTo(BigInteger.ONE.shiftLeft(52)) < 0;
    }

    /** States of xoshiro256++ of which the next draw, rotl(s0 + s3, 23) + s0, is this dart in lane 5, a miss elsewhere. */
    private static boolean hit(DartsKernel kernel, long column, long row) {
        long[] states = new long[32];
        // Bit 0 and bits 27 to 37 do not count.
        states[3 * 8 + 5] = Long.rotateRight(column << 38 | 5L << 30 | row << 1 | 1, 23);
        return kernel.hits(states, 1) == 1;
    }
}
