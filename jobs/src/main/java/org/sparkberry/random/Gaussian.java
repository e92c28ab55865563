package org.sparkberry.random;

/**
 * The standard normal distribution, with the same bits on every machine.
 *
 * <p>Normal numbers are made by inversion: one draw, one number, as a smooth rising function of it, which lanes of a
 * kernel, antithetic pairs and quasi-random points all need. (A ziggurat takes a varying number of draws, and a table.)
 * Of the known inverses it is the one of Giles, "Approximating the erfinv function", GPU Computing Gems Jade Edition
 * 2012, doi:10.1016/B978-0-12-385963-1.00010-1: for 99.9 % of all draws it is one polynomial without a branch, where
 * Wichura's AS 241 (doi:10.2307/2347330) has three regions and leaves the first for 15 %.
 */
public final class Gaussian {
    private static final long MANTISSA_OF_TWO = 0x4000000000000000L;
    private static final double SQRT_2 = 1.4142135623730951;
    private static final double INVERSE_SQRT_2_PI = 0.3989422804014327;
    /** Where the tails begin, in terms of w; see {@link #quantile}. */
    private static final double CENTRE_END = 6.25;

    private static final double NEAR_TAIL_END = 16;

    /** Where e^−x ends to be a normal number. */
    private static final double FARTHEST = 708;

    private static final double[] NEAR_TAIL = {
        2.2137376921775787e-09,
        9.075656193888539e-08,
        -2.7517406297064545e-07,
        1.8239629214389228e-08,
        1.5027403968909828e-06,
        -4.013867526981546e-06,
        2.9234449089955446e-06,
        1.2475304481671779e-05,
        -4.7318229009055734e-05,
        6.828485145957318e-05,
        2.4031110387097894e-05,
        -0.0003550375203628475,
        0.0009532893797373805,
        -0.0016882755560235047,
        0.002491442096107851,
        -0.003751208507569241,
        0.005370914553590064,
        1.0052589676941592,
        3.0838856104922208
    };
    private static final double[] FAR_TAIL = {
        -2.7109920616438573e-11,
        -2.555641816996525e-10,
        1.5076572693500548e-09,
        -3.789465440126737e-09,
        7.61570120807834e-09,
        -1.496002662714924e-08,
        2.914795345090108e-08,
        -6.771199775845234e-08,
        2.2900482228026655e-07,
        -9.9298272942317e-07,
        4.526062597223154e-06,
        -1.968177810553167e-05,
        7.599527703001776e-05,
        -0.00021503011930044477,
        -0.00013871931833623122,
        1.0103004648645344,
        4.849906401408584
    };

    /** Chebyshev coefficients of m(z)/t in 2t − 1, with Mills' ratio m(z) = Φ(−z)/φ(z) and t = 4/(4 + z). */
    private static final double[] MILLS = {
        0.6081401071287601,
        0.47106364364487086,
        0.1392391622740954,
        0.030403993036051142,
        0.004340177035931943,
        0.00020090530018249141,
        -6.300873370135883e-05,
        -1.1845929817645294e-05,
        6.331472841497064e-07,
        3.85101745997825e-07,
        -2.118740157515424e-09,
        -1.296334650273668e-08,
        -7.070323319150615e-11,
        4.871641594722765e-10,
        -6.229863742068851e-12,
        -1.9893121798616005e-11,
        1.1546035447693975e-12,
        8.227140310233071e-13,
        -1.091346007067495e-13,
        -3.0751780219647713e-14,
        8.103539120556909e-15,
        7.633316510696814e-16,
        -5.045841562064601e-16,
        1.754349396326216e-17,
        2.6263398056103275e-17
    };

    private Gaussian() {}

    /** The upper 52 of 64 uniform bits as a number uniform in (−1, 1): an odd multiple of 2⁻⁵², never an end. */
    public static double centred(long bits) {
        // [2, 4) by the bits of the mantissa: no conversion of whole numbers, which AVX2 has not for 64 bits.
        return Double.longBitsToDouble((bits >>> 12) | MANTISSA_OF_TWO) - 3 + 0x1p-52;
    }

    /** The number z that a standard normal one is below with probability (1 + x)/2, for x in (−1, 1); odd in x. */
    public static double quantile(double x) {
        double w = -PortableMath.log((1 - x) * (1 + x));
        if (w >= CENTRE_END) {
            return tail(w, x);
        }
        double c = w - 3.125;
        double p = -3.64441206401782e-21;
        p = Math.fma(p, c, -1.6850591381820166e-19);
        p = Math.fma(p, c, 1.28584807152564e-18);
        p = Math.fma(p, c, 1.1157877678025181e-17);
        p = Math.fma(p, c, -1.333171662854621e-16);
        p = Math.fma(p, c, 2.0972767875968562e-17);
        p = Math.fma(p, c, 6.637638134358324e-15);
        p = Math.fma(p, c, -4.054566272975207e-14);
        p = Math.fma(p, c, -8.151934197605472e-14);
        p = Math.fma(p, c, 2.6335093153082323e-12);
        p = Math.fma(p, c, -1.2975133253453532e-11);
        p = Math.fma(p, c, -5.415412054294628e-11);
        p = Math.fma(p, c, 1.0512122733215323e-09);
        p = Math.fma(p, c, -4.112633980346984e-09);
        p = Math.fma(p, c, -2.9070369957882005e-08);
        p = Math.fma(p, c, 4.2347877827932404e-07);
        p = Math.fma(p, c, -1.3654692000834679e-06);
        p = Math.fma(p, c, -1.3882523362786469e-05);
        p = Math.fma(p, c, 0.00018673420803405714);
        p = Math.fma(p, c, -0.000740702534166267);
        p = Math.fma(p, c, -0.006033670871430149);
        p = Math.fma(p, c, 0.24015818242558962);
        p = Math.fma(p, c, 1.6536545626831027);
        return p * (x * SQRT_2);
    }

    /** Φ(z): the probability that a standard normal number is at most z. */
    public static double cumulative(double z) {
        double distance = Math.abs(z);
        double t = 4 / (4 + distance);
        double twice = 2 * (2 * t - 1);
        double b1 = 0;
        double b2 = 0;
        for (int k = MILLS.length - 1; k > 0; k--) {
            double b0 = Math.fma(twice, b1, MILLS[k] - b2);
            b2 = b1;
            b1 = b0;
        }
        double mills = t * Math.fma(0.5 * twice, b1, MILLS[0] - b2);
        double upper = mills * density(distance);
        return z > 0 ? 1 - upper : upper;
    }

    /** φ(z), the density. */
    public static double density(double z) {
        return INVERSE_SQRT_2_PI * PortableMath.exp(-Math.min(0.5 * z * z, FARTHEST));
    }

    private static double tail(double w, double x) {
        boolean near = w < NEAR_TAIL_END;
        double c = Math.sqrt(w) - (near ? 3.25 : 5);
        double[] coefficients = near ? NEAR_TAIL : FAR_TAIL;
        double p = coefficients[0];
        for (int i = 1; i < coefficients.length; i++) {
            p = Math.fma(p, c, coefficients[i]);
        }
        return p * (x * SQRT_2);
    }
}
