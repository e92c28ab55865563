package org.sparkberry.model;

/**
 * Heston's market: dS = rS dt + √v S dW₁, dv = κ(θ − v) dt + ε√v dW₂, with dW₁dW₂ = ρ dt.
 *
 * @param spot S₀, above 0
 * @param rate r a year
 * @param variance v₀ a year, at least 0
 * @param meanVariance θ, above 0
 * @param reversion κ a year, above 0
 * @param volatilityOfVariance ε a year, above 0
 * @param correlation ρ, from −1 to 1
 */
public record Heston(
        double spot,
        double rate,
        double variance,
        double meanVariance,
        double reversion,
        double volatilityOfVariance,
        double correlation) {
    public Heston {
        if (!(spot > 0
                && variance >= 0
                && meanVariance > 0
                && reversion > 0
                && volatilityOfVariance > 0
                && Math.abs(correlation) <= 1)) {
            throw new IllegalArgumentException("spot " + spot + ", v0 " + variance + ", theta " + meanVariance
                    + ", kappa " + reversion + ", epsilon " + volatilityOfVariance + ", rho " + correlation);
        }
    }
}
