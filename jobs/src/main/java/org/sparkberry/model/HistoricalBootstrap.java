package org.sparkberry.model;

import org.sparkberry.random.RandomStream;

/**
 * The loss of a portfolio over some days, by historical bootstrap: a trial draws that many days of the past, each with
 * equal probability and with replacement, compounds their simple returns r, and loses 1 − Π(1 + r) of the portfolio's
 * value. Weights are restored every day.
 *
 * <p>Source: Hull, "Options, Futures, and Other Derivatives", 10th ed. 2018, section 22.2 (historical simulation); the
 * draw with replacement is Efron's bootstrap.
 */
public final class HistoricalBootstrap implements Model<Losses> {
    private static final long serialVersionUID = 1;

    private static final int LANES = 8;
    /** How many standard deviations on both sides of the mean loss the histogram covers. */
    private static final double HISTOGRAM_DEVIATIONS = 8;

    private final double[] growth;
    private final int days;
    private final double histogramCentre;
    private final double histogramHalfWidth;

    /**
     * @param returns the portfolio's simple return on each day of the past, each above −1, at least two
     * @param days the horizon, at least 1
     */
    public HistoricalBootstrap(double[] returns, int days) {
        if (!(returns.length >= 2 && days >= 1)) {
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
        for (int lane = 0; lane < LANES; lane++) {
            RandomStream random = block.streams().stream(block.number(), lane);
            long trials = block.trialsOfLane(lane, LANES);
            double sum = 0;
            double squares = 0;
            for (long trial = 0; trial < trials; trial++) {
                double compound = 1;
                for (int day = 0; day < days; day++) {
                    compound *= growth[random.nextIndex(growth.length)];
                }
                double loss = 1 - compound;
                losses.count(loss);
                sum += loss;
                squares += loss * loss;
            }
            losses.moments().addSums(trials, sum, squares);
        }
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
