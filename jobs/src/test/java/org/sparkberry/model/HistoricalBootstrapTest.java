package org.sparkberry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Result;
import org.sparkberry.estimate.Table;
import org.sparkberry.random.Streams;

class HistoricalBootstrapTest {
    /** Twenty days; sorted, so that the losses are in the reverse order. */
    private static final double[] RETURNS = {
        -0.0631, -0.0412, -0.0333, -0.0257, -0.0214, -0.0178, -0.0121, -0.0094, -0.0043, -0.0011, 0.0004, 0.0023,
        0.0055, 0.0087, 0.0112, 0.0149, 0.0190, 0.0236, 0.0281, 0.0477
    };

    @Test
    void overOneDayTheQuantilesAreThoseOfTheDays() {
        Losses losses = run(new HistoricalBootstrap(RETURNS, 1), new Work(new Streams(1, "var"), 100_000, 7_000));
        for (int worst = 0; worst < RETURNS.length; worst++) {
            // In the middle of the step of the (worst + 1)-th worst day, 1/20 wide. False alarm: the share of days up
            // to a
            // step's end has a deviation of at most 0.0016: 16 of them, below 10^-50.
            double p = 1 - (worst + 0.5) / RETURNS.length;
            Estimate quantile = losses.quantiles().quantile("var", p);

            assertThat(quantile.value()).isEqualTo(-RETURNS[worst], within(quantile.resolution() + 1e-15));
            assertThat(quantile.low()).isLessThanOrEqualTo(-RETURNS[worst] + 1e-15);
            assertThat(quantile.high()).isGreaterThanOrEqualTo(-RETURNS[worst] - 1e-15);
            // What Losses promises: 2^-15 of the loss, or a millionth.
            assertThat(quantile.resolution()).isLessThanOrEqualTo(Math.max(1e-6, -RETURNS[worst] * 0x1p-15));
        }
    }

    @Test
    void overOneDayTheTailMeanIsThatOfTheWorstDays() {
        Losses losses = run(new HistoricalBootstrap(RETURNS, 1), new Work(new Streams(2, "var"), 100_000, 7_000));
        Estimate shortfall = losses.quantiles().tailMean("es", 0.9);

        // The two worst of twenty days. False alarm: 6·10^-5 (4 standard deviations).
        assertThat(shortfall.value()).isEqualTo((0.0631 + 0.0412) / 2, within(4 * shortfall.standardError()));
        assertThat(shortfall.standardError()).isBetween(1e-5, 4e-4);
    }

    @Test
    void theMeanLossIsTheOneOfTheClosedForm() {
        // By hand: 1 − 1.015³ and 1 − 0.995²; a fair game loses nothing.
        assertThat(new HistoricalBootstrap(new double[] {0.01, 0.02}, 3).meanLoss())
                .isEqualTo(-0.045678375, within(1e-15));
        assertThat(new HistoricalBootstrap(new double[] {-0.11, 0.1}, 2).meanLoss())
                .isEqualTo(0.009975, within(1e-15));
        assertThat(new HistoricalBootstrap(new double[] {0.5, -0.5, 0}, 10).meanLoss())
                .isEqualTo(0, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 250})
    void theSimulatedMeanLossIsTheOneOfTheClosedForm(int days) {
        HistoricalBootstrap model = new HistoricalBootstrap(RETURNS, days);
        Losses losses = run(model, new Work(new Streams(days, "mean"), 20_000, 1_000));
        // The twenty returns add up to −0.0680.
        double mean = -0.00340;
        double expected = 1 - Math.pow(1 + mean, days);

        Estimate estimate = losses.moments().estimate("mean").withReference(expected);
        assertThat(model.meanLoss()).isEqualTo(expected, within(1e-12));
        // False alarm: 6·10^-5 (4 standard deviations) for each of 4 horizons.
        assertThat(estimate.z().orElseThrow()).isBetween(-4.0, 4.0);
    }

