package org.sparkberry.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bins tell, against the values themselves, sorted. */
class QuantilesTest {
    private static final int BITS = 7;
    private static final double SMALLEST = 1e-6;
    private static final double[] SHARES = {0.001, 0.01, 0.1, 0.25, 0.5, 0.7, 0.9, 0.95, 0.99, 0.999};

    static Stream<Arguments> samples() {
        Random random = new Random(1);
        return Stream.of(
                Arguments.of("positive", random.doubles(2003).map(u -> 1 + 10 * u)),
                Arguments.of("negative", random.doubles(2000).map(u -> -1e6 * u - 1)),
                Arguments.of("mixed", random.doubles(2000).map(u -> random.nextGaussian())),
                Arguments.of("over all magnitudes", random.doubles(2000).map(u -> anyFinite(random))),
                Arguments.of("the same", DoubleStream.generate(() -> 0.7).limit(200)),
                Arguments.of("powers of two", IntStream.range(0, 400).mapToDouble(i -> Math.scalb(1.0, i % 40 - 19))),
                Arguments.of("one", DoubleStream.of(-3.25)),
                Arguments.of("half of it zero", random.doubles(999).map(u -> u < 0.5 ? 0.0 : u - 0.75)),
                Arguments.of("around the smallest", random.doubles(500).map(u -> (4 * u - 2) * SMALLEST)),
                Arguments.of(
                        "the extremes",
                        DoubleStream.of(
                                Double.MAX_VALUE,
                                Math.nextDown(Double.MAX_VALUE),
                                -Double.MAX_VALUE,
                                Double.MIN_VALUE,
                                -Double.MIN_VALUE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void aQuantileIsTheValueOfItsRankWithinTheResolution(String name, DoubleStream sample) {
        double[] sorted = sample.sorted().toArray();
        Quantiles quantiles = quantiles(sorted);
        for (double p : SHARES) {
            // The definition: the value of rank ⌈p·n⌉.
            double exact = sorted[rank(p, sorted.length) - 1];
            Estimate estimate = quantiles.quantile("q", p);

            assertThat(Math.abs(estimate.value() - exact))
                    .as("%s quantile of %s values", p, name)
                    .isLessThanOrEqualTo(estimate.resolution());
            // What the class promises: half a bin, of which there are 2^bits to a power of two.
            assertThat(estimate.resolution())
                    .isLessThanOrEqualTo(Math.max(SMALLEST, Math.scalb(Math.abs(exact), -BITS - 1)));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void aTailMeanIsTheMeanOfTheTailWithinTheResolution(String name, DoubleStream sample) {
        double[] sorted = sample.map(x -> x / 1e3).sorted().toArray();
        Quantiles quantiles = quantiles(sorted);
        for (double p : SHARES) {
            // Acerbi and Tasche 2002, definition 2.6: the tail's last share is that of the value at the quantile's
            // rank.
            int rank = rank(p, sorted.length);
            double tail = (1 - p) * sorted.length;
            double exact = 0;
            double largest = Math.abs(sorted[rank - 1]);
            for (int i = rank; i < sorted.length; i++) {
                exact += sorted[i] / tail;
                largest = Math.max(largest, Math.abs(sorted[i]));
            }
            exact += sorted[rank - 1] * (tail - (sorted.length - rank)) / tail;
            Estimate estimate = quantiles.tailMean("es", p);

            assertThat(Math.abs(estimate.value() - exact))
                    .as("tail mean above %s of %s values", p, name)
                    .isLessThanOrEqualTo(estimate.resolution() * (1 + 1e-9) + 1e-13 * largest);
            assertThat(estimate.resolution())
                    .isLessThanOrEqualTo(2 * Math.max(SMALLEST, Math.scalb(largest, -BITS - 1)) * (1 + 1e-9));
        }
    }

    @Test
    void theSmallestValueThatIsNotZeroHasABinOfItsOwnKind() {
        // One bit cuts 1 … 2 into [1, 1.5) and [1.5, 2), of which 1.9 leaves [1.9, 2).
        Quantiles quantiles = new Quantiles(1, 1.9);
        quantiles.add(1.9);
        Estimate smallest = quantiles.quantile("q", 0.5);
        assertThat(smallest.value()).isEqualTo(1.95, within(1e-15));
        assertThat(smallest.resolution()).isEqualTo(0.05, within(1e-15));

        Quantiles zero = new Quantiles(1, 1.9);
        zero.add(Math.nextDown(1.9));
        assertThat(zero.quantile("q", 0.5).value()).isEqualTo(0.0);
        assertThat(zero.quantile("q", 0.5).resolution()).isEqualTo(1.9);
    }

    @Test
    void theIntervalIsBetweenTheOrderStatisticsOfTheBook() {
        // David and Nagaraja 2003, section 7.1, for the median of 1 … 100: ranks 50 ± 1.96·5, outward to 40 and 61.
        // Bins of width 1/2 between 32 and 64 begin at these values.
        Quantiles quantiles = new Quantiles(6, 1);
        IntStream.rangeClosed(1, 100).forEach(quantiles::add);
        Estimate median = quantiles.quantile("median", 0.5);

        assertThat(median.value()).isEqualTo(50.25);
        assertThat(median.resolution()).isEqualTo(0.25);
        assertThat(median.low()).isEqualTo(40);
        assertThat(median.high()).isEqualTo(61.5);
        double sampling = (61 - 40) / (2 * 1.959963984540054);
        assertThat(median.standardError()).isEqualTo(Math.sqrt(sampling * sampling + 0.5 * 0.5 / 12), within(1e-14));
    }

    @Test
    void theTailMeanOfAFewValuesIsTheOneWorkedOutByHand() {
        // 1 … 200 above 0.9: the tail is 181 … 200, its mean 190.5; the quantile is the value of rank 180, 180; the
        // variance is (s² + 0.9·10.5²)/20 with s² = (20² − 1)/12 = 33.25 (Manistre and Hancock 2005, equation 2). A bin
        // is 2^-13 wide here.
        Quantiles quantiles = new Quantiles(20, 1);
        IntStream.rangeClosed(1, 200).forEach(quantiles::add);
        Estimate tailMean = quantiles.tailMean("es", 0.9);

        assertThat(tailMean.value()).isEqualTo(190.5, within(0x1p-13));
        assertThat(tailMean.standardError()).isEqualTo(Math.sqrt((33.25 + 0.9 * 10.5 * 10.5) / 20), within(1e-6));
        double half = 1.959963984540054 * tailMean.standardError() + tailMean.resolution();
        assertThat(tailMean.low()).isEqualTo(tailMean.value() - half, within(1e-12));
        assertThat(tailMean.high()).isEqualTo(tailMean.value() + half, within(1e-12));
    }

    @Test
    void mergingInAnyOrderAndGroupingGivesTheSameBits() {
        Random random = new Random(2);
        double[] values = random.doubles(3000)
                .map(u -> 100 * random.nextGaussian() * u * u)
                .toArray();
        String expected = digest(quantiles(values));
        for (int i = 0; i < 10; i++) {
            List<Quantiles> parts = new ArrayList<>(List.of(quantiles()));
            for (int from = 0; from < values.length; ) {
                int to = Math.min(values.length, from + 1 + random.nextInt(700));
                parts.add(quantiles(Arrays.copyOfRange(values, from, to)));
                from = to;
            }
            while (parts.size() > 1) {
                Collections.shuffle(parts, random);
                Quantiles last = parts.remove(parts.size() - 1);
                parts.get(0).merge(last);
            }

            assertThat(parts.get(0).count()).isEqualTo(values.length);
            assertThat(digest(parts.get(0))).isEqualTo(expected);
        }
    }

    @Test
    void mergingDoesNotChangeTheOther() {
        Quantiles other = quantiles(1, 2, 0);
        Quantiles merged = quantiles();
        merged.merge(other);
        merged.add(1);
        merged.add(0);

        assertThat(other.count()).isEqualTo(3);
        assertThat(merged.count()).isEqualTo(5);
    }

    @Test
    void quantilesOfDifferentResolutionCannotBeMerged() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Quantiles(7, 1).merge(new Quantiles(8, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Quantiles(7, 1).merge(new Quantiles(7, 2)));
    }

    @Test
    void tooFewValuesHaveNoErrorBar() {
        // The upper rank, ⌈0.99·n + 1.95996·√(0.0099·n)⌉ + 1, is n or less from n = 563 on: at 562 it is 563.
        int enough = 563;
        Quantiles quantiles = new Quantiles(BITS, SMALLEST);
        IntStream.range(1, enough).forEach(quantiles::add);

        Estimate tooFew = quantiles.quantile("q", 0.99);
        assertThat(tooFew.value()).isEqualTo(Math.ceil(0.99 * (enough - 1)), within(tooFew.resolution()));
        assertThat(tooFew.standardError()).isNaN();
        assertThat(tooFew.low()).isNaN();
        assertThat(tooFew.high()).isNaN();
        quantiles.add(enough);
        assertThat(quantiles.quantile("q", 0.99).standardError()).isBetween(1.0, 10.0);
        assertThat(quantiles.quantile("q", 0.001).standardError()).isNaN();
    }

    @Test
    void fewerThanTenValuesInTheTailHaveNoErrorBar() {
        Quantiles quantiles = new Quantiles(BITS, SMALLEST);
        IntStream.rangeClosed(1, 39).forEach(quantiles::add);

        Estimate tooFew = quantiles.tailMean("es", 0.75);
        // 30 is the value of rank ⌈0.75·39⌉; above it are 31 … 39, and three quarters of it are in the tail of 9.75.
        assertThat(tooFew.value()).isEqualTo((315 + 0.75 * 30) / 9.75, within(tooFew.resolution()));
        assertThat(tooFew.standardError()).isNaN();
        assertThat(tooFew.low()).isNaN();
        assertThat(tooFew.high()).isNaN();
        quantiles.add(40);
        assertThat(quantiles.tailMean("es", 0.75).standardError()).isBetween(1.0, 5.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, 1.1, Double.NaN})
    void refusesSharesThatAreNotStrictlyBetweenZeroAndOne(double p) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> quantiles(1).quantile("q", p))
                .withMessageContaining(Double.toString(p));
        assertThatIllegalArgumentException().isThrownBy(() -> quantiles(1).tailMean("q", p));
    }

    @Test
    void saysSoWhenNothingWasCounted() {
        assertThatIllegalStateException()
                .isThrownBy(() -> quantiles().quantile("median", 0.5))
                .withMessageContaining("median");
        assertThatIllegalStateException().isThrownBy(() -> quantiles().tailMean("tail", 0.5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesWhatIsNotFinite(double x) {
        Quantiles quantiles = quantiles(1);

        assertThatIllegalArgumentException().isThrownBy(() -> quantiles.add(x));
        assertThat(quantiles.count()).isEqualTo(1);
    }

    @Test
    void refusesImpossibleResolutions() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Quantiles(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Quantiles(21, 1));
        for (double smallest : new double[] {0, -1, Double.MIN_VALUE, Double.POSITIVE_INFINITY, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Quantiles(7, smallest));
        }
    }

    /** Everything that the bins tell, to the bit. */
    private static String digest(Quantiles quantiles) {
        List<Estimate> estimates = new ArrayList<>();
        for (double p : SHARES) {
            estimates.add(quantiles.quantile("q", p));
            estimates.add(quantiles.tailMean("es", p));
        }
        return new Result(quantiles.count(), estimates, List.of()).digest();
    }

    private static int rank(double p, int n) {
        return Math.max(1, (int) Math.ceil(p * n));
    }

    private static double anyFinite(Random random) {
        double x = Double.longBitsToDouble(random.nextLong());
        return Math.abs(x) <= Double.MAX_VALUE ? x : anyFinite(random);
    }

    private static Quantiles quantiles(double... values) {
        Quantiles quantiles = new Quantiles(BITS, SMALLEST);
        for (double x : values) {
            quantiles.add(x);
        }
        return quantiles;
    }
}
