package org.sparkberry.model.galaxy;

/**
 * 1/√x with the same bits on every machine, within 1.5 units in the last place, for x from 10⁻³⁰⁰ to 10³⁰⁰; other
 * values give no meaning. A divider and a root take several times as long on most processors as these eleven products
 * and sums, and lanes can do the same.
 *
 * <p>Half of the exponent, taken from the bits, gives a first guess g with x·g² from 3/4 to 27/32: a shift by one bit
 * halves the exponent and the mantissa alike (Blinn, "Floating-point tricks", IEEE Computer Graphics and Applications
 * 17, 1997, doi:10.1109/38.595279). The polynomial of degree 3 that is nearest to 1/√t there, by Remez's algorithm,
 * brings the error to 4.2·10⁻⁷, and one step of Halley's method to 2·10⁻¹⁹, which rounding hides.
 */
final class InverseRoot {
    static final long MAGIC = 0x5FE4_0000_0000_0000L;
    static final double C0 = 2.452720884305265;
    static final double C1 = -3.082193501636652;
    static final double C2 = 2.3225865312738643;
    static final double C3 = -0.6941170201401169;

    private InverseRoot() {}

    static double of(double x) {
        double guess = Double.longBitsToDouble(MAGIC - (Double.doubleToRawLongBits(x) >>> 1));
        double t = x * guess * guess;
        double root = Math.fma(t, Math.fma(t, Math.fma(t, C3, C2), C1), C0) * guess;
        double excess = Math.fma(x * root, root, -1);
        return Math.fma(excess * root, Math.fma(excess, 0.375, -0.5), root);
    }
}
