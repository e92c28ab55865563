package org.sparkberry.estimate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The means of some quantities y₀, y₁, … of a trial, each corrected by the same control variate c, whose true mean is
 * 0: ȳ − β·c̄ with β = Σ(y − ȳ)(c − c̄)/Σ(c − c̄)² from the same trials. Since β is estimated too, the value is biased by
 * a share of order 1/n of its variance's size, far below its standard error.
 *
 * <p>Trials fall into {@value #REPLICATES} replicates. Where trials are independent these are groups, which tell the
 * error of the variance reduction; where each replicate is one randomisation of a quasi-random sequence they are all
 * that tells the error of a mean.
 *
 * <p>Source: Glasserman, "Monte Carlo Methods in Financial Engineering", 2003, doi:10.1007/978-0-387-21617-1, sections
 * 4.1 (control variates) and 5.4 (randomised quasi-Monte Carlo).
 */
public final class ControlledMeans implements Estimator<ControlledMeans> {
    /** How many replicates there are. */
    public static final int REPLICATES = 32;

    /** Where {@link #add} finds Σc, Σc² and the sum of the squares of y₀ in plain sampling; then come the quantities. */
    public static final int CONTROL = 0;

    public static final int CONTROL_SQUARED = 1;
    public static final int PLAIN_SQUARED = 2;
    /** Where a quantity's Σy stands: at {@code QUANTITY + PER_QUANTITY·q}; behind it stand Σy² and Σy·c. */
    public static final int QUANTITY = 3;

    public static final int PER_QUANTITY = 3;

    private static final long serialVersionUID = 1;
    private static final MathContext DIGITS = new MathContext(60);
    /** With fewer groups a jackknife says little. */
    private static final int FEWEST_GROUPS = 8;

    private final long[] counts = new long[REPLICATES];
    /** Those of replicate 0, then those of replicate 1, … */
    private final ExactSum[] sums;

    private final int sumsPerReplicate;

    /** @param quantities how many there are, at least 1 */
    public ControlledMeans(int quantities) {
        sumsPerReplicate = sumsOf(quantities);
        sums = new ExactSum[REPLICATES * sumsPerReplicate];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = new ExactSum();
        }
    }

    /** How many sums {@link #add} takes for so many quantities. */
    public static int sumsOf(int quantities) {
        return QUANTITY + PER_QUANTITY * quantities;
    }

    /**
     * Adds trials by their plain sums, which a kernel has gathered in a fixed order.
     *
     * @throws IllegalArgumentException if a sum is NaN or infinite
     */
    public void add(int replicate, long trials, double[] trialSums) {
        for (double sum : trialSums) {
            if (!(Math.abs(sum) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("not a finite sum: " + sum);
            }
        }
        counts[replicate] = Math.addExact(counts[replicate], trials);
        for (int i = 0; i < trialSums.length; i++) {
            sums[replicate * sumsPerReplicate + i].add(trialSums[i]);
        }
    }

    @Override
    public void merge(ControlledMeans other) {
        for (int replicate = 0; replicate < REPLICATES; replicate++) {
            counts[replicate] = Math.addExact(counts[replicate], other.counts[replicate]);
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i].merge(other.sums[i]);
        }
    }

    public long trials() {
        long trials = 0;
        for (long count : counts) {
            trials = Math.addExact(trials, count);
        }
        return trials;
    }

    /** What the trials say, if they were independent of each other. */
    public Summary independent(boolean controlled) {
        return new Summary(controlled, false);
    }

    /** What the trials say, if each replicate was a randomisation of its own of a quasi-random sequence. */
    public Summary randomised(boolean controlled) {
        return new Summary(controlled, true);
    }

    /** Values and errors, worked out from the sums once. */
    public final class Summary {
        private final boolean controlled;
        private final boolean randomised;
        private final BigDecimal[] totals;
        /** The sums of each replicate, in the order of the field {@code sums}; worked out when first asked for. */
        private final @Nullable BigDecimal[] ofReplicates = new BigDecimal[sums.length];

        private Summary(boolean controlled, boolean randomised) {
            this.controlled = controlled;
            this.randomised = randomised;
            totals = new BigDecimal[sumsPerReplicate];
            for (int i = 0; i < totals.length; i++) {
                ExactSum total = new ExactSum();
                for (int replicate = 0; replicate < REPLICATES; replicate++) {
                    total.merge(sums[replicate * sumsPerReplicate + i]);
                }
                totals[i] = total.exactValue();
            }
        }

        /**
         * A quantity's mean with its standard error and 95 % interval. The error is not known (NaN) with fewer than
         * three trials or if all trials gave the same value, and of randomised trials with fewer than two replicates.
         */
        public Estimate estimate(String name, int quantity) {
            Mean mean = mean(quantity, -1);
            double half = mean.degrees >= 1 ? StudentT.quantile975(mean.degrees) * mean.standardError : Double.NaN;
            return new Estimate(name, mean.value, mean.standardError, mean.value - half, mean.value + half, 0, null);
        }

        /**
         * How many times fewer evaluations of y₀ than plain sampling this took for the same standard error: the
         * variance of plain sampling with as many evaluations, by that of the mean of y₀. Its error is a jackknife's
         * over the replicates, taken on the logarithm, where the interval is symmetric.
         *
         * @param evaluationsPerTrial how many values of plain sampling a trial took
         */
        public Estimate varianceReduction(String name, int evaluationsPerTrial) {
            double value = StrictMath.exp(logReduction(-1, evaluationsPerTrial));
            int[] groups = IntStream.range(0, REPLICATES)
                    .filter(replicate -> counts[replicate] > 0)
                    .toArray();
            if (groups.length < FEWEST_GROUPS) {
                return new Estimate(name, value, Double.NaN, Double.NaN, Double.NaN, 0, null);
            }
            double[] leftOut = Arrays.stream(groups)
                    .mapToDouble(group -> logReduction(group, evaluationsPerTrial))
                    .toArray();
            double mean = 0;
            for (double log : leftOut) {
                mean += log / groups.length;
            }
            double squares = 0;
            for (double log : leftOut) {
                squares += (log - mean) * (log - mean);
            }
            double error = Math.sqrt(squares * (groups.length - 1) / groups.length);
            double factor = StrictMath.exp(StudentT.quantile975((double) (groups.length - 1)) * error);
            return new Estimate(name, value, value * error, value / factor, value * factor, 0, null);
        }

        private double logReduction(int leftOut, int evaluationsPerTrial) {
            long n = trials() - (leftOut < 0 ? 0 : counts[leftOut]);
            BigDecimal count = BigDecimal.valueOf(n);
            BigDecimal sum = total(QUANTITY, leftOut);
            // n·Σp² − (Σp)²: p has the mean of y₀.
            double numerator = count.multiply(total(PLAIN_SQUARED, leftOut))
                    .subtract(sum.multiply(sum))
                    .doubleValue();
            double plainVariance = numerator / ((double) n * n);
            double error = mean(0, leftOut).standardError;
            return StrictMath.log(plainVariance / ((double) n * evaluationsPerTrial * error * error));
        }

        private Mean mean(int quantity, int leftOut) {
            int at = QUANTITY + PER_QUANTITY * quantity;
            long n = trials() - (leftOut < 0 ? 0 : counts[leftOut]);
            BigDecimal count = BigDecimal.valueOf(n);
            BigDecimal y = total(at, leftOut);
            BigDecimal c = total(CONTROL, leftOut);
            // All times n: n·Σy² − (Σy)² and so on, exact.
            BigDecimal yy = count.multiply(total(at + 1, leftOut)).subtract(y.multiply(y));
            BigDecimal cc = count.multiply(total(CONTROL_SQUARED, leftOut)).subtract(c.multiply(c));
            BigDecimal yc = count.multiply(total(at + 2, leftOut)).subtract(y.multiply(c));
            BigDecimal beta = controlled && cc.signum() > 0 ? yc.divide(cc, DIGITS) : BigDecimal.ZERO;
            double value = y.subtract(beta.multiply(c)).divide(count, DIGITS).doubleValue();
            if (n < 3 || yy.signum() <= 0) {
                return new Mean(value, Double.NaN, 0);
            }
            return randomised
                    ? ofReplicates(at, beta, value, n, leftOut)
                    : ofTrials(value, yy.subtract(beta.multiply(yc)), c, cc, n, beta.signum() != 0);
        }

        /** Of independent trials: the standard error of a regression's value at c = 0. */
        private Mean ofTrials(
                double value, BigDecimal residual, BigDecimal c, BigDecimal cc, long n, boolean regressed) {
            double degrees = n - (regressed ? 2 : 1);
            double variance = Math.max(0, residual.doubleValue()) / n / degrees;
            double leverage = regressed ? c.multiply(c).divide(cc, DIGITS).doubleValue() : 0;
            return new Mean(value, Math.sqrt(variance * (1 + leverage) / n), degrees);
        }

        /**
         * Of replicates with means Y and shares w of all trials: Σw²(Y − Ȳ)²/(1 − Σw²), which is unbiased for equal
         * shares, and for others if a replicate's variance is inverse to its share; 1/Σw² − 1 degrees of freedom.
         */
        private Mean ofReplicates(int at, BigDecimal beta, double value, long n, int leftOut) {
            double squares = 0;
            double shares = 0;
            for (int replicate = 0; replicate < REPLICATES; replicate++) {
                if (counts[replicate] > 0 && replicate != leftOut) {
                    double share = (double) counts[replicate] / n;
                    BigDecimal sum =
                            ofReplicate(replicate, at).subtract(beta.multiply(ofReplicate(replicate, CONTROL)));
                    double mean = sum.divide(BigDecimal.valueOf(counts[replicate]), DIGITS)
                            .doubleValue();
                    squares += share * share * (mean - value) * (mean - value);
                    shares += share * share;
                }
            }
            double degrees = 1 / shares - 1;
            return degrees >= 1
                    ? new Mean(value, Math.sqrt(squares / (1 - shares)), degrees)
                    : new Mean(value, Double.NaN, 0);
        }

        private BigDecimal total(int i, int leftOut) {
            return leftOut < 0 ? totals[i] : totals[i].subtract(ofReplicate(leftOut, i));
        }

        private BigDecimal ofReplicate(int replicate, int i) {
            int at = replicate * sumsPerReplicate + i;
            BigDecimal sum = ofReplicates[at];
            if (sum == null) {
                sum = sums[at].exactValue();
                ofReplicates[at] = sum;
            }
            return sum;
        }
    }

    /** @param degrees degrees of freedom, 0 where the error is not known */
    private record Mean(double value, double standardError, double degrees) {}
}
