package org.sparkberry.model;

import org.sparkberry.random.Gaussian;

/**
 * The value of a barrier option that is watched at every moment, in closed form.
 *
 * <p>Source: Reiner and Rubinstein, "Breaking down the barriers", Risk 4 (1991), in the notation of Haug, "The Complete
 * Guide to Option Pricing Formulas", 2nd ed. 2007, section 4.17.1, without rebate and dividends.
 */
public final class BarrierFormula {
    private BarrierFormula() {}

    /** The price, with a barrier that is not today's price. */
    public static double price(Market market, Contract contract, Barrier barrier) {
        double vanilla = BlackScholes.price(market, contract);
        double in = knockIn(market, contract, barrier);
        return barrier.out() ? vanilla - in : in;
    }

    private static double knockIn(Market market, Contract contract, Barrier barrier) {
        Terms terms = new Terms(market, contract, barrier);
        boolean strikeAbove = contract.strike() > barrier.level();
        boolean call = contract.right() == Right.CALL;
        // The payoff lies wholly beyond the barrier, wholly on this side of it, or on both.
        if (barrier.isUpper(market) == call) {
            if (strikeAbove == call) {
                return terms.direct(contract.strike());
            }
            return terms.direct(barrier.level()) - terms.mirrored(contract.strike()) + terms.mirrored(barrier.level());
        }
        if (strikeAbove != call) {
            return terms.direct(contract.strike()) - terms.direct(barrier.level()) + terms.mirrored(barrier.level());
        }
        return terms.mirrored(contract.strike());
    }

    /** Haug's A and B (direct) and C and D (mirrored), at the strike and at the barrier. */
    private static final class Terms {
        private final Market market;
        private final double sign;
        private final double side;
        private final double spread;
        private final double drift;
        private final double discountedStrike;
        private final double ratio;

        Terms(Market market, Contract contract, Barrier barrier) {
            this.market = market;
            this.sign = contract.right().sign();
            this.side = barrier.isUpper(market) ? -1 : 1;
            this.spread = market.volatility() * Math.sqrt(contract.maturity());
            this.drift = market.logDrift() / (market.volatility() * market.volatility());
            this.discountedStrike = contract.strike() * market.discount(contract.maturity());
            this.ratio = barrier.level() / market.spot();
        }

        double direct(double level) {
            double x = StrictMath.log(market.spot() / level) / spread + (1 + drift) * spread;
            return sign
                    * (market.spot() * Gaussian.cumulative(sign * x)
                            - discountedStrike * Gaussian.cumulative(sign * (x - spread)));
        }

        double mirrored(double level) {
            double y = StrictMath.log(ratio * ratio * market.spot() / level) / spread + (1 + drift) * spread;
            double power = StrictMath.pow(ratio, 2 * drift);
            return sign
                    * power
                    * (market.spot() * ratio * ratio * Gaussian.cumulative(side * y)
                            - discountedStrike * Gaussian.cumulative(side * (y - spread)));
        }
    }
}
