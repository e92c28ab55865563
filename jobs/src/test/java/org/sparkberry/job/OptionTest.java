package org.sparkberry.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkberry.record.BadInput;

final class OptionTest {
    private static final Option<List<Long>> COUNTS =
            Option.list("counts", "N,…", null, "numbers", text -> Quantity.whole("counts", text, 1, 99));

    @Test
    void isTypedWithTwoHyphens() {
        assertThat(Option.trials("1e6").flag()).isEqualTo("--trials");
        assertThat(Option.trials("1e6").isSwitch()).isFalse();
        assertThat(Option.toggle("dry", "").isSwitch()).isTrue();
    }

    @Test
    void aSwitchIsOffUnlessItIsGiven() {
        Option<Boolean> dry = Option.toggle("dry", "do nothing");
        assertThat(new Parameters(List.of(dry), java.util.Map.of()).get(dry)).isFalse();
        assertThat(dry.read().apply("true")).isTrue();
        assertThatThrownBy(() -> dry.read().apply("yes"))
                .isInstanceOf(BadInput.class)
                .hasMessage("--dry: takes no value, but got 'yes'");
    }

    @Test
    void aTextIsTakenAsItIsButNotEmpty() {
        Option<String> file = Option.text("file", "FILE", null, "a file");
        assertThat(file.read().apply(" a b ")).isEqualTo(" a b ");
        for (String empty : List.of("", " ", "\t")) {
            assertThatThrownBy(() -> file.read().apply(empty))
                    .isInstanceOf(BadInput.class)
                    .hasMessage("--file: is empty; give FILE");
        }
    }

    @Test
    void aChoiceIsOneOfItsWordsWhateverTheCase() {
        Option<String> mode = Option.choice("mode", List.of("strong", "weak"), "strong", "a mode");
        assertThat(mode.value()).isEqualTo("strong|weak");
        assertThat(mode.read().apply("WEAK")).isEqualTo("weak");
        assertThatThrownBy(() -> mode.read().apply("wea"))
                .isInstanceOf(BadInput.class)
                .hasMessage("--mode: must be strong or weak, not 'wea'");
    }

    @Test
    void aListHasItsValuesBetweenCommas() {
        assertThat(COUNTS.read().apply("5")).containsExactly(5L);
        assertThat(COUNTS.read().apply("3, 1 ,2")).containsExactly(3L, 1L, 2L);
    }

    @Test
    void aListHasNoGaps() {
        for (String text : List.of(",", "1,", ",1", "1,,2", "1, ,2")) {
            assertThatThrownBy(() -> COUNTS.read().apply(text))
                    .isInstanceOf(BadInput.class)
                    .hasMessage("--counts: a value is missing beside a comma: '" + text + "'");
        }
        assertThatThrownBy(() -> COUNTS.read().apply(" "))
                .isInstanceOf(BadInput.class)
                .hasMessage("--counts: is empty; give N,…");
        assertThatThrownBy(() -> COUNTS.read().apply("1,x"))
                .isInstanceOf(BadInput.class)
                .hasMessage("--counts: must be a whole number, not 'x'");
    }

    @Test
    void anotherDefaultIsAnotherOption() {
        Option<Long> trials = Option.trials("1e6");
        assertThat(trials.withDefault("10").defaultText()).isEqualTo("10");
        assertThat(trials.defaultText()).isEqualTo("1e6");
        assertThat(trials.withDefault("10").name()).isEqualTo("trials");
    }
}
