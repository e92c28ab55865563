package org.sparkberry.estimate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Quantiles and tail means of any number of values in fixed memory. Values are counted in bins cut from their IEEE 754
 * bits: each power of two is divided into 2^bits bins of equal width, so a value is known within 2^−(bits+1) of itself,
 * and values of magnitude below {@code smallest} share one bin around 0. Counts are integers: merging is exact to the
 * bit, and no logarithm is taken.
 */
public final class Quantiles implements Estimator<Quantiles> {
    private static final long serialVersionUID = 1;

    private static final int OCTAVES = 2048;

    private final int bits;
    private final double smallest;
    private long zeros;
    /** Counts by [sign and exponent][leading mantissa bits]; an octave nobody has met is null. */
    private final long[] @Nullable [] octaves = new long[2 * OCTAVES][];

    /**
     * @param bits the resolution: a value is known within 2^−(bits+1) of itself; 1 to 20
     * @param smallest values of magnitude below this are counted as 0; positive
     * @throws IllegalArgumentException if bits or smallest is out of its range
     */
    public Quantiles(int bits, double smallest) {
        if (!(bits >= 1 && bits <= 20)) {
            throw new IllegalArgumentException("bits must be from 1 to 20: " + bits);
        }
        if (!(smallest >= Double.MIN_NORMAL && smallest <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("smallest must be a positive normal number: " + smallest);
        }
        this.bits = bits;
        this.smallest = smallest;
    }

    /**
     * Counts one value.
     *
     * @throws IllegalArgumentException if x is NaN or infinite
     */
    public void add(double x) {
        if (Math.abs(x) < smallest) {
            zeros++;
            return;
        }
        long raw = Double.doubleToRawLongBits(x);
        int octave = (int) (raw >>> 52);
        if ((octave & (OCTAVES - 1)) == OCTAVES - 1) {
            throw new IllegalArgumentException("not a finite value: " + x);
        }
        long[] counts = octaves[octave];
        if (counts == null) {
            counts = new long[1 << bits];
            octaves[octave] = counts;
        }
        counts[(int) (raw >>> (52 - bits)) & ((1 << bits) - 1)]++;
    }

    @Override
    public void merge(Quantiles other) {
        if (bits != other.bits || smallest != other.smallest) {
            throw new IllegalArgumentException("quantiles of different resolution cannot be merged");
        }
        zeros += other.zeros;
        for (int octave = 0; octave < octaves.length; octave++) {
            long[] theirs = other.octaves[octave];
            long[] ours = octaves[octave];
            if (theirs == null) {
                continue;
            }
            if (ours == null) {
                octaves[octave] = theirs.clone();
            } else {
                for (int bin = 0; bin < ours.length; bin++) {
                    ours[bin] += theirs[bin];
                }
            }
        }
    }

    /** How many values were counted. */
    public long count() {
        long count = zeros;
        for (long[] counts : octaves) {
            if (counts != null) {
                count = Math.addExact(count, Arrays.stream(counts).sum());
            }
        }
        return count;
    }

    /**
     * The p-quantile: the value of rank ⌈p·n⌉, as the middle of its bin. The 95 % interval is the distribution-free one
     * between the order statistics of ranks p·n ± z√(p(1−p)n) (David and Nagaraja, "Order Statistics", 3rd ed. 2003,
     * section 7.1), from the lower edge of the one's bin to the upper edge of the other's; the standard error is that
     * interval's between bin middles over 2z, with the variance w²/12 of a bin of width w added. Where those ranks lie
     * outside 1 … n, too few values were counted: error and interval are NaN.
     *
     * @param p strictly between 0 and 1
     * @throws IllegalStateException if nothing was counted
     */
    public Estimate quantile(String name, double p) {
        long n = requireCounts(name, p);
        Bin at = bin(rank(p, n));
        double spread = Estimate.Z_95 * Math.sqrt(p * (1 - p) * n);
        double lowRank = Math.floor(p * n - spread);
        double highRank = Math.ceil(p * n + spread) + 1;
        if (!(lowRank >= 1 && highRank <= n)) {
            return new Estimate(name, at.middle(), Double.NaN, Double.NaN, Double.NaN, at.halfWidth(), null);
        }
        Bin low = bin((long) lowRank);
        Bin high = bin((long) highRank);
        double sampling = (high.middle() - low.middle()) / (2 * Estimate.Z_95);
        double binning = at.halfWidth() * at.halfWidth() / 3;
        return new Estimate(
                name, at.middle(), Math.sqrt(sampling * sampling + binning), low.low, high.high, at.halfWidth(), null);
    }

    /**
     * The mean of the worst (1−p)·n values, the largest ones, every value taken as the middle of its bin: expected
     * shortfall (Acerbi and Tasche 2002, doi:10.1016/S0378-4266(02)00283-2, definition 2.6). Its variance is
     * (s² + p·(mean − quantile)²)/((1−p)·n) with s² the variance within the tail (Manistre and Hancock 2005,
     * doi:10.1080/10920277.2005.10596196, equation 2). With fewer than 10 values in the tail the error is NaN.
     *
     * @param p strictly between 0 and 1
     * @throws IllegalStateException if nothing was counted
     */
    public Estimate tailMean(String name, double p) {
        long n = requireCounts(name, p);
        long quantileRank = rank(p, n);
        Bin quantile = bin(quantileRank);
        double tail = (1 - p) * n;
        ExactSum sum = new ExactSum();
        ExactSum squares = new ExactSum();
        ExactSum halfWidths = new ExactSum();
        long[] left = {n - quantileRank};
        descending((bin, count) -> {
            double taken = Math.min(count, left[0]);
            double deviation = bin.middle() - quantile.middle();
            sum.addProduct(taken, deviation);
            squares.addProduct(taken, deviation * deviation);
            halfWidths.addProduct(taken, bin.halfWidth());
            left[0] -= (long) taken;
            return left[0] > 0;
        });
        // The value at the quantile's rank counts with what is left of the tail; its deviation is 0.
        double excess = sum.value() / tail;
        double value = quantile.middle() + excess;
        double resolution = quantile.halfWidth() + halfWidths.value() / tail;
        if (n - quantileRank < 10) {
            return new Estimate(name, value, Double.NaN, Double.NaN, Double.NaN, resolution, null);
        }
        double variance = Math.max(0, squares.value() / tail - excess * excess);
        double standardError = Math.sqrt((variance + p * excess * excess) / tail);
        double half = Estimate.Z_95 * standardError + resolution;
        return new Estimate(name, value, standardError, value - half, value + half, resolution, null);
    }

    private long requireCounts(String name, double p) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("p must be strictly between 0 and 1: " + p);
        }
        long n = count();
        if (n == 0) {
            throw new IllegalStateException("no value: " + name);
        }
        return n;
    }

    private static long rank(double p, long n) {
        return Math.min(n, Math.max(1, (long) Math.ceil(p * n)));
    }

    /** The bin that holds the value of this rank (1 = the smallest). */
    private Bin bin(long rank) {
        long[] below = {count() - rank};
        Bin[] found = new Bin[1];
        descending((bin, count) -> {
            below[0] -= count;
            found[0] = bin;
            return below[0] >= 0;
        });
        return found[0];
    }

    /** Visits every occupied bin from the largest values to the smallest, until the visitor has had enough. */
    private void descending(Visitor visitor) {
        boolean goOn = true;
        for (int octave = OCTAVES - 1; octave >= 0 && goOn; octave--) {
            goOn = visitOctave(octave, true, visitor);
        }
        if (goOn && zeros > 0) {
            goOn = visitor.visit(new Bin(-smallest, smallest), zeros);
        }
        for (int octave = OCTAVES; octave < 2 * OCTAVES && goOn; octave++) {
            goOn = visitOctave(octave, false, visitor);
        }
    }

    private boolean visitOctave(int octave, boolean positive, Visitor visitor) {
        long[] counts = octaves[octave];
        if (counts == null) {
            return true;
        }
        for (int i = 0; i < counts.length; i++) {
            int bin = positive ? counts.length - 1 - i : i;
            if (counts[bin] > 0) {
                long magnitude = (((long) octave << bits) + bin) << (52 - bits) & Long.MAX_VALUE;
                double near = Math.max(smallest, Double.longBitsToDouble(magnitude));
                double far = Math.min(Double.MAX_VALUE, Double.longBitsToDouble(magnitude + (1L << (52 - bits))));
                Bin edges = positive ? new Bin(near, far) : new Bin(-far, -near);
                if (!visitor.visit(edges, counts[bin])) {
                    return false;
                }
            }
        }
        return true;
    }

    private record Bin(double low, double high) {
        double middle() {
            return low + (high - low) / 2;
        }

        double halfWidth() {
            return (high - low) / 2;
        }
    }

    private interface Visitor {
        /** Returns whether to go on. */
        boolean visit(Bin bin, long count);
    }
}