    @Test
    void withTwoKindsOfDaysTheLossesAreBinomial() {
        int days = 10;
        HistoricalBootstrap model = new HistoricalBootstrap(new double[] {0.1, -0.1}, days);
        int trials = 200_000;
        Losses losses = run(model, new Work(new Streams(9, "binomial"), trials, 9_999));
        Table table = losses.histogram().table("losses");
        BinomialDistribution ups = BinomialDistribution.of(days, 0.5);
        double chiSquared = 0;
        long counted = 0;
        for (int up = 0; up <= days; up++) {
            // After so many days up, 1.1^up·0.9^(10 − up) of the portfolio is left; no two of these share a bin.
            double loss = 1 - Math.pow(1.1, up) * Math.pow(0.9, days - up);
            long count = table.rows().stream()
                    .filter(row -> (double) row.get(0) <= loss && loss < (double) row.get(1))
                    .mapToLong(row -> (long) row.get(2))
                    .sum();
            double expected = trials * ups.probability(up);
            chiSquared += (count - expected) * (count - expected) / expected;
            counted += count;
        }

        assertThat(counted).isEqualTo(trials);
        // False alarm: 2·10^-6.
        ChiSquaredDistribution distribution = ChiSquaredDistribution.of(days);
        assertThat(distribution.cumulativeProbability(chiSquared)).isBetween(1e-6, 1 - 1e-6);
        // P(ups ≤ 1) = 11/1024 < 0.03 < P(ups ≤ 2) = 56/1024: the quantile of 0.97 is the loss after two days up. False
        // alarm: below 10^-50 (40 standard deviations).
        Estimate quantile = losses.quantiles().quantile("var", 0.97);
        assertThat(quantile.value()).isEqualTo(1 - 1.21 * Math.pow(0.9, 8), within(quantile.resolution() + 1e-14));
    }

    @Test
    void theLossesAreThoseOfAPlainLoopOverTheSameStreams() {
        Streams streams = new Streams(123, "plain");
        int days = 5;
        int trials = 10_003;
        List<Double> expected = new ArrayList<>();
        double sum = 0;
        double squares = 0;
        for (int lane = 0; lane < 8; lane++) {
            UniformRandomProvider draws = RandomSource.XO_SHI_RO_256_PP.create(streams.state(4, lane));
            double laneSum = 0;
            double laneSquares = 0;
            for (int trial = lane; trial < trials; trial += 8) {
                double left = 1;
                for (int pair = 0; pair < 3; pair++) {
                    long draw = draws.nextLong();
                    left *= 1 + RETURNS[(int) Math.floor((draw >>> 32) / 0x1p32 * RETURNS.length)];
                    // Of five days the sixth index is left over.
                    left *= pair == 2
                            ? 1
                            : 1 + RETURNS[(int) Math.floor((draw & 0xFFFFFFFFL) / 0x1p32 * RETURNS.length)];
                }
                expected.add(1 - left);
                laneSum += 1 - left;
                laneSquares += (1 - left) * (1 - left);
            }
            sum += laneSum;
            squares += laneSquares;
        }
        Collections.sort(expected);
        HistoricalBootstrap model = new HistoricalBootstrap(RETURNS, days);
        Losses losses = model.estimator();
        model.compute(new Block(streams, 4, 40_000, trials), losses);

        assertThat(losses.moments().count()).isEqualTo(trials);
        assertThat(losses.moments().mean()).isEqualTo(sum / trials, within(1e-15));
        double variance = (squares - sum * sum / trials) / (trials - 1);
        assertThat(losses.moments().variance()).isEqualTo(variance, within(1e-12 * variance));
        assertThat(losses.quantiles().count()).isEqualTo(trials);
        for (int rank = 1; rank <= trials; rank += 97) {
            Estimate quantile = losses.quantiles().quantile("q", (rank - 0.5) / trials);
            assertThat(quantile.value()).isEqualTo(expected.get(rank - 1), within(quantile.resolution()));
        }
        for (List<Object> row : losses.histogram().table("losses").rows()) {
            assertThat(row.get(2))
                    .isEqualTo(expected.stream()
                            .filter(loss -> (double) row.get(0) <= loss && loss < (double) row.get(1))
                            .count());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "7, 1, 2", "8, 2, 3", "1000, 10, 1859", "4099, 11, 1048576", "2048, 250, 20", "17, 2500, 20"
    })
    void vectorsGiveTheBitsOfScalars(int trials, int days, int past) {
        double[] returns = new Random(6).doubles(Math.max(2, past), -0.02, 0.02).toArray();
        HistoricalBootstrap model = new HistoricalBootstrap(returns, days);
        Block block = new Block(new Streams(9, "bits"), 3, 0, trials);
        Losses scalar = model.estimator();
        Losses vector = model.estimator();
        model.compute(block, scalar, new IndexPairsScalar());
        model.compute(block, vector, new IndexPairsSimd());

        assertThat(vector.moments()).usingRecursiveComparison().isEqualTo(scalar.moments());
        assertThat(vector.histogram().table("losses"))
                .isEqualTo(scalar.histogram().table("losses"));
        assertThat(vector.quantiles()).usingRecursiveComparison().isEqualTo(scalar.quantiles());
    }

