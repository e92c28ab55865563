package org.sparkberry.model;

import org.sparkberry.random.PortableMath;

/**
 * An Asian option: max(±(A − K), 0) at maturity, with A the arithmetic mean of the price at evenly spaced dates T/n, …,
 * T. Quantities: price, delta, vega; the derivatives are the path's own (Glasserman 2003, section 7.2). Control variate:
 * the same option on the geometric mean, whose price has a closed form ({@link GeometricAsian}; Kemna and Vorst 1990).
 */
public final class AsianOption implements Valuation {
    private static final long serialVersionUID = 1;

    private final BrownianPath path;
    private final double sign;
    private final double volatility;
    private final double inverseSpot;
    private final double discountedStrike;
    /** e^(−rT)·S₀, and that over n. */
    private final double discountedSpot;

    private final double arithmeticScale;
    /** σ/n, and the mean over the dates of (r − σ²/2)t. */
    private final double geometricScale;

    private final double geometricDrift;
    private final double geometricPrice;
    /** Of each date t: (r − σ²/2)t and σt. */
    private final double[] drift;

    private final double[] volatilityTime;

    /** @param dates n, at least 1 */
    public AsianOption(Market market, Contract contract, int dates, Sampling sampling) {
        double maturity = contract.maturity();
        this.path = new BrownianPath(maturity, dates, sampling == Sampling.SOBOL);
        this.sign = contract.right().sign();
        this.volatility = market.volatility();
        this.inverseSpot = 1 / market.spot();
        this.discountedStrike = contract.strike() * market.discount(maturity);
        this.discountedSpot = market.spot() * market.discount(maturity);
        this.arithmeticScale = discountedSpot / dates;
        this.geometricScale = volatility / dates;
        this.geometricDrift = market.logDrift() * maturity * (dates + 1) / (2.0 * dates);
        this.geometricPrice = GeometricAsian.price(market, contract, dates);
        this.drift = new double[dates];
        this.volatilityTime = new double[dates];
        for (int j = 0; j < dates; j++) {
            double time = maturity * (j + 1) / dates;
            drift[j] = market.logDrift() * time;
            volatilityTime[j] = volatility * time;
        }
    }

    @Override
    public int dimensions() {
        return path.times();
    }

    @Override
    public int quantities() {
        return 3;
    }

    @Override
    public Simulation simulation() {
        double[] w = new double[path.times()];
        return new Simulation() {
            @Override
            public void draw(double[] centred) {
                path.fill(centred, w);
            }

            @Override
            public void value(double mirror, double[] sample) {
                double sum = 0;
                double slopes = 0;
                double logs = 0;
                for (int j = 0; j < w.length; j++) {
                    double brownian = mirror * w[j];
                    double growth = PortableMath.exp(Math.fma(volatility, brownian, drift[j]));
                    sum += growth;
                    // ∂S/∂σ = S·(W − σt)
                    slopes = Math.fma(growth, brownian - volatilityTime[j], slopes);
                    logs += brownian;
                }
                double arithmetic = arithmeticScale * sum;
                double geometric = discountedSpot * PortableMath.exp(Math.fma(geometricScale, logs, geometricDrift));
                double gain = sign * (arithmetic - discountedStrike);
                double geometricGain = sign * (geometric - discountedStrike);
                double slope = gain > 0 ? sign : 0;
                sample[0] = Math.fma(0.5, geometricGain + Math.abs(geometricGain), -geometricPrice);
                sample[1] = 0.5 * (gain + Math.abs(gain));
                sample[2] = slope * (arithmetic * inverseSpot);
                sample[3] = slope * (arithmeticScale * slopes);
            }
        };
    }
}
