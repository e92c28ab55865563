package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparkberry.job.Option;
import org.sparkberry.record.BadInput;

final class WordParserTest {
    private static final List<Option<?>> OPTIONS = List.of(
            Option.trials("1e6"), Option.text("file", "FILE", null, "a file"), Option.toggle("dry", "do nothing"));

    @Test
    void theJobMayStandAnywhere() {
        WordParser.Parsed expected = new WordParser.Parsed(Optional.of("pi"), Map.of("trials", "5", "dry", "true"));

        assertThat(parse("pi --trials 5 --dry")).isEqualTo(expected);
        assertThat(parse("--trials 5 pi --dry")).isEqualTo(expected);
        assertThat(parse("--dry --trials=5 pi")).isEqualTo(expected);
    }

    @Test
    void nothingIsNothing() {
        assertThat(new WordParser(OPTIONS, true, "help").parse(List.of()))
                .isEqualTo(new WordParser.Parsed(Optional.empty(), Map.of()));
    }

    @Test
    void valuesAreTakenAsTheyAre() {
        for (String value :
                List.of("-1", "-Dx=y", "a=b=c", "@file", "'quoted'", "a b", "", "$HOME", "%s", "-", "\\n")) {
            assertThat(new WordParser(OPTIONS, true, "help")
                            .parse(List.of("--file", value))
                            .texts())
                    .as(value)
                    .containsEntry("file", value);
            assertThat(new WordParser(OPTIONS, true, "help")
                            .parse(List.of("--file=" + value))
                            .texts())
                    .as(value)
                    .containsEntry("file", value);
        }
    }

    @Test
    void aListMayBeGivenOneByOne() {
        WordParser parser =
                new WordParser(List.of(Option.list("strain", "FILE,…", null, "files", name -> name)), true, "help");

        assertThat(parser.parse(List.of("--strain", "a", "--strain=b,c")).texts())
                .containsEntry("strain", "a,b,c");
        assertThat(parser.parse(List.of("--strain", "")).texts()).containsEntry("strain", "");
    }

    @Test
    void whereNoJobIsWantedNoneIsTaken() {
        assertThatThrownBy(() -> new WordParser(OPTIONS, false, "sparkberry x --help").parse(List.of("pi")))
                .isInstanceOf(BadInput.class)
                .hasMessage("unexpected word 'pi'; a value with spaces needs quotes, and 'sparkberry x --help' shows"
                        + " what may stand here");
    }

    @Test
    void optionsAreNotAbbreviated() {
        assertThatThrownBy(() -> parse("--trial 5"))
                .isInstanceOf(BadInput.class)
                .hasMessage("unknown option '--trial': did you mean '--trials'?");
    }

    @Test
    void aMissingValueIsNotTakenFromTheNextOption() {
        for (String words : List.of("--file", "--file --dry", "--file a --trials", "--file --unknown")) {
            assertThatThrownBy(() -> parse(words))
                    .as(words)
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining(" needs a value: ");
        }
    }

    private static WordParser.Parsed parse(String words) {
        return new WordParser(OPTIONS, true, "help").parse(List.of(words.split(" ", -1)));
    }
}
