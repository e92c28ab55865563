package org.sparkberry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkberry.estimate.ControlledMeans;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.random.Streams;

/** Every option under every sampling: unbiased, with honest error bars, in any order of merging. */
class OptionSamplingTest {
    private static final Market MARKET = new Market(100, 0.05, 0.25);
    private static final Contract CALL = new Contract(Right.CALL, 105, 0.5);
    private static final Contract PUT = new Contract(Right.PUT, 105, 0.5);
    private static final Heston HESTON = new Heston(100, 0.05, 0.04, 0.06, 1.5, 0.5, -0.7);
    private static final int SEEDS = 200;

    /** All kinds, small, by name. */
    private static Map<String, Function<Sampling, Valuation>> all() {
        Map<String, Function<Sampling, Valuation>> all = new TreeMap<>();
        all.put("european", sampling -> new EuropeanOption(MARKET, CALL));
        all.put("asian", sampling -> new AsianOption(MARKET, CALL, 6, sampling));
        all.put("barrier", sampling -> new BarrierOption(MARKET, PUT, new Barrier(85, true)));
        all.put("barrier-in", sampling -> new BarrierOption(MARKET, CALL, new Barrier(90, false)));
        all.put("barrier-dated", sampling -> new DatedBarrierOption(MARKET, CALL, new Barrier(95, true), 6, sampling));
        all.put("lookback", sampling -> new LookbackOption(MARKET, Right.PUT, 0.5));
        all.put("lookback-dated", sampling -> new DatedLookbackOption(MARKET, Right.CALL, 0.5, 6, sampling));
        all.put("american", sampling -> american(sampling));
        all.put("heston", sampling -> new HestonOption(HESTON, CALL, 4, sampling));
        return all;
    }

    private static Function<Sampling, Valuation> kind(String name) {
        return Objects.requireNonNull(all().get(name));
    }

    private static Valuation american(Sampling sampling) {
        LeastSquaresPolicy model = new LeastSquaresPolicy(MARKET, PUT, 6);
        ExercisePolicy policy = model.estimator();
        model.compute(new Work(new Streams(1, "policy"), 2000, 2000).block(0), policy);
        return new AmericanOption(MARKET, PUT, 6, policy, sampling);
    }

    private static Stream<Arguments> kindsAndSamplings() {
        return all().keySet().stream()
                .flatMap(kind -> Stream.of(Sampling.values()).map(sampling -> Arguments.of(kind, sampling)));
    }

    /** How a closed form is to be met: the option, and its price as a function of the market. */
    private record Known(String name, Function<Market, Valuation> option, Function<Market, Double> price) {}

    private static List<Known> known() {
        List<Known> known = new ArrayList<>();
        for (Right right : Right.values()) {
            for (double strike : new double[] {90, 105}) {
                Contract contract = new Contract(right, strike, 0.5);
                known.add(new Known(
                        "european", m -> new EuropeanOption(m, contract), m -> BlackScholes.price(m, contract)));
                for (double level : new double[] {80, 97, 103, 125}) {
                    for (boolean out : new boolean[] {true, false}) {
                        Barrier barrier = new Barrier(level, out);
                        known.add(new Known(
                                "barrier " + level + out,
                                m -> new BarrierOption(m, contract, barrier),
                                m -> BarrierFormula.price(m, contract, barrier)));
                    }
                }
            }
            known.add(new Known(
                    "lookback", m -> new LookbackOption(m, right, 0.5), m -> LookbackFormula.price(m, right, 0.5)));
        }
        return known;
    }

    @ParameterizedTest
    @EnumSource
    void pricesDeltasAndVegasAreThoseOfTheClosedForms(Sampling sampling) {
        for (Known known : known()) {
            double price = known.price().apply(MARKET);
            if (price < 1e-6) {
                continue; // A call that knocks out below its strike never pays.
            }
            ControlledMeans.Summary summary = Sampled.summary(known.option().apply(MARKET), sampling, 1 << 13, 3);

            // Three figures of 38 options under 3 samplings; false alarm of a normal z beyond 5: 6·10^-7 each.
            assertNear(known.name(), summary.estimate("price", 0), price);
            assertNear(known.name(), summary.estimate("delta", 1), slope(known, 100, 0.05, 0.25, 1e-3, 0));
            assertNear(known.name(), summary.estimate("vega", 2), slope(known, 100, 0.05, 0.25, 0, 1e-5));
        }
    }

    /** A central difference of the closed form, by the spot or by the volatility. */
    private static double slope(Known known, double spot, double rate, double sigma, double bySpot, double bySigma) {
        return (known.price().apply(new Market(spot + bySpot, rate, sigma + bySigma))
                        - known.price().apply(new Market(spot - bySpot, rate, sigma - bySigma)))
                / (2 * (bySpot + bySigma));
    }

