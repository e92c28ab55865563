package org.sparkberry.model;

import java.io.Serializable;

/**
 * Black and Scholes' market: a price in geometric Brownian motion, without dividends.
 *
 * @param spot S₀, today's price, above 0
 * @param rate r, the riskless rate a year, continuously compounded
 * @param volatility σ, the standard deviation of a year's log return, above 0
 */
public record Market(double spot, double rate, double volatility) implements Serializable {
    public Market {
        if (!(spot > 0 && volatility > 0 && spot < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("spot " + spot + ", volatility " + volatility);
        }
    }

    /** What 1 at this time, in years, is worth today. */
    public double discount(double years) {
        return StrictMath.exp(-rate * years);
    }

    /** The drift of the logarithm of the price a year: r − σ²/2. */
    public double logDrift() {
        return rate - 0.5 * volatility * volatility;
    }
}
