package org.sparkberry.benchmarks;

import java.util.List;
import java.util.Locale;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Moments;

/**
 * How many times faster, from paired rounds: the mean of the logarithms of their ratios, with Student's t.
 *
 * @param low where the 95 % interval begins
 * @param high where it ends
 */
record Ratio(double value, double low, double high) {
    static Ratio of(List<Double> rates, List<Double> base) {
        Moments logs = new Moments();
        for (int round = 0; round < rates.size(); round++) {
            logs.add(Math.log(rates.get(round) / base.get(round)));
        }
        Estimate mean = logs.estimate("log");
        return new Ratio(Math.exp(mean.value()), Math.exp(mean.low()), Math.exp(mean.high()));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%6.2f  %6.2f … %.2f", value, low, high);
    }
}
