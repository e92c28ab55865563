package org.sparkberry.model.waves;

/**
 * The stationary-phase post-Newtonian inspiral of two bodies without spin, to order 3.5: Buonanno et al. 2009,
 * arXiv:0907.0700, equation 3.18.
 */
final class TaylorF2 {
    private static final double EULER = 0.5772156649015329;

    private TaylorF2() {}

    /** The frequency at the innermost stable circular orbit, 1/(6^1.5·πM). */
    static double lastHertz(Masses masses) {
        return 1 / (Math.pow(6, 1.5) * Math.PI * masses.total() * Masses.SOLAR_SECONDS);
    }

    /** The phase at a frequency, in the sign of transforms with e^(−2πift). */
    static double phase(Masses masses, double hertz) {
        double eta = masses.symmetricRatio();
        double v = Math.cbrt(Math.PI * masses.total() * Masses.SOLAR_SECONDS * hertz);
        double v2 = v * v;
        double v3 = v2 * v;
        double pi = Math.PI;
        // Logarithms of v alone: another reference is a shift of phase or time.
        double series = 1
                + (3715.0 / 756 + 55.0 / 9 * eta) * v2
                - 16 * pi * v3
                + (15293365.0 / 508032 + 27145.0 / 504 * eta + 3085.0 / 72 * eta * eta) * v2 * v2
                + pi * (38645.0 / 756 - 65.0 / 9 * eta) * (1 + 3 * Math.log(v)) * v3 * v2
                + (11583231236531.0 / 4694215680.0
                                - 640.0 / 3 * pi * pi
                                - 6848.0 / 21 * EULER
                                - 6848.0 / 21 * Math.log(4 * v)
                                + (-15737765635.0 / 3048192 + 2255.0 / 12 * pi * pi) * eta
                                + 76055.0 / 1728 * eta * eta
                                - 127825.0 / 1296 * eta * eta * eta)
                        * v3
                        * v3
                + pi * (77096675.0 / 254016 + 378515.0 / 1512 * eta - 74045.0 / 756 * eta * eta) * v3 * v2 * v2;
        return -3 / (128 * eta * v3 * v2) * series;
    }
}
