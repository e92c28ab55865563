package org.sparkberry.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
    /**
     * NIST Statistical Reference Datasets, univariate, NumAcc1: 10000001, 10000003, 10000002 with certified mean
     * 10000002 and standard deviation 1.
     */
    @Test
    void hasNistsCertifiedValuesForNumAcc1() {
        Moments moments = moments(10000001, 10000003, 10000002);

        assertThat(moments.mean()).isEqualTo(10000002);
        assertThat(moments.variance()).isEqualTo(1);
    }

    /**
     * NIST Statistical Reference Datasets, univariate, NumAcc2 to NumAcc4: one value c + 0.2, then 500 pairs c + 0.1,
     * c + 0.3, with certified mean c + 0.2 and standard deviation 0.1. The decimals are not doubles: what is left of the
     * deviation's relative error (2·10⁻⁹ at worst) is in the data.
     */
    @ParameterizedTest
    @CsvSource({
        "NumAcc2, 1.2, 1.1, 1.3, 1e-15, 1e-15",
        "NumAcc3, 1000000.2, 1000000.1, 1000000.3, 1e-9, 1e-10",
        "NumAcc4, 10000000.2, 10000000.1, 10000000.3, 2e-9, 1e-9"
    })
    void hasNistsCertifiedValuesForNumAcc2To4(
            String name, double first, double odd, double even, double withinMean, double withinDeviation) {
        double[] values = new double[1001];
        Arrays.setAll(values, i -> i == 0 ? first : i % 2 == 1 ? odd : even);
        Moments moments = moments(values);

        assertThat(moments.mean()).as(name).isEqualTo(first, within(withinMean));
        assertThat(Math.sqrt(moments.variance())).as(name).isEqualTo(0.1, within(withinDeviation));
    }

    @Test
    void agreesWithBigDecimalHoweverSmallTheSpread() {
        Random random = new Random(1);
        for (double offset : new double[] {0, 1, 1e8, -1e15, 1e100}) {
            double[] values = random.doubles(50)
                    .map(u -> offset + u * Math.ulp(offset) * 10)
                    .toArray();
            // The textbook's Σ(x − mean)²/(n − 1) with 200 digits.
            MathContext digits = new MathContext(200);
            BigDecimal n = BigDecimal.valueOf(values.length);
            BigDecimal mean = Arrays.stream(values)
                    .mapToObj(BigDecimal::new)
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                    .divide(n, digits);
            BigDecimal squares = Arrays.stream(values)
                    .mapToObj(x -> new BigDecimal(x).subtract(mean).pow(2))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            Moments moments = moments(values);

            assertThat(moments.mean()).isEqualTo(mean.doubleValue());
            if (offset != 0) {
                assertThat(moments.variance())
                        .isEqualTo(squares.divide(n.subtract(BigDecimal.ONE), digits)
                                .doubleValue());
            }
        }
    }

    @Test
    void theIntervalIsStudents() {
        // By hand: 2, 4, 4, 4, 5, 5, 7, 9 have the mean 5 and Σ(x − 5)² = 32.
        Estimate estimate = moments(2, 4, 4, 4, 5, 5, 7, 9).estimate("x");
        double standardError = Math.sqrt(32.0 / 7 / 8);
        double half = TDistribution.of(7).inverseSurvivalProbability(0.025) * standardError;

        assertThat(estimate.name()).isEqualTo("x");
        assertThat(estimate.value()).isEqualTo(5);
        assertThat(estimate.standardError()).isEqualTo(standardError, within(1e-15));
        assertThat(estimate.low()).isEqualTo(5 - half, within(1e-7));
        assertThat(estimate.high()).isEqualTo(5 + half, within(1e-7));
        assertThat(estimate.resolution()).isZero();
    }

    @Test
    void theIntervalOfSumsIsTheOnePublished() {
        // NIST/SEMATECH e-Handbook, section 1.3.5.2 (ZARR13.DAT): n = 195, mean 9.261460, deviation 0.02278881, 95 %
        // limits 9.258242 and 9.264679.
        double n = 195;
        double mean = 9.261460;
        double deviation = 0.02278881;
        Moments moments = new Moments();
        moments.addSums(195, n * mean, (n - 1) * deviation * deviation + n * mean * mean);
        Estimate estimate = moments.estimate("flow");

        assertThat(estimate.low()).isEqualTo(9.258242, within(1e-6));
        assertThat(estimate.high()).isEqualTo(9.264679, within(1e-6));
    }

    @Test
    void theIntervalCoversTheTrueMeanAsOftenAsItShould() {
        Random random = new Random(2);
        int runs = 20_000;
        int covered = 0;
        for (int run = 0; run < runs; run++) {
            Estimate estimate = moments(
                            random.doubles(4).map(u -> random.nextGaussian()).toArray())
                    .estimate("zero");
            covered += estimate.low() <= 0 && 0 <= estimate.high() ? 1 : 0;
        }
        // Student 1908: exactly 95 % for normal values, even 4 of them. False alarm: 6·10^-7 (5 standard deviations).
        assertThat((double) covered / runs).isEqualTo(0.95, within(5 * Math.sqrt(0.95 * 0.05 / runs)));
    }

    @Test
    void aSingleValueHasNoErrorBar() {
        Estimate estimate = moments(3).estimate("one");

        assertThat(estimate.value()).isEqualTo(3);
        assertThat(estimate.standardError()).isNaN();
        assertThat(estimate.low()).isNaN();
        assertThat(estimate.high()).isNaN();
    }

    @Test
    void equalValuesHaveNoSpreadAndTellNoError() {
        Moments moments = moments(0.1, 0.1, 0.1);

        assertThat(moments.variance()).isEqualTo(0.0);
        assertThat(moments.estimate("same").value()).isEqualTo(0.1);
        assertThat(moments.estimate("same").standardError()).isNaN();
        assertThat(moments.estimate("same").low()).isNaN();
        assertThat(moments.estimate("same").high()).isNaN();
    }

    @Test
    void mergingIsAddingInAnyOrder() {
        Random random = new Random(3);
        double[] values = random.doubles(300)
                .map(u -> Math.scalb(u - 0.5, random.nextInt(-200, 200)))
                .toArray();
        Moments all = moments(values);
        Moments merged = moments(Arrays.copyOfRange(values, 100, 300));
        merged.merge(moments());
        Moments first = moments(Arrays.copyOf(values, 100));
        merged.merge(first);

        assertThat(merged.count()).isEqualTo(300);
        assertThat(merged.mean()).isEqualTo(all.mean());
        assertThat(merged.variance()).isEqualTo(all.variance());
        assertThat(merged.estimate("x")).isEqualTo(all.estimate("x"));
        assertThat(first.count()).isEqualTo(100);
    }

    @Test
    void sumsOfAGroupCountAsItsValues() {
        Moments moments = moments(1, 2);
        // 3, 4 and 5: sum 12, squares 50.
        moments.addSums(3, 12, 50);
        moments.addSums(0, 0, 0);

        assertThat(moments.estimate("x")).isEqualTo(moments(1, 2, 3, 4, 5).estimate("x"));
        assertThat(moments.count()).isEqualTo(5);
    }

    @Test
    void roundedSumsOfEqualValuesHaveNoSpreadRatherThanANegativeOne() {
        // Three times 0.4 in plain arithmetic: n·Σx² − (Σx)² comes out as −1.5·10⁻¹⁶.
        double x = 0.4;
        Moments moments = new Moments();
        moments.addSums(3, x + x + x, x * x + x * x + x * x);

        assertThat(moments.variance()).isEqualTo(0.0);
        assertThat(moments.estimate("same").standardError()).isNaN();
    }

    @Test
    void withoutValuesThereIsNoMean() {
        assertThat(new Moments().mean()).isNaN();
        assertThat(new Moments().variance()).isNaN();
        assertThat(moments(1).variance()).isNaN();
        assertThatIllegalStateException()
                .isThrownBy(() -> new Moments().estimate("nothing"))
                .withMessageContaining("nothing");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesWhatIsNotFinite(double x) {
        Moments moments = new Moments();

        assertThatIllegalArgumentException().isThrownBy(() -> moments.add(x)).withMessageContaining(Double.toString(x));
        assertThatIllegalArgumentException().isThrownBy(() -> moments.addSums(2, x, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> moments.addSums(2, 1, x));
        assertThat(moments.count()).isZero();
    }

    @Test
    void refusesSumsThatNoValuesHave() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Moments().addSums(-1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Moments().addSums(2, 1, -1));
    }

    private static Moments moments(double... values) {
        Moments moments = new Moments();
        for (double x : values) {
            moments.add(x);
        }
        return moments;
    }
}
