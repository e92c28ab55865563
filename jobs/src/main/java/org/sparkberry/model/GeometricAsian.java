package org.sparkberry.model;

import org.sparkberry.random.Gaussian;

/**
 * The value of an option on the geometric mean of the price at evenly spaced dates T/n, …, T, in closed form: the mean's
 * logarithm is normal.
 *
 * <p>Source: Kemna and Vorst 1990, doi:10.1016/0378-4266(90)90039-5; for dates that are discrete Glasserman 2003,
 * section 3.2.2.
 */
public final class GeometricAsian {
    private GeometricAsian() {}

    /** The price of max(±(G − K), 0) at maturity. */
    public static double price(Market market, Contract contract, int dates) {
        double sign = contract.right().sign();
        // The mean of t over the dates, and the variance of the mean of W.
        double meanTime = contract.maturity() * (dates + 1) / (2.0 * dates);
        double variance = contract.maturity() * (dates + 1) * (2.0 * dates + 1) / (6.0 * dates * dates);
        double deviation = market.volatility() * Math.sqrt(variance);
        double logMean = StrictMath.log(market.spot()) + market.logDrift() * meanTime;
        double forward = StrictMath.exp(logMean + 0.5 * deviation * deviation);
        double d2 = (logMean - StrictMath.log(contract.strike())) / deviation;
        return sign
                * market.discount(contract.maturity())
                * (forward * Gaussian.cumulative(sign * (d2 + deviation))
                        - contract.strike() * Gaussian.cumulative(sign * d2));
    }
}
