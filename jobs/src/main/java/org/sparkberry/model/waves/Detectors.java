package org.sparkberry.model.waves;

import java.util.Map;

/** Where the detectors are, and how long light takes between them. */
final class Detectors {
    private static final double LIGHT_METRES_PER_SECOND = 299_792_458;
    /** The diameter of the Earth over the speed of light: no two detectors are farther apart. */
    private static final double LONGEST_SECONDS = 0.0426;

    /** Metres from the Earth's centre in WGS 84: LALSuite, {@code LALDetectors.h}. */
    private static final Map<String, double[]> METRES = Map.of(
            "H1", new double[] {-2161414.92636, -3834695.17889, 4600350.22664},
            "L1", new double[] {-74276.0447238, -5496283.71971, 3224257.01744},
            "V1", new double[] {4546374.09900, 842989.697626, 4378576.96241},
            "G1", new double[] {3856309.94926, 666598.956317, 5019641.41725},
            "K1", new double[] {-3777336.02391, 3484898.41101, 3765313.69703});

    private Detectors() {}

    /** How many seconds light takes from one to the other; the longest possible where one is not known. */
    static double lightSeconds(String one, String other) {
        double[] a = METRES.get(one);
        double[] b = METRES.get(other);
        if (a == null || b == null) {
            return LONGEST_SECONDS;
        }
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum) / LIGHT_METRES_PER_SECOND;
    }
}
