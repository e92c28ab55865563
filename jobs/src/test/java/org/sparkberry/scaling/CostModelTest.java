package org.sparkberry.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class CostModelTest {
    private static final CostModel COSTS = new CostModel(80, 2.8, 9.7, 0.30, 3, 0.5);

    @Test
    void energyIsThatOfBusyAndOfWaitingNodes() {
        // 2 nodes for an hour, busy for three quarters of it: 2·3600·(0.75·9.7 + 0.25·2.8) = 7200·7.975 J.
        assertThat(COSTS.joules(2, 3600, 0.75)).isCloseTo(57_420, within(1e-9));
        assertThat(COSTS.joules(1, 10, 0)).isCloseTo(28, within(1e-12));
        assertThat(COSTS.joules(1, 10, 1)).isCloseTo(97, within(1e-12));
    }

    @Test
    void costIsTheHardwaresShareAndTheElectricity() {
        // 3 years of 365.25 days, half of them in use, are 13 149 hours: 2 nodes for an hour cost 160/13149 =
        // 0.0121682;
        // 57 420 J are 0.01595 kWh, which cost 0.004785.
        assertThat(COSTS.cost(2, 3600, 0.75)).isCloseTo(0.0169532, within(5e-8));
    }

    @Test
    void aRentedMachineCostsItsHoursAndAPcItsPriceAndPower() {
        assertThat(Alternative.cloud(0.36, 5).pricePerSecond()).isCloseTo(1e-4, within(1e-18));
        assertThat(Alternative.cloud(0.36, 5).watts()).isNaN();
        // 900 over 13 149 h are 0.0684463 an hour; 120 W cost 0.036 an hour.
        Alternative pc = Alternative.pc(new CostModel(900, 120, 120, 0.30, 3, 0.5), 8);
        assertThat(pc.pricePerSecond() * 3600).isCloseTo(0.1044463, within(5e-8));
        assertThat(pc.watts()).isEqualTo(120);
    }
}
