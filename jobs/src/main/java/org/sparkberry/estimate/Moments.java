package org.sparkberry.estimate;

import java.math.BigDecimal;
import java.math.MathContext;

/** Mean and variance of values, from exact sums of x and x²: no cancellation, however small the spread. */
public final class Moments implements Estimator<Moments> {
    private static final long serialVersionUID = 1;

    /** Enough digits that the one rounding to double decides. */
    private static final MathContext DIGITS = new MathContext(60);

    private long count;
    private final ExactSum sum = new ExactSum();
    private final ExactSum squares = new ExactSum();

    /**
     * Adds one value.
     *
     * @throws IllegalArgumentException if x is NaN or infinite
     */
    public void add(double x) {
        if (!(Math.abs(x) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("not a finite value: " + x);
        }
        count++;
        sum.add(x);
        squares.addProduct(x, x);
    }

    /**
     * Adds a group of values by its plain sums, which a kernel has gathered in a fixed order: fast, at the price of
     * that order's rounding. The group must be fixed by the model (a block, a lane), never by a task.
     *
     * @throws IllegalArgumentException if the number or the sum of squares is negative, or a sum is NaN or infinite
     */
    public void addSums(long moreCount, double sumOfValues, double sumOfSquares) {
        if (!(moreCount >= 0
                && Math.abs(sumOfValues) <= Double.MAX_VALUE
                && sumOfSquares >= 0
                && sumOfSquares <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "not sums of " + moreCount + " finite values: " + sumOfValues + ", " + sumOfSquares);
        }
        count = Math.addExact(count, moreCount);
        sum.add(sumOfValues);
        squares.add(sumOfSquares);
    }

    @Override
    public void merge(Moments other) {
        count = Math.addExact(count, other.count);
        sum.merge(other.sum);
        squares.merge(other.squares);
    }

    public long count() {
        return count;
    }

    /** The mean; NaN without a value. */
    public double mean() {
        return count == 0
                ? Double.NaN
                : sum.exactValue().divide(BigDecimal.valueOf(count), DIGITS).doubleValue();
    }

    /** The unbiased sample variance Σ(x − mean)²/(n − 1); NaN with fewer than two values. */
    public double variance() {
        if (count < 2) {
            return Double.NaN;
        }
        BigDecimal n = BigDecimal.valueOf(count);
        BigDecimal total = sum.exactValue();
        // n·Σx² − (Σx)², exact; below 0 only by the rounding of sums that were added as such.
        BigDecimal numerator =
                n.multiply(squares.exactValue()).subtract(total.multiply(total)).max(BigDecimal.ZERO);
        return numerator
                .divide(n.multiply(BigDecimal.valueOf(count - 1)), DIGITS)
                .doubleValue();
    }

    /**
     * The mean with standard error s/√n and Student's 95 % interval. With a single value the error is not known (NaN), nor
     * with values that are all the same: what would make them differ may be rare.
     *
     * @throws IllegalStateException if there was no value
     */
    public Estimate estimate(String name) {
        if (count == 0) {
            throw new IllegalStateException("no value: " + name);
        }
        double mean = mean();
        double variance = variance();
        if (!(variance > 0)) {
            return new Estimate(name, mean, Double.NaN, Double.NaN, Double.NaN, 0, null);
        }
        double standardError = Math.sqrt(variance / count);
        double half = StudentT.quantile975((double) (count - 1)) * standardError;
        return new Estimate(name, mean, standardError, mean - half, mean + half, 0, null);
    }
}
