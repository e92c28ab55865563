package org.sparkberry.scaling;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.FDistribution;

/**
 * Whether points miss a law by more than chance, and what that does to what is known of it. Where n were repeated, the
 * points' distances are compared with the scatter of the repeats (F test for lack of fit); where not, neighbours that
 * miss it to the same side give it away (Wald and Wolfowitz's runs test, 1940, doi:10.1214/aoms/1177731909).
 *
 * @param inflation how many times as large the variance of the law's parameters is as if all runs scattered about the
 *     law independently; 1 if there is no misfit
 * @param scatter the standard deviation of one run about the law, in log seconds, with that inflation
 * @param degrees of freedom of the scatter
 */
record Misfit(double inflation, double scatter, int degrees) {
    /** A misfit that would come by chance once in a hundred times is taken for real. */
    private static final double LEVEL = 0.01;

    private static final double NORMAL_QUANTILE = 2.326;
    /** No time is measured better than to a millionth: data without any scatter are no proof of a law's last digit. */
    static final double LEAST_SCATTER = 1e-6;

    /** With fewer points the test cannot come out against chance. */
    private static final int LEAST_POINTS = 8;

    /** Of a law with so many coefficients that gives these log seconds at the points. */
    static Misfit of(LogTimes times, double[] fitted, int coefficients) {
        int points = times.points();
        double[] misses = IntStream.range(0, points)
                .mapToDouble(j -> Math.sqrt(times.runs()[j]) * (times.mean()[j] - fitted[j]))
                .toArray();
        double between = IntStream.range(0, points)
                .mapToDouble(j -> misses[j] * misses[j])
                .sum();
        double within = times.squaresWithin();
        int left = times.totalRuns() - coefficients;
        int leftBetween = points - coefficients;
        int repeats = left - leftBetween;
        double scatter = Math.max(LEAST_SCATTER, Math.sqrt((between + within) / left));
        // Repeats that are equal but for rounding are no scatter to compare with.
        if (leftBetween > 0 && within > repeats * LEAST_SCATTER * LEAST_SCATTER) {
            double f = between / leftBetween / (within / repeats);
            if (1 - new FDistribution(null, leftBetween, repeats).cumulativeProbability(f) < LEVEL) {
                return new Misfit(f, Math.max(LEAST_SCATTER, Math.sqrt(between / leftBetween)), leftBetween);
            }
        }
        double inflation = sameSide(misses);
        if (points >= LEAST_POINTS && inflation > 1 && scatter > LEAST_SCATTER) {
            return new Misfit(inflation, scatter * Math.sqrt(inflation), (int) Math.max(1, left / inflation));
        }
        return new Misfit(1, scatter, left);
    }

    /**
     * By how many times fewer stretches of one sign there are than chance makes: each stretch then tells as much as a
     * single point. 1 if that may be chance.
     */
    private static double sameSide(double[] misses) {
        int n = misses.length;
        double above = Arrays.stream(misses).filter(miss -> miss > 0).count();
        long stretches = 1
                + IntStream.range(1, n)
                        .filter(j -> misses[j] > 0 != misses[j - 1] > 0)
                        .count();
        double product = 2 * above * (n - above);
        double expected = product / n + 1;
        double deviation = Math.sqrt(product * (product - n) / ((double) n * n * (n - 1)));
        return stretches + 0.5 < expected - NORMAL_QUANTILE * deviation ? expected / stretches : 1;
    }

    /** Whether there is one. */
    boolean isThere() {
        return inflation > 1;
    }
}
