package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkberry.estimate.Estimate;

final class WordsTest {
    /** π by 10⁸ darts: √(π(4 − π)/10⁸) = 0.000164. */
    @Test
    void theCellsOfAnEstimate() {
        Estimate pi = new Estimate("pi", 3.141466, 0.000164, 3.1411446, 3.1417874, 0, Math.PI);

        // z = (3.141466 − 3.1415927) / 0.000164.
        assertThat(Words.cells(pi))
                .containsExactly("pi", "3.14147", "0.00016", "3.14114 … 3.14179", "3.141593", "-0.77");
    }

    @Test
    void theCellsOfAnEstimateWithoutAnError() {
        Estimate single = new Estimate("mean-loss", 0.0662183, Double.NaN, Double.NaN, Double.NaN, 0, null);

        assertThat(Words.cells(single)).containsExactly("mean-loss", "0.0662183", "not known", "not known", "", "");
    }

    @Test
    void figuresStandToTheRightWordsToTheLeft() {
        List<List<String>> rows = List.of(List.of("name", "x"), List.of("a", "100"));

        assertThat(Words.table(rows)).containsExactly("  name    x", "  a     100");
        assertThat(Words.columns(rows)).containsExactly("  name  x", "  a     100");
    }

    @Test
    void aLetterOutsideAsciiIsOneColumnWide() {
        assertThat(Words.table(List.of(List.of("π ± 1", "x"), List.of("abcde", "x"))))
                .containsExactly("  π ± 1  x", "  abcde  x");
    }

    @Test
    void theLastColumnGoesOnBelowItself() {
        assertThat(Words.columns(List.of(List.of("--x", "one two three"), List.of("--long", "four")), 18))
                .containsExactly("  --x     one two", "          three", "  --long  four");
        // Two fifths of 18 are 7: below a longer term begins what it means.
        assertThat(Words.columns(List.of(List.of("--x", "one two three"), List.of("--longer", "four")), 18))
                .containsExactly("  --x  one two", "       three", "  --longer", "       four");
        // A word that is too long for any line stands alone on one.
        assertThat(Words.wrap("a datasets/markets b", 5)).containsExactly("a", "datasets/markets", "b");
        assertThat(Words.wrap("", 5)).containsExactly("");
    }
}
