package org.sparkberry.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whether the error bars of quantiles and tail means are as long as they should be. Values lie within three powers of
 * two, far from 0, where bins are few and narrow: the tests are fast, and bins make no difference.
 */
class QuantilesErrorTest {
    private static final int BITS = 12;
    private static final double SMALLEST = 1;

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.9, 0.99})
    void theStandardErrorOfANormalQuantileIsTheAsymptoticOne(double p) {
        // √(p(1 − p)/n)/f(q): David and Nagaraja 2003, section 10.2.
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double q = normal.inverseCumulativeProbability(p);
        int n = 40_000;
        double asymptotic = Math.sqrt(p * (1 - p) / n) / normal.density(q);
        int runs = 30;
        Random random = new Random(3);
        double sum = 0;
        for (int run = 0; run < runs; run++) {
            Quantiles quantiles = new Quantiles(BITS, SMALLEST);
            for (int i = 0; i < n; i++) {
                quantiles.add(6 + random.nextGaussian());
            }
            sum += quantiles.quantile("q", p).standardError();
        }
        // Between ranks k = 2·1.96·√(np(1 − p)) apart (78 at p = 0.99) an error has itself the relative deviation 1/√k,
        // their mean over the runs 1/√(30k) = 2.1 %; ranks rounded outward add up to 2/k = 2.6 %. False alarm: 6·10^-7
        // (5 deviations) at p = 0.99, less elsewhere.
        double k = 2 * 1.96 * Math.sqrt(n * p * (1 - p));
        assertThat(sum / runs / asymptotic - 1).isBetween(-5 / Math.sqrt(runs * k), 2 / k + 5 / Math.sqrt(runs * k));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.95})
    void theIntervalOfAQuantileCoversTheTrueOneAsOftenAsItShould(double p) {
        int n = 1000;
        // Whatever the continuous distribution, ranks r and s cover if r … s − 1 of the values lie below the true
        // quantile, which is binomial (David and Nagaraja 2003, equation 7.1.1); with r and s outward of
        // n·p ± 1.96·√(n·p(1 − p)), that is 95 % to 96.6 % here.
        double spread = 1.959963984540054 * Math.sqrt(n * p * (1 - p));
        int r = (int) Math.floor(n * p - spread);
        int s = (int) Math.ceil(n * p + spread) + 1;
        BinomialDistribution below = BinomialDistribution.of(n, p);
        double coverage = below.probability(r - 1, s - 1);
        // Bins 2^-12 wide among order statistics 2^-10 apart add a quarter of a rank at each end: less than one.
        double widest = below.probability(r - 2, s);

        int runs = 4000;
        double measured =
                coverage(runs, n, 4, 1 + p, random -> 1 + random.nextDouble(), quantiles -> quantiles.quantile("q", p));

        // False alarm: 6·10^-7 (5 standard deviations of the number of intervals that cover).
        double deviation = Math.sqrt(coverage * (1 - coverage) / runs);
        assertThat(measured).isBetween(coverage - 5 * deviation, widest + 5 * deviation);
        assertThat(coverage).isBetween(0.95, 0.966);
    }

    @Test
    void theIntervalOfATailMeanCoversTheTrueOneAlmostAsOftenAsItShould() {
        // The tail above 0.95 of exponential values has the mean 1 − ln 0.05; here all are moved by 1. Of 4000 values
        // 200
        // are in it, and its skewed mean is covered in 94.49 % of cases: 20000 runs with NumPy of the formula of
        // Manistre and Hancock, which leave that percentage a deviation of 0.16 %.
        int runs = 2000;
        double p = 0.95;
        double coverage = 0.9449;
        double measured = coverage(
                runs,
                4000,
                5,
                2 - Math.log(1 - p),
                random -> 1 - Math.log(1 - random.nextDouble()),
                quantiles -> quantiles.tailMean("es", p));

        // False alarm: 6·10^-7 (5 standard deviations, 0.51 % of these runs and 0.16 % of NumPy's together); bins of
        // 2^-12 add less than 0.3 %.
        assertThat(measured).isEqualTo(coverage, within(5 * Math.hypot(0.0051, 0.0016) + 0.003));
    }

    @Test
    void theStandardErrorOfATailMeanIsTheSpreadOfTailMeans() {
        double p = 0.9;
        int n = 2000;
        int runs = 2000;
        Random random = new Random(6);
        Moments values = new Moments();
        Moments errors = new Moments();
        for (int run = 0; run < runs; run++) {
            Quantiles quantiles = new Quantiles(BITS, SMALLEST);
            for (int i = 0; i < n; i++) {
                quantiles.add(6 + random.nextGaussian());
            }
            Estimate tailMean = quantiles.tailMean("es", p);
            values.add(tailMean.value());
            errors.add(tailMean.standardError());
        }
        // A sample deviation of 2000 values has the relative error 1/√4000 = 1.6 %; the formula is asymptotic, and 1 %
        // is left for that. False alarm: 6·10^-7 (5 standard deviations).
        assertThat(errors.mean() / Math.sqrt(values.variance())).isEqualTo(1, within(5 / Math.sqrt(4000) + 0.01));
        // The mean of a standard normal tail is f(q)/(1 − p).
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double expected = normal.density(normal.inverseCumulativeProbability(p)) / (1 - p) + 6;
        // The expectation lies lower by about half a spacing of the values: 0.1 %. False alarm: 6·10^-7.
        assertThat(values.mean()).isEqualTo(expected, within(5 * errors.mean() / Math.sqrt(runs) + 0.002));
    }

    private static double coverage(
            int runs,
            int n,
            long seed,
            double truth,
            ToDoubleFunction<Random> draw,
            Function<Quantiles, Estimate> estimated) {
        Random random = new Random(seed);
        int covered = 0;
        for (int run = 0; run < runs; run++) {
            Quantiles quantiles = new Quantiles(BITS, SMALLEST);
            for (int i = 0; i < n; i++) {
                quantiles.add(draw.applyAsDouble(random));
            }
            Estimate estimate = estimated.apply(quantiles);
            covered += estimate.low() <= truth && truth <= estimate.high() ? 1 : 0;
        }
        return (double) covered / runs;
    }
}