    @Test
    void theHistogramCoversEightDeviationsOnBothSidesOfTheMean() {
        // Returns ±10 % on four days: mean 0, deviation 0.1·√4.
        Table table = new HistoricalBootstrap(new double[] {0.1, -0.1}, 4)
                .estimator()
                .histogram()
                .table("losses");

        assertThat((double) table.rows().get(0).get(1)).isEqualTo(-1.6, within(1e-12));
        assertThat((double) table.rows().get(table.rows().size() - 1).get(0)).isEqualTo(1.6, within(1e-12));
    }

    @Test
    void daysThatAreAllTheSameLoseTheSame() {
        HistoricalBootstrap model = new HistoricalBootstrap(new double[] {-0.01, -0.01}, 2);
        Losses losses = run(model, new Work(new Streams(1, "same"), 1_000, 100));

        // 1 − 0.99².
        Estimate mean = losses.moments().estimate("mean");
        assertThat(mean.value()).isEqualTo(0.0199, within(1e-15));
        assertThat(mean.standardError()).isEqualTo(0, within(1e-9));
        assertThat(losses.histogram().below() + losses.histogram().above()).isZero();
        assertThat(losses.histogram().total()).isEqualTo(1_000);
    }

    @Test
    void theResultIsTheSameForAnyOrderAndGroupingOfTheBlocks() {
        HistoricalBootstrap model = new HistoricalBootstrap(RETURNS, 3);
        Work work = new Work(new Streams(3, "var"), 20_007, 500);
        String expected = digest(run(model, work));
        Random random = new Random(4);
        List<Long> numbers = new ArrayList<>();
        for (long number = 0; number < work.blocks(); number++) {
            numbers.add(number);
        }
        for (int parts : new int[] {1, 2, 7, 41, 60}) {
            Collections.shuffle(numbers, random);
            List<Losses> gathered = new ArrayList<>();
            for (int part = 0; part < parts; part++) {
                gathered.add(model.estimator());
            }
            for (long number : numbers) {
                model.compute(work.block(number), gathered.get(random.nextInt(parts)));
            }
            Losses merged = model.estimator();
            gathered.forEach(merged::merge);

            assertThat(digest(merged)).isEqualTo(expected);
        }
    }

    @Test
    void doesNotChangeWithTheArrayThatItWasMadeOf() {
        double[] returns = RETURNS.clone();
        HistoricalBootstrap model = new HistoricalBootstrap(returns, 2);
        double meanLoss = model.meanLoss();
        Arrays.fill(returns, 0);

        assertThat(model.meanLoss()).isEqualTo(meanLoss);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -2, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesWhatIsNotAReturn(double bad) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistoricalBootstrap(new double[] {0.01, bad}, 1))
                .withMessageContaining(Double.toString(bad));
    }

    @Test
    void refusesAPastOrAHorizonThatIsTooShortOrTooLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistoricalBootstrap(new double[] {0.01}, 1))
                .withMessageContaining("1 returns");
        assertThatIllegalArgumentException().isThrownBy(() -> new HistoricalBootstrap(new double[0], 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistoricalBootstrap(new double[(1 << 20) + 1], 1))
                .withMessageContaining("1048577 returns");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistoricalBootstrap(RETURNS, 0))
                .withMessageContaining("0 days");
    }

    private static Losses run(HistoricalBootstrap model, Work work) {
        Losses losses = model.estimator();
        for (long number = 0; number < work.blocks(); number++) {
            model.compute(work.block(number), losses);
        }
        return losses;
    }

    private static String digest(Losses losses) {
        return new Result(
                        losses.moments().count(),
                        List.of(
                                losses.moments().estimate("mean"),
                                losses.quantiles().quantile("var", 0.99),
                                losses.quantiles().tailMean("es", 0.95)),
                        List.of(losses.histogram().table("losses")))
                .digest();
    }
}
