package org.sparkberry.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkberry.record.BadInput;

final class ParametersTest {
    private static final Option<Long> TRIALS = Option.trials("1e6");
    private static final Option<Long> DAYS = Option.whole("days", "DAYS", 1, 10, null, "days");
    private static final Option<Boolean> DRY = Option.toggle("dry", "do nothing");
    private static final Option<List<Double>> WEIGHTS =
            Option.list("weights", "W,…", "0.5,0.50", "weights", text -> Quantity.real("weights", text, 0, 1));
    private static final List<Option<?>> OPTIONS = List.of(TRIALS, DAYS, DRY, WEIGHTS);

    @Test
    void whatIsNotGivenHasItsDefault() {
        Parameters parameters = new Parameters(OPTIONS, Map.of());

        assertThat(parameters.get(TRIALS)).isEqualTo(1_000_000);
        assertThat(parameters.isGiven(TRIALS)).isFalse();
        assertThat(parameters.get(WEIGHTS)).containsExactly(0.5, 0.5);
        assertThat(parameters.find(DAYS)).isEmpty();
        assertThat(parameters.texts()).isEqualTo(Map.of("trials", "1e6", "dry", "false", "weights", "0.5,0.50"));
    }

    @Test
    void whatIsGivenGoesBeforeTheDefaultEvenIfItIsTheSame() {
        Parameters parameters = new Parameters(OPTIONS, Map.of("trials", "1e6", "days", "10"));

        assertThat(parameters.isGiven(TRIALS)).isTrue();
        assertThat(parameters.get(DAYS)).isEqualTo(10);
        assertThat(parameters.isGiven(WEIGHTS)).isFalse();
    }

    @Test
    void whatHasNoDefaultAndIsNotGivenIsMissing() {
        assertThatThrownBy(() -> new Parameters(OPTIONS, Map.of()).get(DAYS))
                .isInstanceOf(BadInput.class)
                .hasMessage("--days is missing: give DAYS");
    }

    @Test
    void everyTextIsCheckedAtOnce() {
        assertThatThrownBy(() -> new Parameters(OPTIONS, Map.of("days", "11")))
                .isInstanceOf(BadInput.class)
                .hasMessage("--days: must be at most 10, not 11");
    }

    /** Numbers and switches as such, in the order of the options; what is no JSON number as it was typed. */
    @Test
    void theRecordHasNumbersAsNumbers() {
        Parameters parameters = new Parameters(OPTIONS, Map.of("trials", "2.5k", "dry", "true"));

        assertThat(parameters.forRecord())
                .containsExactly(Map.entry("trials", 2500L), Map.entry("dry", true), Map.entry("weights", "0.5,0.50"));
    }
}
