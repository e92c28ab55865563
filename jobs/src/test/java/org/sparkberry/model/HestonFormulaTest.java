package org.sparkberry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HestonFormulaTest {
    @ParameterizedTest
    @CsvSource({
        // Alan Lewis's reference prices (Wilmott forum, in QuantLib's test testAlanLewisReferencePrices): S=100,
        // dividend
        // yield 2 %, r=1 %, v₀=0.04, θ=0.25, κ=4, ε=1, ρ=−0.5, T=1. A yield of 2 % is a spot of 100·e^(−0.02).
        "80, 26.774758743998854, 7.958878113256768",
        "90, 20.933349000596710, 12.017966707346304",
        "100, 16.070154917028834, 17.055270961270109",
        "110, 12.132211516709845, 23.017825898442800",
        "120, 9.024913483457836, 29.811026202682471",
    })
    void pricesAreAlanLewiss(double strike, double call, double put) {
        Heston market = new Heston(100 * Math.exp(-0.02), 0.01, 0.04, 0.25, 4, 1, -0.5);

        assertThat(HestonFormula.price(market, new Contract(Right.CALL, strike, 1)))
                .isCloseTo(call, within(1e-12));
        assertThat(HestonFormula.price(market, new Contract(Right.PUT, strike, 1)))
                .isCloseTo(put, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        // Andersen 2008, table 1 and section 5: S=K=100, r=0: the exact prices of his cases I and II.
        "0.04, 0.5, 1, -0.9, 10, 13.085",
        "0.04, 0.3, 0.9, -0.5, 15, 16.649",
    })
    void pricesAreAndersens(
            double variance, double reversion, double epsilon, double rho, double maturity, double expected) {
        Heston market = new Heston(100, 0, variance, variance, reversion, epsilon, rho);

        assertThat(HestonFormula.price(market, new Contract(Right.CALL, 100, maturity)))
                .isCloseTo(expected, within(0.0005));
    }

    @Test
    void withoutVarianceOfTheVarianceItIsBlackAndScholes() {
        for (double maturity : new double[] {0.01, 1, 20}) {
            for (double strike : new double[] {70, 100, 150}) {
                Contract contract = new Contract(Right.CALL, strike, maturity);
                // The price differs by order ε² only, with ρ = 0.
                Heston heston = new Heston(100, 0.03, 0.09, 0.09, 2, 1e-3, 0);
                Market market = new Market(100, 0.03, 0.3);

                assertThat(HestonFormula.price(heston, contract))
                        .isCloseTo(BlackScholes.price(market, contract), within(2e-6));
                assertThat(HestonFormula.delta(heston, contract))
                        .isCloseTo(BlackScholes.delta(market, contract), within(1e-6));
            }
        }
    }

    @Test
    void whatCannotBeIntegratedIsNotKnown() {
        Heston market = new Heston(100, 0.05, 0, 0.04, 1.5, 10, 1);
        assertThat(HestonFormula.price(market, new Contract(Right.CALL, 100, 1)))
                .isNaN();
    }

    @Test
    void deltaIsTheDerivativeOfThePrice() {
        for (Right right : Right.values()) {
            Contract contract = new Contract(right, 110, 0.5);
            double difference = (HestonFormula.price(new Heston(100.001, 0.05, 0.04, 0.06, 1.5, 0.7, -0.6), contract)
                            - HestonFormula.price(new Heston(99.999, 0.05, 0.04, 0.06, 1.5, 0.7, -0.6), contract))
                    / 0.002;

            assertThat(HestonFormula.delta(new Heston(100, 0.05, 0.04, 0.06, 1.5, 0.7, -0.6), contract))
                    .isCloseTo(difference, within(1e-9));
        }
    }
}
