package org.sparkberry.model;

/**
 * The value of a European option in Heston's market, by an integral over the characteristic function φ of ln(S_T/F):
 * call = S₀ − √(S₀K)·e^(−rT/2)/π·∫₀^∞ Re(e^(iuk)·φ(u − i/2))/(u² + ¼) du with k = ln(S₀/K) + rT.
 *
 * <p>φ is in the form without a jump of the logarithm (Albrecher, Mayer, Schoutens and Tistaert, "The little Heston
 * trap", Wilmott 2007). The integral is the trapezoidal sum, which for a function that is analytic within ½ of the real
 * line errs by e^(−π/h) (Trefethen and Weideman 2014, doi:10.1137/130932132): below 10⁻²⁷ here.
 *
 * <p>Sources: Heston 1993, doi:10.1093/rfs/6.2.327; Lewis, "Option Valuation under Stochastic Volatility", 2000, for the
 * integral.
 */
public final class HestonFormula {
    private static final double STEP = 0.05;
    private static final long MOST_TERMS = 200_000;
    /** The sum ends when the modulus of its terms is this small. */
    private static final double SMALLEST_TERM = 1e-18;

    private HestonFormula() {}

    /** The price; NaN where the integrand falls so slowly (|ρ| near 1, say) that 200,000 terms do not end the sum. */
    public static double price(Heston market, Contract contract) {
        double discountedStrike = contract.strike() * StrictMath.exp(-market.rate() * contract.maturity());
        double call = market.spot() - Math.sqrt(market.spot() * discountedStrike) * integral(market, contract, false);
        return contract.right() == Right.CALL ? call : call - market.spot() + discountedStrike;
    }

    /** ∂price/∂S₀; NaN as the price. */
    public static double delta(Heston market, Contract contract) {
        double discountedStrike = contract.strike() * StrictMath.exp(-market.rate() * contract.maturity());
        double call = 1 - Math.sqrt(discountedStrike / market.spot()) * integral(market, contract, true);
        return contract.right() == Right.CALL ? call : call - 1;
    }

    /** The integral over π; for the derivative by S₀ its integrand has the factor ½ + iu. */
    private static double integral(Heston market, Contract contract, boolean derivative) {
        double k = StrictMath.log(market.spot() / contract.strike()) + market.rate() * contract.maturity();
        double sum = 0;
        for (long i = 0; i < MOST_TERMS; i++) {
            double u = STEP * i;
            Complex value = characteristic(market, contract.maturity(), new Complex(u, -0.5))
                    .times(new Complex(0, u * k).exp())
                    .times(1 / (u * u + 0.25));
            if (derivative) {
                value = value.times(new Complex(0.5, u));
            }
            sum += i == 0 ? 0.5 * value.re() : value.re();
            if (Math.abs(value.re()) + Math.abs(value.im()) < SMALLEST_TERM) {
                return sum * STEP / Math.PI;
            }
        }
        return Double.NaN;
    }

    /** φ(u) = E exp(iu·ln(S_T/F)). */
    private static Complex characteristic(Heston market, double maturity, Complex u) {
        double epsilon = market.volatilityOfVariance();
        Complex iu = new Complex(-u.im(), u.re());
        Complex b = new Complex(market.reversion(), 0).minus(iu.times(market.correlation() * epsilon));
        Complex d =
                b.times(b).plus(u.times(u).plus(iu).times(epsilon * epsilon)).sqrt();
        Complex g = b.minus(d).over(b.plus(d));
        Complex decay = d.times(-maturity).exp();
        Complex one = new Complex(1, 0);
        Complex grown = one.minus(g.times(decay));
        Complex ofVariance = b.minus(d).times(one.minus(decay).over(grown)).times(market.variance());
        Complex ofMean = b.minus(d)
                .times(maturity)
                .minus(grown.over(one.minus(g)).log().times(2))
                .times(market.reversion() * market.meanVariance());
        return ofVariance.plus(ofMean).times(1 / (epsilon * epsilon)).exp();
    }
}
