package org.sparkberry.model;

import org.sparkberry.random.Gaussian;

/**
 * The value today of a lookback option with floating strike that is watched at every moment, in closed form.
 *
 * <p>Source: Goldman, Sosin and Gatto 1979, doi:10.1111/j.1540-6261.1979.tb00053.x, as in Hull, "Options, Futures, and
 * Other Derivatives", 10th ed. 2018, section 26.11.
 */
public final class LookbackFormula {
    /** Below, the rate is taken to its limit 0, where the formula is 0/0. */
    private static final double SMALLEST_RATE = 1e-8;

    private LookbackFormula() {}

    /** The price of S_T − min S (call) or max S − S_T (put). */
    public static double price(Market market, Right right, double maturity) {
        double root = Math.sqrt(maturity);
        double sigma = market.volatility();
        double rate = market.rate();
        double a1 = (rate / sigma + 0.5 * sigma) * root;
        double a2 = a1 - sigma * root;
        double discount = market.discount(maturity);
        double sign = right.sign();
        double reflected = Math.abs(rate) < SMALLEST_RATE
                ? 0.5
                        * sigma
                        * (2 * root * Gaussian.density(a1) - sign * sigma * maturity * Gaussian.cumulative(-sign * a1))
                : 0.5
                        * sigma
                        * sigma
                        / rate
                        * sign
                        * (discount * Gaussian.cumulative(sign * a2) - Gaussian.cumulative(-sign * a1));
        return market.spot()
                * (sign * (Gaussian.cumulative(sign * a1) - discount * Gaussian.cumulative(sign * a2)) + reflected);
    }
}
