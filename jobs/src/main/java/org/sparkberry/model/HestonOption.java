package org.sparkberry.model;

import org.sparkberry.random.Gaussian;
import org.sparkberry.random.PortableMath;

/**
 * A European option in Heston's market, simulated in equal steps by the quadratic-exponential scheme with martingale
 * correction (QE-M). Quantities: price and delta, which is the path's own, since S_T is proportional to S₀. Control
 * variate: the discounted price S_T·e^(−rT), whose mean is S₀ by the correction.
 *
 * <p>The scheme's steps leave a bias, which falls with their number and has no error bar; it is the only one here.
 *
 * <p>Source: Andersen, "Simple and efficient simulation of the Heston stochastic volatility model", J. Comput. Finance
 * 11 (2008), doi:10.21314/JCF.2008.189, sections 3.2.4 (QE) and 4.3 (M), with ψ_c = 1.5 and γ₁ = γ₂ = ½.
 */
public final class HestonOption implements Valuation {
    private static final long serialVersionUID = 1;

    private static final double PSI_CRITICAL = 1.5;

    private final int steps;
    private final BrownianPath path;
    private final boolean bridge;
    private final double sign;
    private final double spot;
    private final double inverseSpot;
    private final double discountedStrike;
    private final double variance;
    /** The mean of the next v is θ(1 − e) + e·v, its variance c₁·v + c₀. */
    private final double meanConstant;

    private final double meanSlope;
    private final double varianceConstant;
    private final double varianceSlope;
    /** Andersen's K₁ to K₄, A = K₂ + K₄/2, and K₀ without the correction. */
    private final double k0;

    private final double k1;
    private final double k2;
    private final double k3;
    private final double k4;
    private final double a;

    /** @param steps how many from today to maturity, at least 1 */
    public HestonOption(Heston market, Contract contract, int steps, Sampling sampling) {
        double maturity = contract.maturity();
        double step = maturity / steps;
        double kappa = market.reversion();
        double theta = market.meanVariance();
        double epsilon = market.volatilityOfVariance();
        double rho = market.correlation();
        this.steps = steps;
        this.bridge = sampling == Sampling.SOBOL;
        this.path = new BrownianPath(steps, steps, bridge);
        this.sign = contract.right().sign();
        this.spot = market.spot();
        this.inverseSpot = 1 / market.spot();
        this.discountedStrike = contract.strike() * StrictMath.exp(-market.rate() * maturity);
        this.variance = market.variance();
        double decay = StrictMath.exp(-kappa * step);
        double grown = -StrictMath.expm1(-kappa * step);
        this.meanSlope = decay;
        this.meanConstant = theta * grown;
        this.varianceSlope = epsilon * epsilon * decay * grown / kappa;
        this.varianceConstant = theta * epsilon * epsilon * grown * grown / (2 * kappa);
        this.k0 = -rho * kappa * theta * step / epsilon;
        this.k1 = 0.5 * step * (kappa * rho / epsilon - 0.5) - rho / epsilon;
        this.k2 = 0.5 * step * (kappa * rho / epsilon - 0.5) + rho / epsilon;
        this.k3 = 0.5 * step * (1 - rho * rho);
        this.k4 = k3;
        this.a = k2 + 0.5 * k4;
    }

    @Override
    public int dimensions() {
        return 2 * steps;
    }

    @Override
    public int quantities() {
        return 2;
    }

    @Override
    public Trial trial() {
        double[] ofPrice = new double[steps];
        double[] ofVariance = new double[steps];
        double[] chosen = new double[steps];
        return new Trial() {
            @Override
            public void draw(double[] centred) {
                normals(centred, 0, ofPrice);
                normals(centred, 1, ofVariance);
            }

            /** Standard normal numbers from every other one of the uniform ones; as a bridge the increments of its path. */
            private void normals(double[] centred, int first, double[] normals) {
                for (int i = 0; i < steps; i++) {
                    chosen[i] = centred[2 * i + first];
                }
                if (!bridge) {
                    for (int i = 0; i < steps; i++) {
                        normals[i] = Gaussian.quantile(chosen[i]);
                    }
                    return;
                }
                path.fill(chosen, normals);
                for (int i = steps - 1; i > 0; i--) {
                    normals[i] -= normals[i - 1];
                }
            }

            @Override
            public void value(double mirror, double[] sample) {
                double v = variance;
                // Of the discounted price: r cancels.
                double log = 0;
                for (int i = 0; i < steps; i++) {
                    double mean = Math.fma(meanSlope, v, meanConstant);
                    double psi = Math.fma(varianceSlope, v, varianceConstant) / (mean * mean);
                    double zv = mirror * ofVariance[i];
                    double next;
                    double correction;
                    if (psi <= PSI_CRITICAL) {
                        double twice = 2 / psi;
                        double b2 = twice - 1 + Math.sqrt(twice) * Math.sqrt(twice - 1);
                        double scale = mean / (1 + b2);
                        double shifted = Math.sqrt(b2) + zv;
                        next = scale * shifted * shifted;
                        double left = 1 - 2 * a * scale;
                        correction = left > 0
                                ? -a * b2 * scale / left + 0.5 * PortableMath.log(left) - (k1 + 0.5 * k3) * v
                                : k0;
                    } else {
                        double p = (psi - 1) / (psi + 1);
                        double beta = (1 - p) / mean;
                        double above = Gaussian.cumulative(-zv);
                        next = above >= 1 - p ? 0 : PortableMath.log((1 - p) / above) / beta;
                        correction = a < beta
                                ? -PortableMath.log(p + beta * (1 - p) / (beta - a)) - (k1 + 0.5 * k3) * v
                                : k0;
                    }
                    double spread = Math.sqrt(Math.fma(k3, v, k4 * next));
                    log += correction + Math.fma(k1, v, Math.fma(k2, next, spread * (mirror * ofPrice[i])));
                    v = next;
                }
                double price = spot * PortableMath.exp(Math.max(-700, Math.min(700, log)));
                double gain = sign * (price - discountedStrike);
                sample[0] = price - spot;
                sample[1] = 0.5 * (gain + Math.abs(gain));
                sample[2] = gain > 0 ? sign * (price * inverseSpot) : 0;
            }
        };
    }
}
