package org.sparkberry.model;

import org.sparkberry.random.PortableMath;

/**
 * A lookback option with floating strike that is watched today and on evenly spaced dates T/n, …, T only: pays S_T − min
 * S (call) or max S − S_T (put). Quantities: price, delta (price/S₀: the payoff is proportional to S₀), vega, the path's
 * own. Control variate: the discounted price S_T·e^(−rT), whose mean is S₀.
 */
public final class DatedLookbackOption implements DatedValuation {
    private static final long serialVersionUID = 1;

    private final BrownianPath path;
    private final double sign;
    private final double spot;
    private final double discountedSpot;
    private final double volatility;
    private final double step;
    private final double driftStep;

    /** @param dates n, at least 1 */
    public DatedLookbackOption(Market market, Right right, double maturity, int dates, Sampling sampling) {
        this.path = new BrownianPath(maturity, dates, sampling == Sampling.SOBOL);
        this.sign = right.sign();
        this.spot = market.spot();
        this.discountedSpot = market.spot() * market.discount(maturity);
        this.volatility = market.volatility();
        this.step = maturity / dates;
        this.driftStep = market.logDrift() * step;
    }

    @Override
    public BrownianPath path() {
        return path;
    }

    @Override
    public int quantities() {
        return 3;
    }

    @Override
    public void value(double[] w, double mirror, double[] sample) {
        double log = 0;
        double extreme = 0;
        double extremeSlope = 0;
        for (int j = 0; j < w.length; j++) {
            log = Math.fma(volatility, mirror * w[j], driftStep * (j + 1));
            if (sign * (extreme - log) > 0) {
                extreme = log;
                extremeSlope = logSlope(j, mirror * w[j]);
            }
        }
        double last = PortableMath.exp(log);
        double strike = PortableMath.exp(extreme);
        double payoff = sign * (last - strike);
        sample[0] = Math.fma(discountedSpot, last, -spot);
        sample[1] = discountedSpot * payoff;
        sample[2] = discountedSpot * payoff / spot;
        sample[3] = discountedSpot
                * (sign * Math.fma(last, logSlope(w.length - 1, mirror * w[w.length - 1]), -strike * extremeSlope));
    }

    /** ∂ln S/∂σ = W − σt at a date. */
    private double logSlope(int date, double brownian) {
        return Math.fma(-volatility, step * (date + 1), brownian);
    }
}