    @ParameterizedTest
    @EnumSource
    void anAsianOfTwoDatesIsTheIntegralOverTheFirst(Sampling sampling) {
        // Given the price S₁ at the first date, (S₁ + S₂)/2 − K is half of S₂ − (2K − S₁): Black and Scholes. Then the
        // trapezoidal sum over S₁.
        double half = 0.25;
        double expected = 0;
        double step = 1e-3;
        for (double z = -9; z <= 9; z += step) {
            double first = 100 * Math.exp(MARKET.logDrift() * half + 0.25 * Math.sqrt(half) * z);
            double strike = 2 * 105 - first;
            Market then = new Market(first, 0.05, 0.25);
            double value = strike > 0
                    ? 0.5 * BlackScholes.price(then, new Contract(Right.CALL, strike, half))
                    : 0.5 * (first - strike * Math.exp(-0.05 * half));
            expected += step * Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI) * value * Math.exp(-0.05 * half);
        }
        Estimate price = Sampled.summary(new AsianOption(MARKET, CALL, 2, sampling), sampling, 1 << 13, 5)
                .estimate("price", 0);

        assertNear("asian", price, expected);
    }

    @ParameterizedTest
    @EnumSource
    void deltasAndVegasAreTheSlopesOfThePriceOnTheSamePaths(Sampling sampling) {
        Map<String, Function<Market, Valuation>> options = Map.of(
                "european", market -> new EuropeanOption(market, PUT),
                "asian", market -> new AsianOption(market, CALL, 6, sampling),
                "asian put", market -> new AsianOption(market, PUT, 6, sampling),
                "barrier", market -> new BarrierOption(market, PUT, new Barrier(85, true)),
                "lookback", market -> new LookbackOption(market, Right.PUT, 0.5),
                "lookback call on dates", market -> new DatedLookbackOption(market, Right.CALL, 0.5, 6, sampling),
                "lookback put on dates", market -> new DatedLookbackOption(market, Right.PUT, 0.5, 6, sampling));
        options.forEach((name, option) -> {
            double[] at = uncontrolled(option.apply(MARKET), sampling);
            double[] up = uncontrolled(option.apply(new Market(100.001, 0.05, 0.25)), sampling);
            double[] down = uncontrolled(option.apply(new Market(99.999, 0.05, 0.25)), sampling);
            double[] wilder = uncontrolled(option.apply(new Market(100, 0.05, 0.25001)), sampling);
            double[] calmer = uncontrolled(option.apply(new Market(100, 0.05, 0.24999)), sampling);

            // Paths that cross the payoff's kink between the two sides leave a difference of order 10^-4.
            assertThat(at[1]).as(name + " delta").isCloseTo((up[0] - down[0]) / 0.002, within(1e-3));
            assertThat(at[2]).as(name + " vega").isCloseTo((wilder[0] - calmer[0]) / 2e-5, within(0.1));
        });
    }

    /** The plain means of price, delta and vega. */
    private static double[] uncontrolled(Valuation valuation, Sampling sampling) {
        ControlledMeans.Summary summary =
                Sampled.means(valuation, sampling, 1 << 12, 23).independent(false);
        return IntStream.range(0, 3)
                .mapToDouble(quantity -> summary.estimate("value", quantity).value())
                .toArray();
    }

    @ParameterizedTest
    @EnumSource
    void barriersWatchedOnDatesHaveThePublishedPrices(Sampling sampling) {
        Market market = new Market(100, 0.1, 0.3);
        Contract call = new Contract(Right.CALL, 100, 0.2);
        // Broadie, Glasserman and Kou 1997, doi:10.1111/1467-9965.00035, table 2.1, column "true": down-and-out call,
        // 50 dates; checked with a quadrature over the 50 dates in SciPy.
        Map.of(85, 6.322, 88, 6.242, 90, 6.098, 91, 5.977, 95, 4.907).forEach((level, expected) -> {
            Estimate price = Sampled.summary(
                            new DatedBarrierOption(market, call, new Barrier(level, true), 50, sampling),
                            sampling,
                            1 << 12,
                            7)
                    .estimate("price", 0);
            assertThat(price.value()).isCloseTo(expected, within(5 * price.standardError() + 0.0005));
        });
    }

    @ParameterizedTest
    @EnumSource
    void lookbacksWatchedOnDatesHaveThePricesOfLindleysRecursion(Sampling sampling) {
        // The running maximum is distributed as a queue's waiting time: 50 integrals over its density, with SciPy.
        Map.of(Right.CALL, 13.26575876, Right.PUT, 11.96758360).forEach((right, expected) -> {
            Estimate price = Sampled.summary(
                            new DatedLookbackOption(MARKET, right, 0.5, 50, sampling), sampling, 1 << 12, 7)
                    .estimate("price", 0);
            assertNear("lookback on dates", price, expected);
        });
    }

    @ParameterizedTest
    @EnumSource
    void hestonsPricesAndDeltasAreThoseOfTheIntegral(Sampling sampling) {
        for (double rho : new double[] {-0.9, 0.5}) {
            Heston market = new Heston(100, 0.05, 0.04, 0.06, 1.5, 0.5, rho);
            for (Contract contract : List.of(CALL, PUT)) {
                ControlledMeans.Summary summary =
                        Sampled.summary(new HestonOption(market, contract, 25, sampling), sampling, 1 << 12, 11);

                assertNear("heston", summary.estimate("price", 0), HestonFormula.price(market, contract));
                assertNear("heston", summary.estimate("delta", 1), HestonFormula.delta(market, contract));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndSamplings")
    void errorBarsAreHonestOverSeeds(String kind, Sampling sampling) {
        Valuation valuation = kind(kind).apply(sampling);
        Estimate[][] estimates = new Estimate[valuation.quantities()][SEEDS];
        for (int seed = 0; seed < SEEDS; seed++) {
            ControlledMeans.Summary summary = Sampled.summary(valuation, sampling, 1024, seed);
            for (int quantity = 0; quantity < estimates.length; quantity++) {
                estimates[quantity][seed] = summary.estimate("value", quantity);
            }
        }
        for (int quantity = 0; quantity < estimates.length; quantity++) {
            double mean = Stream.of(estimates[quantity])
                    .mapToDouble(Estimate::value)
                    .average()
                    .orElseThrow();
            double squares = 0;
            int missed = 0;
            for (Estimate estimate : estimates[quantity]) {
                double z = (estimate.value() - mean) / estimate.standardError();
                squares += z * z / (SEEDS - 1);
                missed += estimate.low() > mean || estimate.high() < mean ? 1 : 0;
            }
            // The mean of z² has a deviation of √(2/200) = 0.10 about 1, 0.11 about 31/29 for Student's t of Sobol's
            // 32;
            // 5 % of the intervals, 10 ± 3.1, should miss. False alarm about 10^-4 for each of 63 figures.
            assertThat(squares).as(kind + " " + quantity).isBetween(0.64, 1.5);
            assertThat(missed).as(kind + " " + quantity).isBetween(0, 24);
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndSamplings")
    void samplingsAndControlVariatesAreUnbiased(String kind, Sampling sampling) {
        Valuation valuation = kind(kind).apply(sampling);
        Valuation plain = kind(kind).apply(Sampling.RANDOM);
        Estimate expected = Sampled.means(plain, Sampling.RANDOM, 1 << 14, 17)
                .independent(false)
                .estimate("price", 0);
        ControlledMeans means = Sampled.means(valuation, sampling, 1 << 12, 19);
        for (boolean controlled : new boolean[] {false, true}) {
            ControlledMeans.Summary summary =
                    sampling == Sampling.SOBOL ? means.randomised(controlled) : means.independent(controlled);
            Estimate price = summary.estimate("price", 0);

            // False alarm: 6·10^-7 (5 standard deviations) for each of 54.
            assertThat(price.value())
                    .isCloseTo(
                            expected.value(), within(5 * Math.hypot(price.standardError(), expected.standardError())));
        }
    }

    @Test
    void mirroredPairsReduceTheVarianceByTheirCorrelation() {
        // Var f/(2·Var ½(f(z) + f(−z))), each by the trapezoidal sum over z.
        double mean = 0;
        double square = 0;
        double product = 0;
        for (double z = -9; z <= 9; z += 1e-3) {
            double density = 1e-3 * Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
            mean += density * callPayoff(z);
            square += density * callPayoff(z) * callPayoff(z);
            product += density * callPayoff(z) * callPayoff(-z);
        }
        double expected = (square - mean * mean) / (square + product - 2 * mean * mean);
        Estimate reduction = Sampled.means(new EuropeanOption(MARKET, CALL), Sampling.ANTITHETIC, 1 << 16, 29)
                .independent(false)
                .varianceReduction("reduction", 2);

        // False alarm: 6·10^-5 (4 standard deviations).
        assertThat(reduction.value()).isCloseTo(expected, within(4 * reduction.standardError()));
        assertThat(reduction.standardError()).isLessThan(0.05);
    }

    private static double callPayoff(double z) {
        double price = 100 * Math.exp(MARKET.logDrift() * 0.5 + 0.25 * Math.sqrt(0.5) * z);
        return Math.exp(-0.05 * 0.5) * Math.max(0, price - 105);
    }

    @Test
    void theVarianceReductionIsWhatTheSeedsShow() {
        int seeds = 100;
        for (Sampling sampling : Sampling.values()) {
            Valuation valuation = new AsianOption(MARKET, CALL, 6, sampling);
            double spread = 0;
            double plainSpread = 0;
            double said = 0;
            double mean = Sampled.summary(valuation, Sampling.ANTITHETIC, 1 << 15, 1)
                    .estimate("price", 0)
                    .value();
            for (long seed = 0; seed < seeds; seed++) {
                ControlledMeans.Summary summary = Sampled.summary(valuation, sampling, 1024, seed);
                spread += square(summary.estimate("price", 0).value() - mean);
                plainSpread += square(Sampled.means(valuation, Sampling.RANDOM, 1024, seed + 1000)
                                .independent(false)
                                .estimate("price", 0)
                                .value()
                        - mean);
                said += Math.log(summary.varianceReduction("reduction", sampling.pathsPerTrial())
                        .value());
            }
            double shown = plainSpread / spread / sampling.pathsPerTrial();

            // Each spread has a relative deviation of √(2/100) = 0.14: 0.8 is 4 of their ratio's 0.2.
            assertThat(said / seeds).isCloseTo(Math.log(shown), within(0.8));
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndSamplings")
    void theOrderOfBlocksDoesNotMatterAndNoTrialIsLost(String kind, Sampling sampling) {
        OptionSampling model = new OptionSampling(kind(kind).apply(sampling), sampling);
        Work work = new Work(new Streams(3, "options"), 1003, 13);
        ControlledMeans forward = model.estimator();
        ControlledMeans even = model.estimator();
        ControlledMeans odd = model.estimator();
        for (long block = 0; block < work.blocks(); block++) {
            model.compute(work.block(block), forward);
            long other = work.blocks() - 1 - block;
            model.compute(work.block(other), other % 2 == 0 ? even : odd);
        }
        odd.merge(even);

        assertThat(odd.trials()).isEqualTo(forward.trials()).isEqualTo(1003);
        assertThat(odd.independent(true).estimate("price", 0))
                .isEqualTo(forward.independent(true).estimate("price", 0));
        assertThat(odd.randomised(true).varianceReduction("reduction", 1))
                .isEqualTo(forward.randomised(true).varianceReduction("reduction", 1));
    }

    @ParameterizedTest
    @MethodSource("kindsAndSamplings")
    void whatTravelledToAnExecutorGivesTheSameBits(String kind, Sampling sampling) {
        OptionSampling model = new OptionSampling(kind(kind).apply(sampling), sampling);
        Block block = new Work(new Streams(3, "options"), 100, 10).block(3);
        ControlledMeans here = model.estimator();
        model.compute(block, here);
        OptionSampling travelled = travelled(model);
        ControlledMeans there = travelled.estimator();
        travelled.compute(block, there);

        assertThat(there.independent(true).estimate("price", 0))
                .isEqualTo(here.independent(true).estimate("price", 0));
    }

    @Test
    void thePassThatMakesAPolicyTravelsToo() {
        LeastSquaresPolicy model = travelled(new LeastSquaresPolicy(MARKET, PUT, 3));
        ExercisePolicy policy = model.estimator();
        model.compute(new Work(new Streams(1, "policy"), 100, 100).block(0), policy);

        assertThat(policy.coefficients()).hasSize(12).doesNotContain(Double.NaN);
    }

    /** There and back by Java's serialisation, as Spark sends a task. */
    @SuppressWarnings("unchecked")
    private static <T> T travelled(T object) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(object);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return (T) in.readObject();
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void sobolsPointsAreFullSetsAcrossBlocks() {
        // 32 randomisations × 4 blocks × 16 points: the mean of the price at maturity over 64 points of a randomisation
        // is far nearer to S₀ than that of random points, whose deviation is 100·0.18/√64 = 2.2.
        OptionSampling model = new OptionSampling(new EuropeanOption(MARKET, CALL), Sampling.SOBOL);
        Work work = new Work(new Streams(3, "options"), 2048, 16);
        ControlledMeans means = model.estimator();
        for (long block = 0; block < work.blocks(); block++) {
            model.compute(work.block(block), means);
        }
        // The call's own deviation is about 10/√2048 = 0.2 if random.
        assertThat(means.randomised(false).estimate("price", 0).standardError()).isLessThan(0.04);
    }

    private static double square(double x) {
        return x * x;
    }

    private static void assertNear(String name, Estimate estimate, double expected) {
        assertThat(estimate.value())
                .as(name)
                .isCloseTo(expected, within(5 * estimate.standardError() + 1e-8 * Math.abs(expected)));
    }
}
