package org.sparkberry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkberry.estimate.ControlledMeans;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.random.Streams;

class AmericanOptionTest {
    private static final int POLICY_PATHS = 1 << 13;

    @ParameterizedTest
    @CsvSource({
        // Longstaff and Schwartz 2001, table 1: S, σ, T, finite differences, simulated, its standard error. Put, K=40,
        // r=6 %, 50 dates a year.
        "36, 0.2, 1, 4.478, 4.472, 0.010", "36, 0.2, 2, 4.840, 4.821, 0.012",
        "36, 0.4, 1, 7.101, 7.091, 0.020", "36, 0.4, 2, 8.508, 8.488, 0.024",
        "38, 0.2, 1, 3.250, 3.244, 0.009", "38, 0.2, 2, 3.745, 3.735, 0.011",
        "38, 0.4, 1, 6.148, 6.139, 0.019", "38, 0.4, 2, 7.670, 7.669, 0.022",
        "40, 0.2, 1, 2.314, 2.313, 0.009", "40, 0.2, 2, 2.885, 2.879, 0.010",
        "40, 0.4, 1, 5.312, 5.308, 0.018", "40, 0.4, 2, 6.920, 6.921, 0.022",
        "42, 0.2, 1, 1.617, 1.617, 0.007", "42, 0.2, 2, 2.212, 2.206, 0.010",
        "42, 0.4, 1, 4.582, 4.588, 0.017", "42, 0.4, 2, 6.248, 6.243, 0.021",
        "44, 0.2, 1, 1.110, 1.118, 0.007", "44, 0.2, 2, 1.690, 1.675, 0.009",
        "44, 0.4, 1, 3.948, 3.957, 0.017", "44, 0.4, 2, 5.647, 5.622, 0.021",
    })
    void pricesAreThoseOfLongstaffAndSchwartz(
            double spot, double sigma, double maturity, double differences, double simulated, double simulatedError) {
        Market market = new Market(spot, 0.06, sigma);
        Contract contract = new Contract(Right.PUT, 40, maturity);
        int dates = (int) (50 * maturity);
        double tree = BermudanTree.price(market, contract, dates);
        Estimate price = price(market, contract, dates, Sampling.ANTITHETIC, 1 << 12);
        double error = price.standardError();

        // The reference below beside the paper's own, whose grid leaves up to 0.1 %.
        assertThat(tree).isCloseTo(differences, within(0.007));
        // False alarm: 6·10^-5 (4 standard deviations) for each of 20 rows.
        assertThat(price.value()).isCloseTo(simulated, within(4 * Math.hypot(error, simulatedError)));
        // The policy is not the best one, and so the price is low, by less than 0.15 %; it is never high.
        assertThat(price.value()).isBetween(tree * 0.9985 - 4 * error, tree + 4 * error + 0.001);
        assertThat(error).isLessThan(0.006);
    }

    @Test
    void aCallIsNeverWorthExercisingEarly() {
        Market market = new Market(100, 0.05, 0.3);
        Contract call = new Contract(Right.CALL, 100, 1);
        Estimate price = price(market, call, 10, Sampling.SOBOL, 1 << 12);

        double european = BlackScholes.price(market, call);
        assertThat(price.value()).isBetween(european * 0.999, european + 4 * price.standardError());
    }

    @Test
    void withOneDateAPathPaysWhatItPaysAsEuropean() {
        Market market = new Market(100, 0.05, 0.3);
        Contract put = new Contract(Right.PUT, 110, 1);
        Valuation.Trial american =
                new AmericanOption(market, put, 1, policy(market, put, 1, 10), Sampling.RANDOM).trial();
        Valuation.Trial european = new EuropeanOption(market, put).trial();
        double[] ofAmerican = new double[2];
        double[] ofEuropean = new double[4];
        for (double x = -0.99; x < 1; x += 0.01) {
            american.draw(new double[] {x});
            european.draw(new double[] {x});
            american.value(-1, ofAmerican);
            european.value(-1, ofEuropean);

            assertThat(ofAmerican[1]).isCloseTo(ofEuropean[1], within(1e-11));
            assertThat(ofAmerican[0]).isCloseTo(ofEuropean[1] - BlackScholes.price(market, put), within(1e-11));
        }
    }

    @Test
    void withFewDatesThePolicyIsAllButTheBest() {
        Contract put = new Contract(Right.PUT, 40, 1);
        for (double spot : new double[] {34, 40}) {
            Market market = new Market(spot, 0.06, 0.2);
            for (int dates : new int[] {2, 3}) {
                double tree = BermudanTree.price(market, put, dates, 300);
                Estimate price = price(market, put, dates, Sampling.SOBOL, 1 << 13);

                // False alarm: 6·10^-5 (4 standard deviations) for each of 4; the tree errs by less than 2·10^-4.
                assertThat(price.value())
                        .isBetween(tree - 4 * price.standardError() - 3e-4, tree + 4 * price.standardError() + 2e-4);
                assertThat(price.standardError()).isLessThan(2e-3);
            }
        }
    }

    @Test
    void withFewPathsThePolicyIsPoorButThePriceIsNotHigh() {
        Market market = new Market(36, 0.06, 0.2);
        Contract put = new Contract(Right.PUT, 40, 1);
        double tree = BermudanTree.price(market, put, 10);
        for (int paths : new int[] {1, 5, 20, 200}) {
            ExercisePolicy policy = policy(market, put, 10, paths);
            Estimate price = price(new AmericanOption(market, put, 10, policy, Sampling.ANTITHETIC), 1 << 11);

            assertThat(price.value())
                    .isBetween(BlackScholes.price(market, put) * 0.9, tree + 4 * price.standardError() + 0.001);
        }
    }

    @Test
    void aPolicyIsMadeByOneBlock() {
        Market market = new Market(36, 0.06, 0.2);
        Contract put = new Contract(Right.PUT, 40, 1);
        ExercisePolicy policy = policy(market, put, 3, 100);
        ExercisePolicy empty = new ExercisePolicy();
        empty.merge(policy);
        empty.merge(new ExercisePolicy());

        assertThat(empty.coefficients()).isEqualTo(policy.coefficients()).hasSize(12);
        assertThatThrownBy(() -> empty.merge(policy)).isInstanceOf(IllegalStateException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AmericanOption(market, put, 4, policy, Sampling.RANDOM));
    }

    private static Estimate price(Market market, Contract contract, int dates, Sampling sampling, int trials) {
        ExercisePolicy policy = policy(market, contract, dates, POLICY_PATHS);
        AmericanOption option = new AmericanOption(market, contract, dates, policy, sampling);
        ControlledMeans means = Sampled.means(option, sampling, trials, 1);
        return (sampling == Sampling.SOBOL ? means.randomised(true) : means.independent(true)).estimate("price", 0);
    }

    private static Estimate price(AmericanOption option, int trials) {
        return Sampled.means(option, Sampling.ANTITHETIC, trials, 1)
                .independent(true)
                .estimate("price", 0);
    }

    private static ExercisePolicy policy(Market market, Contract contract, int dates, int paths) {
        LeastSquaresPolicy model = new LeastSquaresPolicy(market, contract, dates);
        ExercisePolicy policy = model.estimator();
        model.compute(new Work(new Streams(1, "policy"), paths, paths).block(0), policy);
        return policy;
    }
}
