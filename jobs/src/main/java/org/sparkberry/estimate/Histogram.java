package org.sparkberry.estimate;

import java.util.ArrayList;
import java.util.List;

/** Counts of values in bins of equal width, with a count below and a count above them. */
public final class Histogram implements Estimator<Histogram> {
    private static final long serialVersionUID = 1;

    private final double low;
    private final double high;
    private final double width;
    private final double binsPerUnit;
    private final long[] counts;
    private long below;
    private long above;

    /**
     * @param low where the first bin begins
     * @param high where the last bin ends, above low
     * @param bins how many, at least 1
     * @throws IllegalArgumentException if the range is not finite and positive, or bins below 1
     */
    public Histogram(double low, double high, int bins) {
        if (!(low < high && high - low <= Double.MAX_VALUE && bins >= 1)) {
            throw new IllegalArgumentException("no histogram of " + bins + " bins from " + low + " to " + high);
        }
        this.low = low;
        this.high = high;
        this.width = (high - low) / bins;
        this.binsPerUnit = bins / (high - low);
        this.counts = new long[bins];
    }

    /**
     * Counts one value. A bin holds its lower edge, not its upper one.
     *
     * @throws IllegalArgumentException if x is NaN
     */
    public void add(double x) {
        if (x < low) {
            below++;
        } else if (x < high) {
            int bin = (int) ((x - low) * binsPerUnit);
            // Where that has rounded across an edge, the edge as the table has it decides.
            if (x < edge(bin)) {
                bin--;
            } else if (x >= edge(bin + 1)) {
                bin++;
            }
            counts[bin]++;
        } else if (x >= high) {
            above++;
        } else {
            throw new IllegalArgumentException("not a number in histogram");
        }
    }

    @Override
    public void merge(Histogram other) {
        if (low != other.low || high != other.high || counts.length != other.counts.length) {
            throw new IllegalArgumentException("histograms of different bins cannot be merged");
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        below += other.below;
        above += other.above;
    }

    /** How many values fell below the first bin. */
    public long below() {
        return below;
    }

    /** How many values fell at or above the last bin's end. */
    public long above() {
        return above;
    }

    /** How many values were counted, those outside the bins too. */
    public long total() {
        long total = Math.addExact(below, above);
        for (long count : counts) {
            total = Math.addExact(total, count);
        }
        return total;
    }

    /**
     * A row per bin: {@code low}, {@code high}, {@code count}, {@code density} (share of all values per unit) and its
     * {@code standardError} (binomial). The first and last rows are the counts outside, their outer edge infinite and
     * their density 0.
     */
    public Table table(String name) {
        double total = total();
        List<List<Object>> rows = new ArrayList<>();
        rows.add(List.of(Double.NEGATIVE_INFINITY, low, below, 0.0, 0.0));
        for (int i = 0; i < counts.length; i++) {
            double share = total == 0 ? 0 : counts[i] / total;
            double error = total == 0 ? 0 : Math.sqrt(share * (1 - share) / total);
            rows.add(List.of(edge(i), edge(i + 1), counts[i], share / width, error / width));
        }
        rows.add(List.of(high, Double.POSITIVE_INFINITY, above, 0.0, 0.0));
        return new Table(
                name,
                List.of(
                        Table.Column.real("low"),
                        Table.Column.real("high"),
                        Table.Column.whole("count"),
                        Table.Column.real("density"),
                        Table.Column.real("standardError")),
                rows);
    }

    /** Where bin i begins and bin i − 1 ends. */
    private double edge(int i) {
        return i == counts.length ? high : low + i * width;
    }
}
