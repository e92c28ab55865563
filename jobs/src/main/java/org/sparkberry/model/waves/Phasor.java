package org.sparkberry.model.waves;

/**
 * Cosine and sine together, with the same bits on every machine and within 10⁻¹⁵ for |x| up to 10⁶: only + − × and fma. x
 * is brought to [−π/4, π/4] with π/2 in three parts (Cody and Waite 1980), then come the polynomials of fdlibm 5.3,
 * {@code k_sin.c} and {@code k_cos.c} (Sun Microsystems 1993).
 */
final class Phasor {
    private static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;
    /** π/2 in three doubles; fma needs no spare bits in them. */
    private static final double HALF_PI_1 = 0x1.921fb54442d18p+0;

    private static final double HALF_PI_2 = 0x1.1a62633145c07p-54;
    private static final double HALF_PI_3 = -0x1.f1976b7ed8fbcp-110;
    /** Adding 1.5·2⁵² leaves a whole number in the low bits: x rounded to the nearest. */
    private static final double ROUNDING = 0x1.8p52;

    private Phasor() {}

    /** Writes amplitude·cos x and amplitude·sin x to two places that follow each other. */
    static void put(double amplitude, double x, double[] to, int at) {
        double shifted = Math.fma(x, TWO_OVER_PI, ROUNDING);
        double k = shifted - ROUNDING;
        double r = Math.fma(k, -HALF_PI_3, Math.fma(k, -HALF_PI_2, Math.fma(k, -HALF_PI_1, x)));
        double z = r * r;
        double s = 1.58969099521155e-10;
        s = Math.fma(s, z, -2.5050760253406863e-08);
        s = Math.fma(s, z, 2.7557313707070068e-06);
        s = Math.fma(s, z, -0.0001984126982985795);
        s = Math.fma(s, z, 0.00833333333332249);
        s = Math.fma(s, z, -0.16666666666666632);
        double sine = Math.fma(s * z, r, r);
        double c = -1.1359647557788195e-11;
        c = Math.fma(c, z, 2.087572321298175e-09);
        c = Math.fma(c, z, -2.7557314351390663e-07);
        c = Math.fma(c, z, 2.480158728947673e-05);
        c = Math.fma(c, z, -0.001388888888887411);
        c = Math.fma(c, z, 0.0416666666666666);
        double cosine = Math.fma(c * z, z, Math.fma(z, -0.5, 1));
        long quadrant = Double.doubleToRawLongBits(shifted);
        boolean swapped = (quadrant & 1) != 0;
        double real = swapped ? sine : cosine;
        double imaginary = swapped ? cosine : sine;
        to[at] = ((quadrant + 1) & 2) != 0 ? -amplitude * real : amplitude * real;
        to[at + 1] = (quadrant & 2) != 0 ? -amplitude * imaginary : amplitude * imaginary;
    }
}
