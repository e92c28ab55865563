package org.sparkberry.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InWordsTest {
    @Test
    void counts() {
        assertThat(InWords.whole(1_000_000)).isEqualTo("1,000,000");
        assertThat(InWords.whole(-1234)).isEqualTo("-1,234");
        assertThat(InWords.count(1, "core")).isEqualTo("1 core");
        assertThat(InWords.count(0, "core")).isEqualTo("0 cores");
        assertThat(InWords.count(2500, "trial")).isEqualTo("2,500 trials");
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
        "172799, 47 h 59 min",
        "172800, 2 d",
        "360000, 4 d 4 h",
        // 90 million seconds ÷ 31,557,600 s in a year of 365.25 days.
        "90000000, 2.85 years",
        "-3, 0 s",
        "NaN, –",
        "Infinity, –"
    })
    void durations(double seconds, String expected) {
        assertThat(InWords.duration(seconds)).isEqualTo(expected);
    }

    @Test
    void percent() {
        assertThat(InWords.percent(0)).isEqualTo("0 %");
        assertThat(InWords.percent(0.126)).isEqualTo("13 %");
        assertThat(InWords.percent(1)).isEqualTo("100 %");
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
        assertThat(InWords.short3(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"80, 80", "0.30, 0.3", "69.99, 69.99", "1e6, 1000000", "0.001, 0.001", "0, 0"})
    void asGiven(double value, String expected) {
        assertThat(InWords.plain(value)).isEqualTo(expected);
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
        assertThat(InWords.interval(new Interval(value, value - half, value + half)))
                .isEqualTo(expected);
    }

    @Test
    void anIntervalThatIsNotKnown() {
        assertThat(InWords.interval(Interval.UNKNOWN)).isEqualTo("–");
        assertThat(InWords.interval(new Interval(2.5, Double.NaN, Double.NaN))).isEqualTo("2.5 (no interval)");
        assertThat(InWords.interval(new Interval(2.5, 2.5, 2.5))).isEqualTo("2.5");
        // The wider half counts.
        assertThat(InWords.interval(new Interval(2, 1.9, 2.3))).isEqualTo("2.00 ± 0.30");
        // 4.4 ± 5.2 would say that a time may be negative.
        assertThat(InWords.interval(new Interval(4.43, 2.03, 9.64))).isEqualTo("4.4 (2.0 … 9.6)");
    }

    @Test
    void sharesInPercent() {
        assertThat(InWords.percentInterval(new Interval(0.9614, 0.953, 0.9698))).isEqualTo("96.14 ± 0.84 %");
        assertThat(InWords.percentInterval(new Interval(0.875, Double.NaN, Double.NaN)))
                .isEqualTo("87.5 % (no interval)");
        assertThat(InWords.percentInterval(new Interval(1, 1, 1))).isEqualTo("100 %");
        assertThat(InWords.percentInterval(Interval.UNKNOWN)).isEqualTo("–");
        assertThat(InWords.percentRange(new Interval(0.007, 0.004, 0.011))).isEqualTo("0.40 … 1.10 %");
        assertThat(InWords.percentRange(new Interval(1, -0.62, 6.79))).isEqualTo("-62 … 679 %");
        assertThat(InWords.percentRange(Interval.UNKNOWN)).isEqualTo("–");
    }
}
