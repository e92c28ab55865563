package org.sparkberry.model;

import org.sparkberry.random.Gaussian;
import org.sparkberry.random.PortableMath;

/**
 * A barrier option that is watched at every moment. One number draws the price at maturity; the chance that the price
 * touched the barrier on its way there is that of a Brownian bridge, p = exp(−2·h·(h − L)/(σ²T)) with h = ln(H/S₀) and
 * the log return L, or 1 beyond the barrier. A path pays the payoff times 1 − p (out) or p (in): exact, with no steps
 * between. Quantities: price, delta, vega, the path's own, since p has no jump. Control variate: the same option
 * without a barrier.
 *
 * <p>Source: Glasserman 2003, section 6.4; Andersen and Brotherton-Ratcliffe 1996 (the bridge).
 */
public final class BarrierOption implements Valuation {
    private static final long serialVersionUID = 1;

    private final double sign;
    private final double spot;
    private final double inverseSpot;
    private final double discount;
    private final double strike;
    private final double vanillaPrice;
    private final double volatility;
    private final double rootMaturity;
    private final double maturity;
    private final double drift;
    /** h = ln(H/S₀), and 2/(σ²T). */
    private final double height;

    private final double steepness;
    private final boolean out;

    public BarrierOption(Market market, Contract contract, Barrier barrier) {
        this.sign = contract.right().sign();
        this.spot = market.spot();
        this.inverseSpot = 1 / market.spot();
        this.maturity = contract.maturity();
        this.discount = market.discount(maturity);
        this.strike = contract.strike();
        this.vanillaPrice = BlackScholes.price(market, contract);
        this.volatility = market.volatility();
        this.rootMaturity = Math.sqrt(maturity);
        this.drift = market.logDrift() * maturity;
        this.height = StrictMath.log(barrier.level() / market.spot());
        this.steepness = 2 / (volatility * volatility * maturity);
        this.out = barrier.out();
    }

    @Override
    public int dimensions() {
        return 1;
    }

    @Override
    public int quantities() {
        return 3;
    }

    @Override
    public Trial trial() {
        return new Trial() {
            private double w;

            @Override
            public void draw(double[] centred) {
                w = rootMaturity * Gaussian.quantile(centred[0]);
            }

            @Override
            public void value(double mirror, double[] sample) {
                double brownian = mirror * w;
                double log = Math.fma(volatility, brownian, drift);
                double price = spot * PortableMath.exp(log);
                double gain = sign * (price - strike);
                double payoff = discount * (0.5 * (gain + Math.abs(gain)));
                double slope = gain > 0 ? sign * (discount * price) : 0;
                double logSlope = Math.fma(-volatility, maturity, brownian);

                double gap = height - log;
                boolean beyond = height * gap <= 0;
                double touch = beyond ? 1 : PortableMath.exp(Math.max(-700, -steepness * height * gap));
                // ∂p/∂ln S₀ moves h alone, ∂p/∂σ the steepness and L.
                double touchBySpot = beyond ? 0 : touch * steepness * (height + gap);
                double touchByVolatility = beyond ? 0 : touch * steepness * height * (logSlope + 2 * gap / volatility);
                double weight = out ? 1 - touch : touch;
                double turn = out ? -payoff : payoff;

                sample[0] = payoff - vanillaPrice;
                sample[1] = payoff * weight;
                sample[2] = inverseSpot * Math.fma(slope, weight, turn * touchBySpot);
                sample[3] = Math.fma(slope * logSlope, weight, turn * touchByVolatility);
            }
        };
    }
}
