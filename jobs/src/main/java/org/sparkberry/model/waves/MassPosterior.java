package org.sparkberry.model.waves;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.sparkberry.estimate.Estimate;

/**
 * What the network's SNR ρ over a grid of templates says about the masses: in Gaussian noise a template has the likelihood
 * exp(½ρ²) at its best amplitude, phase and times (Cutler and Flanagan 1994, arXiv:gr-qc/9402014, section II). The grid
 * is even in ln Mc and η, and so is the prior.
 */
final class MassPosterior {
    private final List<Masses> grid;
    private final PeakSnr peaks;
    private final double[] weights;
    private final int best;

    /** @param peaks of each template of the grid */
    MassPosterior(List<Masses> grid, PeakSnr peaks) {
        this.grid = List.copyOf(grid);
        this.peaks = peaks;
        double[] snr =
                IntStream.range(0, grid.size()).mapToDouble(peaks::network).toArray();
        this.weights = new double[snr.length];
        int loudest = 0;
        for (int i = 1; i < snr.length; i++) {
            loudest = snr[i] > snr[loudest] ? i : loudest;
        }
        this.best = loudest;
        double sum = 0;
        for (int i = 0; i < snr.length; i++) {
            weights[i] = StrictMath.exp(0.5 * (snr[i] * snr[i] - snr[best] * snr[best]));
            sum += weights[i];
        }
        for (int i = 0; i < snr.length; i++) {
            weights[i] /= sum;
        }
    }

    /** The likeliest masses. */
    Masses best() {
        return grid.get(best);
    }

    /**
     * The likeliest value of a function of the masses, with its posterior standard deviation and the central 95 % of the
     * posterior, each widened by what the waveform itself may be wrong by.
     *
     * @param systematic the standard error that comes from the waveform, as a share of the value
     */
    Estimate estimate(String name, ToDoubleFunction<Masses> function, double systematic) {
        double value = function.applyAsDouble(best());
        double mean = 0;
        double square = 0;
        for (int i = 0; i < weights.length; i++) {
            double x = function.applyAsDouble(grid.get(i));
            mean += weights[i] * x;
            square += weights[i] * x * x;
        }
        double waveform = systematic * value;
        double variance = Math.max(0, square - mean * mean);
        int[] order = IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> function.applyAsDouble(grid.get(i))))
                .mapToInt(Integer::intValue)
                .toArray();
        double low = Math.min(value, quantile(order, function, 0.025));
        double high = Math.max(value, quantile(order, function, 0.975));
        return new Estimate(
                name,
                value,
                Math.sqrt(variance + waveform * waveform),
                value - widened(value - low, waveform),
                value + widened(high - value, waveform),
                0,
                null);
    }

    /** The posterior standard deviation of the time at which the template is strongest in a detector, in samples. */
    double timeDeviation(int detector) {
        return deviation(template -> peaks.sample(detector, template));
    }

    /** That of the time between two detectors, in samples. */
    double delayDeviation(int one, int other) {
        return deviation(template -> peaks.sample(one, template) - peaks.sample(other, template));
    }

    private double deviation(IntToDoubleFunction function) {
        double origin = function.applyAsDouble(best);
        double mean = 0;
        double square = 0;
        for (int i = 0; i < weights.length; i++) {
            double x = function.applyAsDouble(i) - origin;
            mean += weights[i] * x;
            square += weights[i] * x * x;
        }
        return Math.sqrt(Math.max(0, square - mean * mean));
    }

    private static double widened(double half, double waveform) {
        double systematic = 1.959963984540054 * waveform;
        return Math.sqrt(half * half + systematic * systematic);
    }

    private double quantile(int[] order, ToDoubleFunction<Masses> function, double share) {
        double sum = 0;
        for (int i : order) {
            sum += weights[i];
            if (sum >= share) {
                return function.applyAsDouble(grid.get(i));
            }
        }
        return function.applyAsDouble(grid.get(order[order.length - 1]));
    }
}
