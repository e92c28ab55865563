package org.sparkberry.model;

import java.util.function.Supplier;

/**
 * The loss of a portfolio over some days, by historical bootstrap: a trial draws that many days of the past, each with
 * equal probability and with replacement, compounds their simple returns r, and loses 1 − Π(1 + r) of the portfolio's
 * value. Weights are restored every day.
 *
 * <p>A draw of 64 bits gives the indices of two days, each of which has its probability within 2⁻³² (of the last draw of
 * an odd number of days one index is left over). Trials are dealt out to the block's lanes in turn.
 *
 * <p>Source: Hull, "Options, Futures, and Other Derivatives", 10th ed. 2018, section 22.2 (historical simulation); the
 * draw with replacement is Efron's bootstrap.
 */
public final class HistoricalBootstrap implements Model<Losses> {
    private static final long serialVersionUID = 1;

    /** The longest past, 4000 years: an index takes 20 bits. */
    public static final int MAX_RETURNS = IndexPairsKernel.MAX_BOUND;

    private static final Supplier<IndexPairsKernel> KERNEL = Kernels.choose(
            IndexPairsKernel.class,
            new IndexPairsScalar(),
            kernel -> kernel.fill(new long[4 * Kernels.LANES], 1, 32, new long[32 * Kernels.LANES]));
    /** So few that what is drawn and the losses stay in a small processor's nearest cache. */
    private static final int DRAWS_AT_ONCE = 256;

    /** How many standard deviations on both sides of the mean loss the histogram covers. */
    private static final double HISTOGRAM_DEVIATIONS = 8;

    private final double[] growth;
    private final int days;
    private final double histogramCentre;
    private final double histogramHalfWidth;

    /**
     * @param returns the portfolio's simple return on each day of the past, each above −1, at least two, at most
     *     {@link #MAX_RETURNS}
     * @param days the horizon, at least 1
     */
    public HistoricalBootstrap(double[] returns, int days) {
        if (!(returns.length >= 2 && returns.length <= MAX_RETURNS && days >= 1)) {
            throw new IllegalArgumentException(returns.length + " returns, " + days + " days");
        }
        this.growth = new double[returns.length];
        for (int i = 0; i < returns.length; i++) {
            if (!(returns[i] > -1 && returns[i] <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("not a return: " + returns[i]);
            }
            growth[i] = 1 + returns[i];
        }
        this.days = days;
        this.histogramCentre = meanLoss();
        this.histogramHalfWidth = Math.max(1e-6, HISTOGRAM_DEVIATIONS * dailyDeviation() * Math.sqrt(days));
    }

    /** The exact mean of the loss: 1 − (1 + mean r)^days, since days are drawn independently. */
    public double meanLoss() {
        double mean = meanGrowth();
        double compound = 1;
        for (int day = 0; day < days; day++) {
            compound *= mean;
        }
        return 1 - compound;
    }

    @Override
    public Losses estimator() {
        return new Losses(histogramCentre - histogramHalfWidth, histogramCentre + histogramHalfWidth);
    }

    @Override
    public void compute(Block block, Losses losses) {
        compute(block, losses, KERNEL.get());
    }

    void compute(Block block, Losses losses, IndexPairsKernel kernel) {
        long[] states = block.streams().states(block.number(), Kernels.LANES);
        int drawsPerTrial = (days + 1) / 2;
        int roundsAtOnce = Math.max(1, DRAWS_AT_ONCE / drawsPerTrial);
        long[] pairs = new long[roundsAtOnce * drawsPerTrial * Kernels.LANES];
        double[] values = new double[roundsAtOnce * Kernels.LANES];
        double[] sums = new double[Kernels.LANES];
        double[] squares = new double[Kernels.LANES];
        for (long done = 0; done < block.trials(); done += values.length) {
            int count = (int) Math.min(values.length, block.trials() - done);
            // The last round may hold more lanes than trials are left: those are not counted.
            int rounds = (count + Kernels.LANES - 1) / Kernels.LANES;
            kernel.fill(states, growth.length, rounds * drawsPerTrial, pairs);
            for (int round = 0; round < rounds; round++) {
                for (int lane = 0; lane < Kernels.LANES; lane += 4) {
                    losses(pairs, round * drawsPerTrial * Kernels.LANES + lane, values, round * Kernels.LANES + lane);
                }
            }
            for (int i = 0; i < count; i++) {
                sums[i % Kernels.LANES] += values[i];
                squares[i % Kernels.LANES] += values[i] * values[i];
            }
            losses.count(values, count);
        }
        for (int lane = 0; lane < Kernels.LANES; lane++) {
            losses.moments().addSums(block.trialsOfLane(lane, Kernels.LANES), sums[lane], squares[lane]);
        }
    }

    /** One loss of each of four lanes: as many products side by side keep the processor busy. */
    private void losses(long[] pairs, int from, double[] values, int to) {
        double compound0 = 1;
        double compound1 = 1;
        double compound2 = 1;
        double compound3 = 1;
        int at = from;
        for (int day = 1; day < days; day += 2) {
            compound0 = compound0 * growth[(int) pairs[at]] * growth[(int) (pairs[at] >>> 32)];
            compound1 = compound1 * growth[(int) pairs[at + 1]] * growth[(int) (pairs[at + 1] >>> 32)];
            compound2 = compound2 * growth[(int) pairs[at + 2]] * growth[(int) (pairs[at + 2] >>> 32)];
            compound3 = compound3 * growth[(int) pairs[at + 3]] * growth[(int) (pairs[at + 3] >>> 32)];
            at += Kernels.LANES;
        }
        if (days % 2 == 1) {
            compound0 *= growth[(int) pairs[at]];
            compound1 *= growth[(int) pairs[at + 1]];
            compound2 *= growth[(int) pairs[at + 2]];
            compound3 *= growth[(int) pairs[at + 3]];
        }
        values[to] = 1 - compound0;
        values[to + 1] = 1 - compound1;
        values[to + 2] = 1 - compound2;
        values[to + 3] = 1 - compound3;
    }

    private double meanGrowth() {
        double sum = 0;
        for (double g : growth) {
            sum += g;
        }
        return sum / growth.length;
    }

    private double dailyDeviation() {
        double mean = meanGrowth();
        double squares = 0;
        for (double g : growth) {
            squares += (g - mean) * (g - mean);
        }
        return Math.sqrt(squares / growth.length);
    }
}
