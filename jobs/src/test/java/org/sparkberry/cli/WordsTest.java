package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.scaling.Interval;

final class WordsTest {
    @Test
    void counts() {
        assertThat(Words.whole(1_000_000)).isEqualTo("1,000,000");
        assertThat(Words.whole(-1234)).isEqualTo("-1,234");
        assertThat(Words.count(1, "core")).isEqualTo("1 core");
        assertThat(Words.count(0, "core")).isEqualTo("0 cores");
        assertThat(Words.count(2500, "trial")).isEqualTo("2,500 trials");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "0.4, 0 s",
        "59.4, 59 s",
        // Rounded before it is cut into minutes: never 60 s.
        "59.6, 1 min",
        "60, 1 min",
        "61, 1 min 1 s",
        "200, 3 min 20 s",
        "3599.6, 1 h",
        "3600, 1 h",
        "3660, 1 h 1 min",
        "7500, 2 h 5 min",
        "360000, 100 h",
        "-3, 0 s",
        "NaN, –",
        "Infinity, –"
    })
    void durations(double seconds, String expected) {
        assertThat(Words.duration(seconds)).isEqualTo(expected);
    }

    @Test
    void percent() {
        assertThat(Words.percent(0)).isEqualTo("0 %");
        assertThat(Words.percent(0.126)).isEqualTo("13 %");
        assertThat(Words.percent(1)).isEqualTo("100 %");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "0.0123456, 0.0123",
        "4.5678, 4.57",
        "4.5, 4.5",
        "789.4, 789",
        "12345, 12300",
        "-2.5, -2.5",
        // From here on digits would be made up.
        "123456, 1.23e5",
        "1.2e9, 1.20e9",
        "0.00012, 1.20e-4",
        "1e-10, 1.00e-10",
        "1e100, 1.00e100",
        // 0.0999600000000000016… goes up to the next power of ten.
        "0.09996, 0.100",
        "NaN, –",
        "-Infinity, –"
    })
    void threeDigits(double value, String expected) {
        assertThat(Words.short3(value)).isEqualTo(expected);
    }

    /** Two digits of the error decide where the value ends. */
    @ParameterizedTest
    @CsvSource({
        "1.93217, 0.041, 1.932 ± 0.041",
        "1.93217, 0.4, 1.93 ± 0.40",
        "1.93217, 4, 1.9 ± 4.0",
        "1234.5, 12, 1234 ± 12",
        "1234567, 4321, 1234567 ± 4321",
        // 0.0996 has the two digits 0.10, not 0.100.
        "1.93217, 0.0996, 1.93 ± 0.10",
        "-0.0063412, 0.000026, -0.006341 ± 0.000026",
        // A strain of gravitational waves, a number of molecules: plain decimals could not be read.
        "1.0342e-21, 2.4e-23, 1.034e-21 ± 2.4e-23",
        "6.02214e23, 3.1e20, 6.0221e23 ± 3.1e20",
        "0, 1e-20, 0 ± 1.0e-20"
    })
    void aValueAndItsError(double value, double half, String expected) {
        assertThat(Words.interval(new Interval(value, value - half, value + half)))
                .isEqualTo(expected);
    }

    @Test
    void anIntervalThatIsNotKnown() {
        assertThat(Words.interval(Interval.UNKNOWN)).isEqualTo("–");
        assertThat(Words.interval(new Interval(2.5, Double.NaN, Double.NaN))).isEqualTo("2.5 (no interval)");
        assertThat(Words.interval(new Interval(2.5, 2.5, 2.5))).isEqualTo("2.5");
        // The wider half counts.
        assertThat(Words.interval(new Interval(2, 1.9, 2.3))).isEqualTo("2.00 ± 0.30");
        // 4.4 ± 5.2 would say that a time may be negative.
        assertThat(Words.interval(new Interval(4.43, 2.03, 9.64))).isEqualTo("4.4 (2.0 … 9.6)");
    }

    @Test
    void sharesInPercent() {
        assertThat(Words.percentInterval(new Interval(0.9614, 0.953, 0.9698))).isEqualTo("96.14 ± 0.84 %");
        assertThat(Words.percentInterval(new Interval(0.875, Double.NaN, Double.NaN)))
                .isEqualTo("87.5 % (no interval)");
        assertThat(Words.percentInterval(new Interval(1, 1, 1))).isEqualTo("100 %");
        assertThat(Words.percentInterval(Interval.UNKNOWN)).isEqualTo("–");
        assertThat(Words.percentRange(new Interval(0.007, 0.004, 0.011))).isEqualTo("0.40 … 1.10 %");
        assertThat(Words.percentRange(new Interval(1, -0.62, 6.79))).isEqualTo("-62 … 679 %");
        assertThat(Words.percentRange(Interval.UNKNOWN)).isEqualTo("–");
    }

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

        assertThat(Words.cells(single))
                .containsExactly("mean-loss", "0.0662183", "not known", "not known: too few trials", "", "");
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
        // A word that is too long for any line stands alone on one.
        assertThat(Words.wrap("a datasets/markets b", 5)).containsExactly("a", "datasets/markets", "b");
        assertThat(Words.wrap("", 5)).containsExactly("");
    }
}
