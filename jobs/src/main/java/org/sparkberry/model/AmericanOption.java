package org.sparkberry.model;

import org.sparkberry.random.PortableMath;

/**
 * An American option that may be exercised on evenly spaced dates T/n, …, T (not today), by a given policy on paths that
 * the policy was not made from: no path knows its future, so the mean is at most the true price, and below it by as much
 * as the policy falls short of the best. Quantity: the price. Control variate: the European option at the moment of
 * exercise, in today's money, whose mean is its price today, since a stopped martingale is one (Rasmussen 2005,
 * doi:10.21314/JCF.2005.128).
 */
public final class AmericanOption implements DatedValuation {
    private static final long serialVersionUID = 1;

    private final Market market;
    private final Contract contract;
    private final BrownianPath path;
    private final double[] coefficients;
    private final double europeanPrice;
    /** Of each date t: (r − σ²/2)t and e^(−rt). */
    private final double[] drift;

    private final double[] discount;

    /** @param policy for these dates */
    public AmericanOption(Market market, Contract contract, int dates, ExercisePolicy policy, Sampling sampling) {
        this.market = market;
        this.contract = contract;
        this.path = new BrownianPath(contract.maturity(), dates, sampling == Sampling.SOBOL);
        this.coefficients = policy.coefficients();
        if (coefficients.length != (dates - 1) * ExercisePolicy.COEFFICIENTS) {
            throw new IllegalArgumentException(coefficients.length + " coefficients for " + dates + " dates");
        }
        this.europeanPrice = BlackScholes.price(market, contract);
        this.drift = new double[dates];
        this.discount = new double[dates];
        for (int j = 0; j < dates; j++) {
            double time = contract.maturity() * (j + 1) / dates;
            drift[j] = market.logDrift() * time;
            discount[j] = market.discount(time);
        }
    }

    /** What the policy's polynomials are of: the gain of exercise as a share of the strike, which does not fall far from 0. */
    static double moneyness(double gain, Contract contract) {
        return gain / contract.strike();
    }

    static double polynomial(double[] coefficients, int at, double x) {
        double value = coefficients[at + ExercisePolicy.COEFFICIENTS - 1];
        for (int k = ExercisePolicy.COEFFICIENTS - 2; k >= 0; k--) {
            value = Math.fma(value, x, coefficients[at + k]);
        }
        return value;
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
        double sign = contract.right().sign();
        int last = w.length - 1;
        for (int j = 0; j < last; j++) {
            double price = price(j, mirror * w[j]);
            double gain = sign * (price - contract.strike());
            if (gain > 0
                    && discount[j] * gain
                            >= polynomial(coefficients, j * ExercisePolicy.COEFFICIENTS, moneyness(gain, contract))) {
                sample[0] = discount[j] * european(price, last - j) - europeanPrice;
                sample[1] = discount[j] * gain;
                return;
            }
        }
        double payoff = discount[last] * Math.max(0, sign * (price(last, mirror * w[last]) - contract.strike()));
        sample[0] = payoff - europeanPrice;
        sample[1] = payoff;
    }

    private double price(int date, double brownian) {
        return market.spot() * PortableMath.exp(Math.fma(market.volatility(), brownian, drift[date]));
    }

    /** The price of the European option with this many dates to go. */
    private double european(double price, int datesLeft) {
        return BlackScholes.price(
                new Market(price, market.rate(), market.volatility()),
                new Contract(contract.right(), contract.strike(), contract.maturity() * datesLeft / path.times()));
    }
}
