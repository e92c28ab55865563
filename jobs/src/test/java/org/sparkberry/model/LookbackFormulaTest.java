package org.sparkberry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LookbackFormulaTest {
    @Test
    void pricesAreThePublishedOnes() {
        // Hull, 10th ed., example 26.2: S=50, r=10 %, σ=40 %, T=0.25: put 7.79, call 8.04.
        Market market = new Market(50, 0.1, 0.4);
        assertThat(LookbackFormula.price(market, Right.PUT, 0.25)).isCloseTo(7.79, within(0.005));
        assertThat(LookbackFormula.price(market, Right.CALL, 0.25)).isCloseTo(8.04, within(0.005));
    }

    @Test
    void thePriceHasNoJumpAtRateZero() {
        for (Right right : Right.values()) {
            double zero = LookbackFormula.price(new Market(100, 0, 0.3), right, 2);
            for (double rate : new double[] {-1e-6, -1.1e-8, 1.1e-8, 1e-6}) {
                assertThat(LookbackFormula.price(new Market(100, rate, 0.3), right, 2))
                        .isCloseTo(zero, within(1000 * Math.abs(rate) + 1e-6));
            }
        }
    }
}
