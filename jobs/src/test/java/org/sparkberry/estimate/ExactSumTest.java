package org.sparkberry.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** What is compared with {@link BigDecimal} is compared with a sum that has every bit, and its one rounding. */
class ExactSumTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double MAX = Double.MAX_VALUE;
    private static final double MIN = Double.MIN_VALUE;

    @Test
    void agreesWithBigDecimalOverAllExponents() {
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            double[] values = DoubleStream.generate(() -> anyFinite(random))
                    .limit(random.nextInt(1, 40))
                    .toArray();
            assertExact(values);
        }
    }

    @Test
    void agreesWithBigDecimalWhenTheLargestTermsCancel() {
        Random random = new Random(2);
        for (int i = 0; i < 500; i++) {
            double[] values = DoubleStream.generate(() -> anyFinite(random))
                    .limit(random.nextInt(1, 20))
                    .toArray();
            Arrays.sort(values);
            double[] cancelling = Arrays.copyOf(values, 2 * values.length);
            for (int j = 0; j < values.length; j++) {
                // Half of the terms vanish, or all but their last bits do.
                cancelling[values.length + j] = random.nextBoolean() ? -values[j] : -Math.nextUp(values[j]);
            }
            assertExact(cancelling);
        }
    }

    @Test
    void agreesWithBigDecimalAmongSubnormals() {
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            double[] values = DoubleStream.generate(
                            () -> Double.longBitsToDouble(random.nextLong() & (Long.MIN_VALUE | (2L << 52) - 1)))
                    .limit(random.nextInt(1, 10))
                    .toArray();
            assertExact(values);
        }
    }

    @Test
    void agreesWithBigDecimalNearOne() {
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            // Short numbers on a grid of 2^-54 make many sums that lie half-way between two doubles.
            double[] values = DoubleStream.generate(() -> Math.scalb((double) random.nextInt(-8, 9), -54))
                    .limit(6)
                    .toArray();
            values[0] = random.nextBoolean() ? 1 : -1;
            assertExact(values);
        }
    }

    @Test
    void roundsOnceToTheNearestDoubleAndTiesToEven() {
        // IEEE 754-2019, section 4.3.1, by hand: the doubles after 1 are 1 + 2^-52 and 1 + 2^-51.
        assertThat(sum(1, 0x1p-53).value()).isEqualTo(1);
        assertThat(sum(1, 0x1p-53, MIN).value()).isEqualTo(1 + 0x1p-52);
        assertThat(sum(1, 0x1p-53, -MIN).value()).isEqualTo(1);
        assertThat(sum(1 + 0x1p-52, 0x1p-53).value()).isEqualTo(1 + 0x1p-51);
        assertThat(sum(-1 - 0x1p-52, -0x1p-53).value()).isEqualTo(-1 - 0x1p-51);
        assertThat(sum(1 + 0x1p-52, 0x1p-53, -MIN).value()).isEqualTo(1 + 0x1p-52);
        assertThat(sum(1, 0x1p-54, 0x1p-54, 0x1p-107).value()).isEqualTo(1 + 0x1p-52);
        // Ten times 0.1 is 1.000000000000000055511151231257827… exactly: the nearest double is 1.
        assertThat(sum(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1).value())
                .isEqualTo(1);
    }

    @Test
    void aBitHoweverFarBelowDecidesATie() {
        for (int k = 54; k <= 1074; k++) {
            double bit = Math.scalb(1.0, -k);
            assertThat(sum(1, 0x1p-53, bit).value()).as("2^-%d", k).isEqualTo(1 + 0x1p-52);
            assertThat(sum(1, 0x1p-53, -bit).value()).as("2^-%d", k).isEqualTo(1);
        }
    }

    @Test
    void subnormalSumsAreExact() {
        assertThat(sum(MIN, MIN, MIN).value()).isEqualTo(3 * MIN);
        assertThat(sum(Double.MIN_NORMAL, -MIN).value()).isEqualTo(Double.MIN_NORMAL - MIN);
        assertThat(sum(MAX, MIN, -MAX).value()).isEqualTo(MIN);
        assertThat(sum(1, -MIN, -1).value()).isEqualTo(-MIN);
    }

    @Test
    void overflowsOnlyIfTheTrueSumDoes() {
        // IEEE 754-2019, section 4.3.1: from MAX + half a unit in the last place on, the nearest is infinite.
        double halfUnit = 0x1p970;
        assertThat(sum(MAX, MAX, -MAX).value()).isEqualTo(MAX);
        assertThat(sum(MAX, halfUnit).value()).isEqualTo(INF);
        assertThat(sum(MAX, halfUnit, -MIN).value()).isEqualTo(MAX);
        assertThat(sum(-MAX, -halfUnit).value()).isEqualTo(-INF);
        assertThat(sum(MAX, MAX, MAX).exactValue())
                .isEqualByComparingTo(new BigDecimal(MAX).multiply(BigDecimal.valueOf(3)));
    }

    @Test
    void zeroHasNoSign() {
        for (ExactSum zero : List.of(new ExactSum(), sum(-0.0, -0.0), sum(MAX, -MAX), sum(-MIN, MIN))) {
            // All bits 0 is +0: −0 has its sign bit set.
            assertThat(Double.doubleToRawLongBits(zero.value())).isZero();
        }
        assertThat(sum(-0.0)).isEqualTo(sum(0.0)).isEqualTo(new ExactSum());
        assertThat(sum(3.5, -3.5).exactValue()).isZero();
    }

    @Test
    void nanAndInfinitiesAreRememberedWhateverFollows() {
        assertThat(sum(1, Double.NaN, 2).value()).isNaN();
        assertThat(sum(INF, -MAX, -MAX).value()).isEqualTo(INF);
        assertThat(sum(1, -INF, -INF).value()).isEqualTo(-INF);
        assertThat(sum(INF, 1, -INF).value()).isNaN();
        assertThat(sum(INF, Double.NaN).value()).isNaN();

        ExactSum merged = sum(-INF);
        merged.merge(sum(1, 2));
        assertThat(merged.value()).isEqualTo(-INF);
        merged.merge(sum(INF));
        assertThat(merged.value()).isNaN();
        ExactSum negative = sum(1);
        negative.merge(sum(-INF));
        assertThat(negative.value()).isEqualTo(-INF);
        ExactSum nan = sum(1);
        nan.merge(sum(Double.NaN));
        assertThat(nan.value()).isNaN();
    }

    @Test
    void anInfiniteSumHasNoExactValue() {
        for (double x : new double[] {INF, -INF, Double.NaN}) {
            assertThatExceptionOfType(ArithmeticException.class)
                    .isThrownBy(() -> sum(1, x).exactValue())
                    .withMessageContaining(Double.toString(x));
        }
    }

    @Test
    void orderAndGroupingDoNotMatter() {
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            List<Double> values = new ArrayList<>();
            for (int j = 0; j < 60; j++) {
                values.add(j % 29 == 28 && i % 3 == 0 ? random.nextBoolean() ? INF : Double.NaN : anyFinite(random));
            }
            ExactSum inOrder = sum(values.stream().mapToDouble(x -> x).toArray());
            Collections.shuffle(values, random);
            ExactSum grouped = mergedAtRandom(values, random);

            assertThat(grouped.hashCode()).isEqualTo(inOrder.hashCode());
            assertThat(grouped).isEqualTo(inOrder);
            assertThat(Double.doubleToLongBits(grouped.value())).isEqualTo(Double.doubleToLongBits(inOrder.value()));
        }
    }

    @Test
    void sumsThatDifferByOneUnitAreNotEqual() {
        assertThat(sum(MAX, MIN)).isNotEqualTo(sum(MAX));
        assertThat(sum(MAX, MIN).value()).isEqualTo(MAX);
        assertThat(sum(INF)).isNotEqualTo(sum(-INF)).isNotEqualTo(sum(INF, INF)).isNotEqualTo(new ExactSum());
        assertThat(sum(-INF)).isNotEqualTo(new ExactSum());
        assertThat(sum(Double.NaN)).isNotEqualTo(new ExactSum());
        assertThat(sum(1)).isNotEqualTo(1.0);
    }

    @Test
    void mergingDoesNotChangeTheOther() {
        ExactSum other = sum(0.1, MAX, -MIN);
        ExactSum sum = sum(1);
        sum.merge(other);
        sum.add(5);

        assertThat(other).isEqualTo(sum(0.1, MAX, -MIN));
    }

    @Test
    void mergingWithItselfDoublesTheSumEvenBeyondEveryRunsLength() {
        for (double x : new double[] {MAX, -MAX, 0.1, -MIN}) {
            ExactSum sum = sum(x);
            for (int i = 0; i < 64; i++) {
                sum.merge(sum);
            }
            // 2^64 additions: more than a long counts.
            assertThat(sum.exactValue())
                    .isEqualByComparingTo(new BigDecimal(x).multiply(new BigDecimal(BigInteger.ONE.shiftLeft(64))));
            ExactSum negative = sum(-x);
            for (int i = 0; i < 64; i++) {
                negative.merge(negative);
            }
            sum.merge(negative);
            assertThat(sum).isEqualTo(new ExactSum());
        }
    }

    @Test
    void carriesBeforeALimbCanOverflow() throws ReflectiveOperationException {
        // As after one addition less than it takes to carry, but with the limb fuller than they could have filled it:
        // the next addition must carry, or the one after it overflows.
        int additionsBeforeCarry = (int) field("ADDITIONS_BEFORE_CARRY").get(null);
        long largestPart = 0xFFFFFFFFL;
        for (int sign : new int[] {1, -1}) {
            ExactSum sum = new ExactSum();
            long full = sign * (Long.MAX_VALUE - largestPart);
            ((long[]) field("limbs").get(sum))[0] = full;
            field("additions").setInt(sum, additionsBeforeCarry - 1);
            sum.add(sign * largestPart * MIN);
            sum.add(sign * largestPart * MIN);

            BigInteger units = BigInteger.valueOf(full)
                    .add(BigInteger.valueOf(2 * largestPart).multiply(BigInteger.valueOf(sign)));
            assertThat(sum.exactValue()).isEqualByComparingTo(new BigDecimal(units).multiply(new BigDecimal(MIN)));
        }
        // That many additions of 2^32 − 1 on top of what a carry leaves fit a limb.
        assertThat(BigInteger.valueOf(additionsBeforeCarry).shiftLeft(32).bitLength())
                .isLessThan(63);
    }

    @Test
    void addsManyValuesExactly() {
        ExactSum sum = new ExactSum();
        double x = -0.1;
        int n = 10_000_000;
        for (int i = 0; i < n; i++) {
            sum.add(x);
        }
        assertThat(sum.exactValue()).isEqualByComparingTo(new BigDecimal(x).multiply(BigDecimal.valueOf(n)));
    }

    @Test
    void addsProductsExactly() {
        Random random = new Random(6);
        for (int i = 0; i < 500; i++) {
            ExactSum sum = new ExactSum();
            BigDecimal expected = BigDecimal.ZERO;
            for (int j = 0; j < 10; j++) {
                // Exponents from −484 to 510: the product is at least 2^−968 and finite.
                double a = Math.scalb(random.nextDouble(1, 2), random.nextInt(-484, 511));
                double b = Math.scalb(random.nextDouble(-2, -1), random.nextInt(-484, 511));
                sum.addProduct(a, b);
                expected = expected.add(new BigDecimal(a).multiply(new BigDecimal(b)));
            }
            assertThat(sum.exactValue()).isEqualByComparingTo(expected);
        }
    }

    @Test
    void addsTheSmallestProductThatItPromisesExactly() {
        // (1 + 2^-52)² has 105 bits: at 2^-969 its last one is 2^-1073, just above the smallest double.
        double a = Math.scalb(1 + 0x1p-52, -484);
        double b = Math.scalb(1 + 0x1p-52, -485);
        ExactSum sum = new ExactSum();
        sum.addProduct(a, b);

        assertThat(sum.exactValue()).isEqualByComparingTo(new BigDecimal(a).multiply(new BigDecimal(b)));
    }

    @Test
    void productsOfZerosNansAndInfinitiesFollowIeee754() {
        ExactSum zero = new ExactSum();
        zero.addProduct(-0.0, 5);
        zero.addProduct(0, -5);
        assertThat(zero).isEqualTo(new ExactSum());

        ExactSum infinite = sum(1);
        infinite.addProduct(-INF, 2);
        assertThat(infinite.value()).isEqualTo(-INF);
        infinite.addProduct(1e200, 1e200);
        assertThat(infinite.value()).isNaN();

        ExactSum nan = new ExactSum();
        nan.addProduct(0, INF);
        assertThat(nan.value()).isNaN();
    }

    @Test
    void printsItsValue() {
        assertThat(sum(1, 0.5)).hasToString("1.5");
    }

    private static ExactSum sum(double... values) {
        ExactSum sum = new ExactSum();
        for (double x : values) {
            sum.add(x);
        }
        return sum;
    }

    private static void assertExact(double[] values) {
        BigDecimal expected = Arrays.stream(values).mapToObj(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
        ExactSum sum = sum(values);

        assertThat(sum.exactValue()).as(() -> Arrays.toString(values)).isEqualByComparingTo(expected);
        assertThat(sum.value()).as(() -> Arrays.toString(values)).isEqualTo(expected.doubleValue());
    }

    private static double anyFinite(Random random) {
        double x = Double.longBitsToDouble(random.nextLong());
        return Math.abs(x) <= MAX ? x : anyFinite(random);
    }

    private static ExactSum mergedAtRandom(List<Double> values, Random random) {
        if (values.size() == 1) {
            return sum(values.get(0));
        }
        int cut = random.nextInt(1, values.size());
        ExactSum left = mergedAtRandom(values.subList(0, cut), random);
        ExactSum right = mergedAtRandom(values.subList(cut, values.size()), random);
        if (random.nextBoolean()) {
            left.merge(right);
            return left;
        }
        right.merge(left);
        return right;
    }

    private static Field field(String name) throws ReflectiveOperationException {
        Field field = ExactSum.class.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
