package org.sparkberry.model;

import org.sparkberry.random.Gaussian;
import org.sparkberry.random.PortableMath;

/**
 * A lookback option with floating strike that is watched at every moment: pays S_T − min S (call) or max S − S_T (put).
 * One number draws the log return L, another the extreme of the Brownian bridge to it, ½(L ± √(L² − 2σ²T·ln u)): exact,
 * with no steps between. Quantities: price, delta (price/S₀: the payoff is proportional to S₀), vega, the path's own.
 * Control variate: the discounted price S_T·e^(−rT), whose mean is S₀.
 *
 * <p>Source: Glasserman 2003, example 6.4.2 (the extreme of a bridge).
 */
public final class LookbackOption implements Valuation {
    private static final long serialVersionUID = 1;

    private final double sign;
    private final double spot;
    private final double discountedSpot;
    private final double volatility;
    private final double maturity;
    private final double rootMaturity;
    private final double drift;

    public LookbackOption(Market market, Right right, double maturity) {
        this.sign = right.sign();
        this.spot = market.spot();
        this.discountedSpot = market.spot() * market.discount(maturity);
        this.volatility = market.volatility();
        this.maturity = maturity;
        this.rootMaturity = Math.sqrt(maturity);
        this.drift = market.logDrift() * maturity;
    }

    @Override
    public int dimensions() {
        return 2;
    }

    @Override
    public int quantities() {
        return 3;
    }

    @Override
    public Trial trial() {
        return new Trial() {
            private double w;
            private double x;

            @Override
            public void draw(double[] centred) {
                w = rootMaturity * Gaussian.quantile(centred[0]);
                x = centred[1];
            }

            @Override
            public void value(double mirror, double[] sample) {
                double brownian = mirror * w;
                double log = Math.fma(volatility, brownian, drift);
                double logSlope = Math.fma(-volatility, maturity, brownian);
                // −2σT·ln u
                double excess = -2 * volatility * maturity * PortableMath.log(Math.fma(0.5, mirror * x, 0.5));
                double root = Math.sqrt(Math.fma(log, log, volatility * excess));
                double extreme = 0.5 * (log - sign * root);
                double extremeSlope = 0.5 * (logSlope - sign * Math.fma(log, logSlope, excess) / root);
                double last = PortableMath.exp(log);
                double strike = PortableMath.exp(extreme);
                double payoff = sign * (last - strike);
                sample[0] = Math.fma(discountedSpot, last, -spot);
                sample[1] = discountedSpot * payoff;
                sample[2] = discountedSpot * payoff / spot;
                sample[3] = discountedSpot * (sign * Math.fma(last, logSlope, -strike * extremeSlope));
            }
        };
    }
}
