package org.sparkberry.model;

/**
 * The price of an option that may be exercised on evenly spaced dates, by the binomial tree of Cox, Ross and Rubinstein
 * 1979: an independent reference, the mean of two trees whose errors have opposite signs.
 */
final class BermudanTree {
    private BermudanTree() {}

    static double price(Market market, Contract contract, int dates) {
        return price(market, contract, dates, 12);
    }

    static double price(Market market, Contract contract, int dates, int stepsPerDate) {
        return 0.5 * (tree(market, contract, dates, stepsPerDate) + tree(market, contract, dates, stepsPerDate + 1));
    }

    private static double tree(Market market, Contract contract, int dates, int stepsPerDate) {
        int steps = dates * stepsPerDate;
        double dt = contract.maturity() / steps;
        double up = Math.exp(market.volatility() * Math.sqrt(dt));
        double p = (Math.exp(market.rate() * dt) - 1 / up) / (up - 1 / up);
        double discount = Math.exp(-market.rate() * dt);
        double[] value = new double[steps + 1];
        for (int i = 0; i <= steps; i++) {
            value[i] = payoff(market, contract, Math.pow(up, 2 * i - steps));
        }
        for (int step = steps - 1; step >= 0; step--) {
            for (int i = 0; i <= step; i++) {
                value[i] = discount * (p * value[i + 1] + (1 - p) * value[i]);
                if (step > 0 && step % stepsPerDate == 0) {
                    value[i] = Math.max(value[i], payoff(market, contract, Math.pow(up, 2 * i - step)));
                }
            }
        }
        return value[0];
    }

    private static double payoff(Market market, Contract contract, double growth) {
        return Math.max(0, contract.right().sign() * (market.spot() * growth - contract.strike()));
    }
}
