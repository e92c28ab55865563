package org.sparkberry.random;

/**
 * Exponential and logarithm that give the same bits on every machine, within 1.2 units in the last place: only + − × ÷ fma
 * and operations on bits, in a fixed order, with no table and no branch, so that a kernel can do the same lane by lane.
 * {@code Math.exp} may differ between machines; {@code StrictMath.exp} does not, but is slower and has branches.
 */
public final class PortableMath {
    private static final double LOG2_E = 0x1.71547652b82fep+0;
    /** ln 2 in two parts; the first has 42 bits, so that its product with a whole number below 2¹¹ is exact. */
    private static final double LN2_HIGH = 0x1.62e42fefa3800p-1;

    private static final double LN2_LOW = 0x1.ef35793c76730p-45;
    /** Adding 1.5·2⁵² leaves a whole number in the low bits: x rounded to the nearest. */
    private static final double ROUNDING = 0x1.8p52;

    private static final long MANTISSA = 0x000FFFFFFFFFFFFFL;
    /** The bits of √½ and of 1: the mantissa is brought to [√½, √2). */
    private static final long SQRT_HALF = 0x3FE6A09E667F3BCDL;

    private static final long ONE = 0x3FF0000000000000L;
    private static final long TWO_TO_52 = 0x4330000000000000L;
    private static final double BIASED_ZERO = 0x1p52 + 1023;

    private PortableMath() {}

    /**
     * eˣ for x from −708 to 708; other values give no meaning.
     *
     * <p>x = k·ln 2 + r with |r| ≤ ½ ln 2 (Cody and Waite 1980), eʳ = 1 + r + r²·q(r) with a Chebyshev interpolant q of
     * degree 9, whose error is 1.6·10⁻¹⁷ of eʳ, and 2ᵏ through the bits of the exponent.
     */
    public static double exp(double x) {
        double shifted = Math.fma(x, LOG2_E, ROUNDING);
        double k = shifted - ROUNDING;
        double r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, x));
        double q = 2.510038549551032e-08;
        q = Math.fma(q, r, 2.7620088445409746e-07);
        q = Math.fma(q, r, 2.7557268459997064e-06);
        q = Math.fma(q, r, 2.4801521295954376e-05);
        q = Math.fma(q, r, 0.00019841269863053618);
        q = Math.fma(q, r, 0.0013888888917213717);
        q = Math.fma(q, r, 0.008333333333330062);
        q = Math.fma(q, r, 0.04166666666662413);
        q = Math.fma(q, r, 0.16666666666666669);
        q = Math.fma(q, r, 0.5);
        double power = Math.fma(r * r, q, r) + 1;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(power) + (Double.doubleToRawLongBits(shifted) << 52));
    }

    /**
     * ln y for a positive normal y (2⁻¹⁰²² to the largest double); other values give no meaning.
     *
     * <p>y = 2ᵏ·(1 + f) with 1 + f in [√½, √2), and ln(1 + f) = 2s + s·R(s²) with s = f/(2 + f): the method and the
     * polynomial R of fdlibm 5.3, {@code e_log.c} (Sun Microsystems 1993).
     */
    public static double log(double y) {
        long bits = Double.doubleToRawLongBits(y) - SQRT_HALF + ONE;
        double k = Double.longBitsToDouble((bits >>> 52) | TWO_TO_52) - BIASED_ZERO;
        double f = Double.longBitsToDouble((bits & MANTISSA) + SQRT_HALF) - 1;
        double s = f / (2 + f);
        double z = s * s;
        double polynomial = 0.14798198605116586;
        polynomial = Math.fma(polynomial, z, 0.15313837699209373);
        polynomial = Math.fma(polynomial, z, 0.1818357216161805);
        polynomial = Math.fma(polynomial, z, 0.22222198432149784);
        polynomial = Math.fma(polynomial, z, 0.2857142874366239);
        polynomial = Math.fma(polynomial, z, 0.3999999999940942);
        polynomial = Math.fma(polynomial, z, 0.6666666666666735);
        double halfSquare = 0.5 * f * f;
        // ln(1 + f) = f − (f²/2 − s·(f²/2 + R)): the largest term is exact.
        double correction = Math.fma(s, Math.fma(polynomial, z, halfSquare), k * LN2_LOW);
        return Math.fma(k, LN2_HIGH, f - (halfSquare - correction));
    }
}
