package org.sparkberry.estimate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The exact sum of doubles: any order and any grouping give the same bits. {@link #value} is the true sum rounded once,
 * to the nearest double.
 *
 * <p>Nothing added: 0. A NaN, or infinities of both signs: NaN. An infinity of one sign: that infinity. A true sum
 * beyond the largest double: infinity.
 *
 * <p>The sum is an integer in units of 2⁻¹⁰⁷⁴ (the smallest double) held in limbs of 32 bits with room for carries, a
 * "long accumulator": Kulisch, "Computer Arithmetic and Validity", 2nd ed. 2013, chapter 8.
 */
public final class ExactSum implements Estimator<ExactSum> {
    private static final long serialVersionUID = 1;

    private static final int LIMB_BITS = 32;
    private static final long LIMB_MASK = 0xFFFFFFFFL;
    private static final int UNIT_EXPONENT = -1074;
    /** 2098 bits span every double; 32 more for carries of the sum, and one limb for the sign. */
    private static final int LIMBS = 68;
    /** Each addition adds less than 2³² to a limb of 63 bits. */
    private static final int ADDITIONS_BEFORE_CARRY = 1 << 29;

    private final long[] limbs = new long[LIMBS];
    private int additions;
    private long nans;
    private long positiveInfinities;
    private long negativeInfinities;

    /** Adds one value. */
    public void add(double x) {
        long bits = Double.doubleToRawLongBits(x);
        int exponent = (int) (bits >>> 52) & 0x7FF;
        long mantissa = bits & 0xFFFFFFFFFFFFFL;
        if (exponent == 0x7FF) {
            addNonFinite(x);
            return;
        }
        int position = 0;
        if (exponent != 0) {
            mantissa |= 1L << 52;
            position = exponent - 1;
        }
        int limb = position >>> 5;
        int shift = position & 31;
        // 53 bits shifted by up to 31: up to 84 bits, in three limbs.
        long low = (mantissa << shift) & LIMB_MASK;
        long upper = shift == 0 ? mantissa >>> LIMB_BITS : mantissa >>> (LIMB_BITS - shift);
        long middle = upper & LIMB_MASK;
        long high = upper >>> LIMB_BITS;
        if (bits >= 0) {
            limbs[limb] += low;
            limbs[limb + 1] += middle;
            limbs[limb + 2] += high;
        } else {
            limbs[limb] -= low;
            limbs[limb + 1] -= middle;
            limbs[limb + 2] -= high;
        }
        if (++additions >= ADDITIONS_BEFORE_CARRY) {
            carry();
        }
    }

    /** Adds a·b exactly, unless the product's low half underflows (|a·b| below 2⁻⁹⁶⁹). */
    public void addProduct(double a, double b) {
        double product = a * b;
        add(product);
        if (Math.abs(product) < Double.POSITIVE_INFINITY) {
            add(Math.fma(a, b, -product));
        }
    }

    @Override
    public void merge(ExactSum other) {
        other.carry();
        carry();
        for (int i = 0; i < LIMBS; i++) {
            limbs[i] += other.limbs[i];
        }
        carry();
        nans += other.nans;
        positiveInfinities += other.positiveInfinities;
        negativeInfinities += other.negativeInfinities;
    }

    /** The sum, correctly rounded. */
    public double value() {
        if (nans > 0 || (positiveInfinities > 0 && negativeInfinities > 0)) {
            return Double.NaN;
        }
        if (positiveInfinities > 0) {
            return Double.POSITIVE_INFINITY;
        }
        if (negativeInfinities > 0) {
            return Double.NEGATIVE_INFINITY;
        }
        BigInteger units = units();
        BigInteger magnitude = units.abs();
        double rounded;
        int excess = magnitude.bitLength() - 64;
        if (magnitude.bitLength() <= 53) {
            rounded = magnitude.longValueExact() * Double.MIN_VALUE;
        } else if (excess <= 0) {
            rounded = Math.scalb(magnitude.doubleValue(), UNIT_EXPONENT);
        } else {
            // The bits below the 64th matter only for being zero or not: one sticky bit stands for them.
            BigInteger top = magnitude.shiftRight(excess);
            if (magnitude.getLowestSetBit() < excess) {
                top = top.shiftLeft(1).setBit(0);
                excess--;
            }
            rounded = Math.scalb(top.doubleValue(), excess + UNIT_EXPONENT);
        }
        return units.signum() < 0 ? -rounded : rounded;
    }

    /**
     * The sum with every bit.
     *
     * @throws ArithmeticException if a NaN or an infinity was added
     */
    public BigDecimal exactValue() {
        if (nans + positiveInfinities + negativeInfinities > 0) {
            throw new ArithmeticException("not a finite sum: " + value());
        }
        BigInteger units = units();
        int trailing = Math.min(Math.max(units.getLowestSetBit(), 0), -UNIT_EXPONENT);
        BigDecimal denominator = new BigDecimal(BigInteger.ONE.shiftLeft(-UNIT_EXPONENT - trailing));
        return new BigDecimal(units.shiftRight(trailing)).divide(denominator);
    }

    @Override
    public boolean equals(Object o) {
        if (!(o instanceof ExactSum other)) {
            return false;
        }
        carry();
        other.carry();
        return Arrays.equals(limbs, other.limbs)
                && nans == other.nans
                && positiveInfinities == other.positiveInfinities
                && negativeInfinities == other.negativeInfinities;
    }

    @Override
    public int hashCode() {
        carry();
        return Arrays.hashCode(limbs);
    }

    @Override
    public String toString() {
        return Double.toString(value());
    }

    private void addNonFinite(double x) {
        if (x > 0) {
            positiveInfinities++;
        } else if (x < 0) {
            negativeInfinities++;
        } else {
            nans++;
        }
    }

    /** Brings the limbs to their one canonical form: all but the last in 0 … 2³² − 1, the last with the sign. */
    private void carry() {
        long carry = 0;
        for (int i = 0; i < LIMBS - 1; i++) {
            long limb = limbs[i] + carry;
            limbs[i] = limb & LIMB_MASK;
            carry = limb >> LIMB_BITS;
        }
        limbs[LIMBS - 1] += carry;
        additions = 0;
    }

    private BigInteger units() {
        carry();
        BigInteger units = BigInteger.valueOf(limbs[LIMBS - 1]);
        for (int i = LIMBS - 2; i >= 0; i--) {
            units = units.shiftLeft(LIMB_BITS).add(BigInteger.valueOf(limbs[i]));
        }
        return units;
    }
}
