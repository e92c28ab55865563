package org.sparkberry.model;

import org.sparkberry.random.Gaussian;

/**
 * The value of a European option and its derivatives in closed form.
 *
 * <p>Source: Black and Scholes 1973, doi:10.1086/260062; the derivatives as in Hull, "Options, Futures, and Other
 * Derivatives", 10th ed. 2018, sections 15.8 and 19.4 to 19.8.
 */
public final class BlackScholes {
    private BlackScholes() {}

    /** S₀N(d₁) − Ke^(−rT)N(d₂) for a call, Ke^(−rT)N(−d₂) − S₀N(−d₁) for a put. */
    public static double price(Market market, Contract contract) {
        double sign = contract.right().sign();
        double spread = spread(market, contract);
        double d1 = d1(market, contract);
        return sign
                * (market.spot() * Gaussian.cumulative(sign * d1)
                        - contract.strike()
                                * market.discount(contract.maturity())
                                * Gaussian.cumulative(sign * (d1 - spread)));
    }

    /** ∂price/∂S₀. */
    public static double delta(Market market, Contract contract) {
        double sign = contract.right().sign();
        return sign * Gaussian.cumulative(sign * d1(market, contract));
    }

    /** ∂price/∂σ, for a volatility of 1, not of 1 %. */
    public static double vega(Market market, Contract contract) {
        return market.spot() * Math.sqrt(contract.maturity()) * Gaussian.density(d1(market, contract));
    }

    private static double d1(Market market, Contract contract) {
        double spread = spread(market, contract);
        return (StrictMath.log(market.spot() / contract.strike()) + market.rate() * contract.maturity()) / spread
                + 0.5 * spread;
    }

    /** σ√T. */
    private static double spread(Market market, Contract contract) {
        return market.volatility() * Math.sqrt(contract.maturity());
    }
}
