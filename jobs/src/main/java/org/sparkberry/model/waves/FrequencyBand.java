package org.sparkberry.model.waves;

/** The frequencies of a template, evenly spaced, with the powers of them that its formula needs. */
final class FrequencyBand {
    private final double spacing;
    private final int first;
    final double[] hertz;
    final double[] cubeRoot;
    final double[] inverse;
    /** f^(−7/6). */
    final double[] inspiral;
    /** f^(−2/3). */
    final double[] merger;

    /**
     * @param spacing in Hz
     * @param first the lowest frequency, in spacings, above 0
     * @param end above the highest frequency, in spacings
     */
    FrequencyBand(double spacing, int first, int end) {
        this(hertz(spacing, first, end), spacing, first);
    }

    /** Frequencies of any spacing, in Hz, ascending. */
    FrequencyBand(double[] hertz) {
        this(hertz, Double.NaN, 0);
    }

    private FrequencyBand(double[] hertz, double spacing, int first) {
        this.spacing = spacing;
        this.first = first;
        this.hertz = hertz;
        this.cubeRoot = new double[hertz.length];
        this.inverse = new double[hertz.length];
        this.inspiral = new double[hertz.length];
        this.merger = new double[hertz.length];
        for (int i = 0; i < hertz.length; i++) {
            double root = StrictMath.cbrt(hertz[i]);
            cubeRoot[i] = root;
            inverse[i] = 1 / hertz[i];
            inspiral[i] = 1 / (hertz[i] * Math.sqrt(root));
            merger[i] = 1 / (root * root);
        }
    }

    private static double[] hertz(double spacing, int first, int end) {
        double[] hertz = new double[end - first];
        for (int i = 0; i < hertz.length; i++) {
            hertz[i] = spacing * (first + i);
        }
        return hertz;
    }

    double spacing() {
        return spacing;
    }

    /** The lowest frequency in spacings. */
    int first() {
        return first;
    }

    int size() {
        return hertz.length;
    }

    /** How many of the frequencies are at most this. */
    int below(double highest) {
        int low = 0;
        int high = hertz.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (hertz[middle] <= highest) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
