package org.sparkberry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarrierFormulaTest {
    @ParameterizedTest
    @CsvSource({
        // Broadie, Glasserman and Kou 1997, doi:10.1111/1467-9965.00035, table 2.1, column "continuous barrier":
        // down-and-
        // out call, S=K=100, σ=30 %, r=10 %, T=0.2.
        "85, 6.308",
        "86, 6.283",
        "87, 6.244",
        "88, 6.185",
        "89, 6.099",
        "90, 5.977",
        "91, 5.808",
        "92, 5.579",
        "93, 5.277",
        "94, 4.888",
        "95, 4.398",
        "96, 3.792",
        "97, 3.060",
        "98, 2.189",
        "99, 1.171",
    })
    void downAndOutCallsHaveThePublishedPrices(double level, double expected) {
        assertThat(BarrierFormula.price(
                        new Market(100, 0.1, 0.3), new Contract(Right.CALL, 100, 0.2), new Barrier(level, true)))
                .isCloseTo(expected, within(0.0005));
    }

    @Test
    void farBarriersChangeNothingAndNearOnesEndAll() {
        Market market = new Market(100, 0.05, 0.2);
        for (Right right : Right.values()) {
            for (double strike : new double[] {80, 100, 120}) {
                Contract contract = new Contract(right, strike, 0.5);
                double vanilla = BlackScholes.price(market, contract);
                for (double far : new double[] {1, 1e4}) {
                    assertThat(BarrierFormula.price(market, contract, new Barrier(far, true)))
                            .isCloseTo(vanilla, within(1e-10));
                }
                for (double near : new double[] {100 - 1e-9, 100 + 1e-9}) {
                    assertThat(BarrierFormula.price(market, contract, new Barrier(near, true)))
                            .isCloseTo(0, within(1e-8));
                    assertThat(BarrierFormula.price(market, contract, new Barrier(near, false)))
                            .isCloseTo(vanilla, within(1e-8));
                }
            }
        }
    }

    @Test
    void thePriceIsWithoutAJumpWhereTheStrikeMeetsTheBarrier() {
        Market market = new Market(100, 0.05, 0.2);
        for (Right right : Right.values()) {
            for (double level : new double[] {90, 110}) {
                Barrier barrier = new Barrier(level, false);
                assertThat(BarrierFormula.price(market, new Contract(right, level - 1e-7, 1), barrier))
                        .isCloseTo(
                                BarrierFormula.price(market, new Contract(right, level + 1e-7, 1), barrier),
                                within(1e-6));
            }
        }
    }
}
