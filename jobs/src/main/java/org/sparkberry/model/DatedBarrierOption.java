package org.sparkberry.model;

import org.sparkberry.random.PortableMath;

/**
 * A barrier option that is watched on evenly spaced dates T/n, …, T only. Quantity: the price; its derivatives are left
 * out, since the payoff jumps where the price touches the barrier. Control variate: the same option watched at every
 * moment, on the same path by the Brownian bridge between dates ({@link BarrierOption}), whose price has a closed form.
 */
public final class DatedBarrierOption implements DatedValuation {
    private static final long serialVersionUID = 1;

    private final BrownianPath path;
    private final double sign;
    private final double spot;
    private final double discount;
    private final double strike;
    private final double volatility;
    private final double driftStep;
    private final double watchedPrice;
    /** h = ln(H/S₀), which side it is on, and 2/(σ²·T/n). */
    private final double height;

    private final double side;
    private final double steepness;
    private final boolean out;

    /** @param dates n, at least 1 */
    public DatedBarrierOption(Market market, Contract contract, Barrier barrier, int dates, Sampling sampling) {
        double maturity = contract.maturity();
        this.path = new BrownianPath(maturity, dates, sampling == Sampling.SOBOL);
        this.sign = contract.right().sign();
        this.spot = market.spot();
        this.discount = market.discount(maturity);
        this.strike = contract.strike();
        this.volatility = market.volatility();
        this.driftStep = market.logDrift() * maturity / dates;
        this.watchedPrice = BarrierFormula.price(market, contract, barrier);
        this.height = StrictMath.log(barrier.level() / market.spot());
        this.side = barrier.isUpper(market) ? 1 : -1;
        this.steepness = 2 / (volatility * volatility * maturity / dates);
        this.out = barrier.out();
    }

    @Override
    public BrownianPath path() {
        return path;
    }

    @Override
    public int quantities() {
        return 1;
    }

    @Override
    public void value(double[] w, double mirror, double[] sample) {
        // How far the logarithm is from the barrier, above 0 on today's side of it.
        double gap = side * height;
        double alive = 1;
        double untouched = 1;
        double log = 0;
        for (int j = 0; j < w.length; j++) {
            log = Math.fma(volatility, mirror * w[j], driftStep * (j + 1));
            double next = side * (height - log);
            if (next <= 0) {
                alive = 0;
                untouched = 0;
            } else if (untouched > 0) {
                untouched *= 1 - PortableMath.exp(Math.max(-700, -steepness * gap * next));
            }
            gap = next;
        }
        double gain = sign * (spot * PortableMath.exp(log) - strike);
        double payoff = discount * (0.5 * (gain + Math.abs(gain)));
        sample[0] = payoff * (out ? untouched : 1 - untouched) - watchedPrice;
        sample[1] = payoff * (out ? alive : 1 - alive);
    }
}
