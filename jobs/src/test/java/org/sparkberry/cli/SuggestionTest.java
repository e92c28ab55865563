package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuggestionTest {
    /** Edits counted by hand: add, take away, change, swap neighbours. */
    @ParameterizedTest
    @CsvSource({
        "run, run, 0",
        "'', run, 3",
        "run, '', 3",
        "rum, run, 1",
        "runn, run, 1",
        "rn, run, 1",
        "rnu, run, 1",
        "RUN, run, 0",
        // The letters a and i are swapped.
        "--trails, --trials, 1",
        "sweep, jobs, 5",
        // Levenshtein's own example, kitten and sitting: k to s, e to i, and a g.
        "kitten, sitting, 3"
    })
    void distance(String word, String candidate, int edits) {
        assertThat(Suggestion.distance(word, candidate)).isEqualTo(edits);
    }

    @Test
    void theNearestWordIsSuggested() {
        assertThat(Suggestion.among("swep", List.of("jobs", "run", "sweep", "sleep"), "advice"))
                .isEqualTo(": did you mean 'sweep'?");
        assertThat(Suggestion.among("VERIFY", List.of("run", "verify"), "advice"))
                .isEqualTo(": did you mean 'verify'?");
    }

    /** A third of the candidate's letters may be wrong, one in any case. */
    @Test
    void whatIsTooFarIsNotSuggested() {
        assertThat(Suggestion.among("xy", List.of("pi"), "advice")).isEqualTo("; advice");
        assertThat(Suggestion.among("p", List.of("pi"), "advice")).isEqualTo(": did you mean 'pi'?");
        assertThat(Suggestion.among("vexxxy", List.of("verify"), "advice")).isEqualTo("; advice");
        assertThat(Suggestion.among("vexxfy", List.of("verify"), "advice")).isEqualTo(": did you mean 'verify'?");
        assertThat(Suggestion.among("x", List.of(), "advice")).isEqualTo("; advice");
    }
}
