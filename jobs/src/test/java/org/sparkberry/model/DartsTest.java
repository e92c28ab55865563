package org.sparkberry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
     *             w = next(g); x = w >> 32; y = w & 0xffffffff
     *             x -= (x >> 31) << 32; y -= (y >> 31) << 32
     *             hits += (2*x + 1)**2 + (2*y + 1)**2 < 2**64
     *     return hits
     * }</pre>
     */
    @ParameterizedTest
    @CsvSource({"1, 0, 100003, 78734", "1, 1, 100003, 78507", "-5, 7, 3, 1"})
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
                    hits += isHit((int) (draw >>> 32), (int) draw) ? 1 : 0;
                }
            }
            Proportion proportion = DARTS.estimator();
            DARTS.compute(new Block(streams, 5, 0, trials), proportion);

            assertThat(proportion.successes()).isEqualTo(hits);
            assertThat(proportion.trials()).isEqualTo(trials);
        }
    }

    /** Cells at the rim, where one cell decides, in all four quadrants and at the corners. */
    @Test
    void aCellHitsIfItsMiddleIsInsideTheCircle() {
        Random random = new Random(1);
        List<Integer> columns = new ArrayList<>(List.of(0, -1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 30));
        random.ints(3000).forEach(columns::add);
        int hits = 0;
        int cells = 0;
        for (int x : columns) {
            long rim = (long) Math.sqrt(0x1p62 - (x + 0.5) * (x + 0.5));
            for (long y = Math.max(0, rim - 3); y < Math.min(rim + 3, 1L << 31); y++) {
                for (int row : new int[] {(int) y, (int) (-y - 1)}) {
                    boolean hit = isHit(x, row);
                    if (hit(x, row) != hit) {
                        assertThat(hit(x, row)).as("%d, %d", x, row).isEqualTo(hit);
                    }
                    hits += hit ? 1 : 0;
                    cells++;
                }
            }
        }
        assertThat((double) hits / cells).isBetween(0.4, 0.6);
        assertThat(hit(Integer.MIN_VALUE, Integer.MIN_VALUE)).isFalse();
        assertThat(hit(Integer.MAX_VALUE, Integer.MIN_VALUE)).isFalse();
        assertThat(hit(Integer.MIN_VALUE, 0)).isEqualTo(isHit(Integer.MIN_VALUE, 0));
    }

    /**
     * Counts the cells inside the circle of radius R = 2^k exactly. Their number differs from πR² by less than 2·R^(2/3)
     * (Sierpiński 1906 proved O(R^(2/3)); the 2 is seen here), which at R = 2³¹ changes the share by 2·10⁻¹³ at most. (A
     * count at R = 2³¹ itself, 5 s in C, found 14488038916154198656 cells: 3·10⁻¹⁵ off.)
     */
    @Test
    void theGridChangesTheShareByLessThanItSays() {
        for (int k = 1; k <= 23; k++) {
            long radius = 1L << k;
            long quadrant = 0;
            long y = radius - 1;
            for (long x = 0; x < radius; x++) {
                while (y >= 0 && x * (x + 1) + y * (y + 1) >= radius * radius) {
                    y--;
                }
                quadrant += y + 1;
            }
            double r = (double) radius;
            assertThat(4.0 * quadrant).isEqualTo(Math.PI * r * r, within(2 * Math.pow(r, 2.0 / 3)));
        }
        double radius = 0x1p31;
        assertThat(2 * Math.pow(radius, 2.0 / 3) / (4 * radius * radius)).isLessThan(1e-12);
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

    /** (x + ½)² + (y + ½)² < (2³¹)², four times as much on both sides, in whole numbers without an end. */
    private static boolean isHit(int x, int y) {
        BigInteger twiceX = BigInteger.valueOf(2L * x + 1);
        BigInteger twiceY = BigInteger.valueOf(2L * y + 1);
        return twiceX.pow(2).add(twiceY.pow(2)).compareTo(BigInteger.ONE.shiftLeft(64)) < 0;
    }

    /** A state of xoshiro256++ whose next draw, rotl(s0 + s3, 23) + s0, has these halves. */
    private static boolean hit(int x, int y) {
        long draw = ((long) x << 32) | (y & 0xFFFFFFFFL);
        return Darts.hits(new long[] {0, 1, 2, Long.rotateRight(draw, 23)}, 1) == 1;
    }
}
