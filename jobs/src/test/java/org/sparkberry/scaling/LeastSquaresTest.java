package org.sparkberry.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LeastSquaresTest {
    /** Requests per second of a Cisco router with 1 to 32 clients: Schwartz, Practical Scalability Analysis, 2015. */
    static final double[] CISCO = {
        955.16, 1878.91, 2688.01, 3548.68, 4315.54, 5130.43, 5931.37, 6531.08, 7219.8, 7867.61, 8278.71, 8646.7,
        9047.84, 9426.55, 9645.37, 9897.24, 10097.6, 10240.5, 10532.39, 10798.52, 11151.43, 11518.63, 11806, 12089.37,
        12075.41, 12177.29, 12211.41, 12158.93, 12155.27, 12118.04, 12140.4, 12074.39
    };

    @ParameterizedTest
    @CsvSource({
        "AMDAHL, '95, 5'",
        "UNIVERSAL, '95, 5, 0.2'",
        "COMMUNICATION, '2, 100, 1.5, 0.1'",
        "GUSTAFSON, '0.009, 0.001'",
        "UNIVERSAL_WEAK, '100, 2, 0.02'",
        "COMMUNICATION_WEAK, '100, 3, 0.3'",
        // Seconds may be of any size.
        "UNIVERSAL, '95e-9, 5e-9, 0.2e-9'",
        "COMMUNICATION, '2e7, 100e7, 1.5e7, 0.1e7'"
    })
    void pointsOnTheLawGiveItsCoefficientsBack(Law law, String list) {
        double[] truth = Arrays.stream(list.split(", ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        double[] n = {1, 2, 4, 8, 16, 32, 64};
        double[] logSeconds =
                Arrays.stream(n).map(each -> Math.log(law.seconds(each, truth))).toArray();

        LeastSquares.Solution solution = search(law, n, 1).solve(logSeconds, true);

        for (int i = 0; i < truth.length; i++) {
            assertThat(solution.coefficients()[i]).isCloseTo(truth[i], Percentage.withPercentage(1e-4));
        }
        assertThat(solution.converged()).isTrue();
    }

    /**
     * The book fits throughput, not its logarithm: with each point weighted by what a difference in throughput is in
     * logarithms, both have the same optimum. Its answers, as usl4j's test states them, hold to 0.02 %.
     */
    @Test
    void theBooksFitOfTheCiscoRouter() {
        double[] n = IntStream.rangeClosed(1, CISCO.length).mapToDouble(i -> i).toArray();
        double[] logSeconds = Arrays.stream(CISCO).map(x -> -Math.log(x)).toArray();
        double[] weights = CISCO.clone();
        double[] parameters = {};
        for (int round = 0; round < 60; round++) {
            LeastSquares.Solution solution = new LeastSquares(Law.UNIVERSAL, n, weights).solve(logSeconds, true);
            for (int j = 0; j < n.length; j++) {
                double fitted = 1 / Law.UNIVERSAL.seconds(n[j], solution.coefficients());
                weights[j] = (CISCO[j] - fitted) * fitted / (Math.log(CISCO[j]) - Math.log(fitted));
            }
            parameters = Law.UNIVERSAL.parameters(solution.coefficients());
        }

        Percentage stated = Percentage.withPercentage(0.02);
        assertThat(1 / parameters[0]).isCloseTo(995.6486, stated);
        assertThat(parameters[1]).isCloseTo(0.02671591, stated);
        assertThat(parameters[2]).isCloseTo(7.690945e-4, stated);
    }

    /** More speedup than executors would be a negative serial fraction, and then κ alone could be above 0. */
    @Test
    void whatIsImpossibleIsExactlyZero() {
        double[] n = {1, 2, 4, 8};
        double[] logSeconds =
                Arrays.stream(n).map(each -> Math.log(100 / each - 3)).toArray();

        LeastSquares.Solution free = search(Law.UNIVERSAL, n, 1).solve(logSeconds, false);
        LeastSquares.Solution bounded = search(Law.UNIVERSAL, n, 1).solve(logSeconds, true);

        assertThat(free.coefficients()[1]).isCloseTo(-3, within(1e-6));
        assertThat(bounded.coefficients()[1]).isEqualTo(0);
        assertThat(bounded.coefficients()[2]).isEqualTo(0);
        // T = c/n alone: log c is the mean of log(n·T).
        double log = IntStream.range(0, 4)
                .mapToDouble(j -> logSeconds[j] + Math.log(n[j]))
                .average()
                .orElseThrow();
        assertThat(bounded.coefficients()[0]).isCloseTo(Math.exp(log), Percentage.withPercentage(1e-6));
    }

    /** No grid of possible coefficients comes nearer. */
    @Test
    void theBoundedOptimumIsTheBestOfAGrid() {
        double[] n = {1, 2, 4, 8, 16};
        double[] logSeconds = {Math.log(100), Math.log(49), Math.log(27), Math.log(14), Math.log(11)};
        LeastSquares.Solution solution = search(Law.COMMUNICATION, n, 1).solve(logSeconds, true);

        double best = Double.POSITIVE_INFINITY;
        for (double c0 = 0; c0 <= 6; c0 += 0.5) {
            for (double c1 = 80; c1 <= 110; c1 += 1) {
                for (double c2 = 0; c2 <= 4; c2 += 0.25) {
                    for (double c3 = 0; c3 <= 1; c3 += 0.05) {
                        best = Math.min(best, squares(n, logSeconds, new double[] {c0, c1, c2, c3}));
                    }
                }
            }
        }
        assertThat(solution.squares())
                .isLessThanOrEqualTo(best)
                .isCloseTo(squares(n, logSeconds, solution.coefficients()), within(1e-12));
    }

    private static double squares(double[] n, double[] logSeconds, double[] coefficients) {
        return IntStream.range(0, n.length)
                .mapToDouble(j -> Math.log(Law.COMMUNICATION.seconds(n[j], coefficients)) - logSeconds[j])
                .map(d -> d * d)
                .sum();
    }

    private static LeastSquares search(Law law, double[] n, double weight) {
        double[] weights = new double[n.length];
        Arrays.fill(weights, weight);
        return new LeastSquares(law, n, weights);
    }
}
