package org.sparkberry.scaling;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.sparkberry.record.TimedRun;

/**
 * Runs grouped by n, in logarithms: all that least squares on log seconds need to know of them. Logarithms, because the
 * scatter of a time is a share of it: a second is much where a run takes ten and nothing where it takes a thousand.
 */
final class LogTimes {
    /**
     * More groups than that tell nothing more of a smooth curve: then neighbours are taken together at the mean of
     * their log n. From n = 1 to 100,000 a bin is then 0.09 wide in log n, and the curve's bend within it is less than
     * 1e-4 of the time.
     */
    private static final int MOST_GROUPS = 128;
    /** Squared distances in log n below that are rounding. */
    private static final double FLAT = 1e-18;

    private final double[] n;
    private final double[] mean;
    private final int[] runs;
    private final double[] deviations;

    private LogTimes(double[] n, double[] mean, int[] runs, double[] deviations) {
        this.n = n;
        this.mean = mean;
        this.runs = runs;
        this.deviations = deviations;
    }

    static LogTimes of(List<TimedRun> timed) {
        double[] logs =
                timed.stream().mapToDouble(TimedRun::n).map(StrictMath::log).toArray();
        long distinct = Arrays.stream(logs).distinct().count();
        double least = Arrays.stream(logs).min().orElse(0);
        double width = (Arrays.stream(logs).max().orElse(0) - least) / MOST_GROUPS;
        TreeMap<Double, DoubleStream.Builder> groups = new TreeMap<>();
        TreeMap<Double, DoubleStream.Builder> places = new TreeMap<>();
        for (int i = 0; i < logs.length; i++) {
            double key = distinct <= MOST_GROUPS ? logs[i] : Math.floor((logs[i] - least) / width);
            groups.computeIfAbsent(key, any -> DoubleStream.builder())
                    .add(StrictMath.log(timed.get(i).seconds()));
            places.computeIfAbsent(key, any -> DoubleStream.builder()).add(logs[i]);
        }
        double[][] values =
                groups.values().stream().map(group -> group.build().toArray()).toArray(double[][]::new);
        double[][] spots =
                places.values().stream().map(group -> group.build().toArray()).toArray(double[][]::new);
        double[] n = Arrays.stream(spots)
                .mapToDouble(spot -> Math.exp(Arrays.stream(spot).average().orElseThrow()))
                .map(place -> Math.abs(place - Math.rint(place)) < 1e-9 * place ? Math.rint(place) : place)
                .toArray();
        double[] mean = Arrays.stream(values)
                .mapToDouble(group -> Arrays.stream(group).average().orElseThrow())
                .toArray();
        double[] deviations = new double[timed.size()];
        int next = 0;
        for (int j = 0; j < values.length; j++) {
            double centre = Math.log(n[j]);
            double slope = slope(spots[j], centre, values[j], mean[j]);
            for (int i = 0; i < values[j].length; i++) {
                deviations[next++] = values[j][i] - mean[j] - slope * (spots[j][i] - centre);
            }
        }
        return new LogTimes(
                n, mean, Arrays.stream(values).mapToInt(group -> group.length).toArray(), deviations);
    }

    /** Neighbours taken together lie on a piece of the curve: its slope is no scatter. 0 if they are all at one place. */
    private static double slope(double[] x, double centre, double[] y, double mean) {
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - centre) * (x[i] - centre);
            xy += (x[i] - centre) * (y[i] - mean);
        }
        return xx > FLAT * x.length ? xy / xx : 0;
    }

    /** Ascending; not to be changed, as the other arrays. */
    double[] n() {
        return n;
    }

    /** Of the log seconds at each n. */
    double[] mean() {
        return mean;
    }

    /** How many runs there are at each n. */
    int[] runs() {
        return runs;
    }

    /** Of each run's log seconds from the mean at its n, in the order of n. */
    double[] deviations() {
        return deviations;
    }

    /** Distinct n. */
    int points() {
        return n.length;
    }

    int totalRuns() {
        return deviations.length;
    }

    /** The sum of squared deviations of the runs from the means at their n. */
    double squaresWithin() {
        return Arrays.stream(deviations).map(d -> d * d).sum();
    }
}
