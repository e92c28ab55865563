package org.sparkberry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BlackScholesTest {
    @Test
    void pricesAreThePublishedOnes() {
        // S=100 K=100 r=5 % σ=20 % T=1: 10.4505835721855…, the value that every text has, by the formula to 16 digits.
        Market market = new Market(100, 0.05, 0.2);
        assertThat(BlackScholes.price(market, new Contract(Right.CALL, 100, 1)))
                .isCloseTo(10.450583572185565, within(1e-13));
        // Hull, 10th ed., example 15.6: S=42 K=40 r=10 % σ=20 % T=0.5: call 4.76, put 0.81.
        Market hull = new Market(42, 0.1, 0.2);
        assertThat(BlackScholes.price(hull, new Contract(Right.CALL, 40, 0.5))).isCloseTo(4.76, within(0.005));
        assertThat(BlackScholes.price(hull, new Contract(Right.PUT, 40, 0.5))).isCloseTo(0.81, within(0.005));
        // Hull, examples 19.1 and 19.6: S=49 K=50 r=5 % σ=20 % T=0.3846: delta 0.522, vega 12.1.
        Market greeks = new Market(49, 0.05, 0.2);
        Contract call = new Contract(Right.CALL, 50, 0.3846);
        assertThat(BlackScholes.delta(greeks, call)).isCloseTo(0.522, within(0.0005));
        assertThat(BlackScholes.vega(greeks, call)).isCloseTo(12.1, within(0.05));
    }

    @Test
    void callLessPutIsTheForward() {
        for (double strike : new double[] {1, 60, 100, 140, 1e5}) {
            Market market = new Market(100, 0.03, 0.4);
            Contract call = new Contract(Right.CALL, strike, 2);
            Contract put = new Contract(Right.PUT, strike, 2);
            double forward = 100 - strike * Math.exp(-0.06);

            assertThat(BlackScholes.price(market, call) - BlackScholes.price(market, put))
                    .isCloseTo(forward, within(1e-14 * (100 + strike)));
            assertThat(BlackScholes.delta(market, call) - BlackScholes.delta(market, put))
                    .isCloseTo(1, within(1e-14));
            assertThat(BlackScholes.vega(market, call)).isEqualTo(BlackScholes.vega(market, put));
        }
    }

    @Test
    void theGeometricMeanOfOneDateIsThePrice() {
        Market market = new Market(90, 0.05, 0.3);
        for (Right right : Right.values()) {
            Contract contract = new Contract(right, 100, 0.7);
            assertThat(GeometricAsian.price(market, contract, 1))
                    .isCloseTo(BlackScholes.price(market, contract), within(1e-12));
        }
    }

    @Test
    void theGeometricMeanOfManyDatesTendsToKemnaAndVorsts() {
        // Kemna and Vorst 1990: of the continuous mean the volatility is σ/√3, the drift ½(r − σ²/6): a Black–Scholes
        // price with those, discounted with r. By hand for S=K=100, r=5 %, σ=20 %, T=1: forward 100·e^0.0216666…,
        // d₂ = (0.015 + …): computed below from its formula with StrictMath and Commons Statistics.
        var normal = org.apache.commons.statistics.distribution.NormalDistribution.of(0, 1);
        double sigma = 0.2 / Math.sqrt(3);
        double mean = 0.5 * (0.05 - 0.02);
        double d2 = mean / sigma;
        double expected = Math.exp(-0.05)
                * (100 * Math.exp(mean + 0.5 * sigma * sigma) * normal.cumulativeProbability(d2 + sigma)
                        - 100 * normal.cumulativeProbability(d2));

        assertThat(GeometricAsian.price(new Market(100, 0.05, 0.2), new Contract(Right.CALL, 100, 1), 1_000_000))
                .isCloseTo(expected, within(1e-5));
    }
}
