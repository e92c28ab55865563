package org.sparkberry.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkberry.record.BadInput;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
final class QuantityTest {
    /** Expected by hand: k is 10³, M 10⁶, G 10⁹, T 10¹². */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "+5, 5",
        "-7, -7",
        "1000, 1000",
        "007, 7",
        "1e9, 1000000000",
        "1E9, 1000000000",
        "1e+3, 1000",
        "2.5e3, 2500",
        "1500e-2, 15",
        "5., 5",
        ".5k, 500",
        "250k, 250000",
        "10M, 10000000",
        "0.5M, 500000",
        "1.25G, 1250000000",
        "3T, 3000000000000",
        "1e3k, 1000000",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        // Zero however it is scaled; the digits of 10^999999999 would take a gigabyte.
        "0e999999999, 0",
        "0.0e-999999999, 0"
    })
    void aWholeNumber(String text, long expected) {
        assertThat(Quantity.whole("n", text, Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "abc",
                "NaN",
                "Infinity",
                "1.5",
                "1e-9",
                "0.0005k",
                "1e-999999999",
                "1e9999999999",
                "1,000",
                "1_000",
                "1 000",
                " 5",
                "5 ",
                "10m",
                "10K",
                "1kk",
                "k",
                ".",
                "e3",
                "1e",
                "0x10",
                "1f",
                "1d",
                "٣",
                "--5",
                "+-5",
                "1e1.5"
            })
    void notAWholeNumber(String text) {
        assertThatThrownBy(() -> Quantity.whole("trials", text, 1, 1_000_000))
                .isInstanceOf(BadInput.class)
                .hasMessage("--trials: must be a whole number (such as 250000, 250k, 10M or 1e9), not '" + text + "'");
    }

    @Test
    void examplesOfLargeNumbersAreForOptionsThatTakeThem() {
        assertThatThrownBy(() -> Quantity.whole("iterations", "x", 1, 999_999))
                .hasMessage("--iterations: must be a whole number, not 'x'");
    }

    @ParameterizedTest
    @CsvSource({
        "0, must be at least 1",
        "-1, must be at least 1",
        "-1e999999999, must be at least 1",
        "1000001, must be at most 1000000",
        "1e30, must be at most 1000000",
        "1e999999999T, must be at most 1000000"
    })
    void aWholeNumberOutOfRange(String text, String what) {
        assertThatThrownBy(() -> Quantity.whole("trials", text, 1, 1_000_000))
                .isInstanceOf(BadInput.class)
                .hasMessage("--trials: " + what + ", not " + text);
    }

    @Test
    void roundLimitsAreWrittenAsPeopleTypeThem() {
        assertThatThrownBy(() -> Quantity.whole("n", "2e18", 1, 1_000_000_000_000_000_000L))
                .hasMessage("--n: must be at most 1e18, not 2e18");
        assertThatThrownBy(() -> Quantity.whole("n", "1e13", 1, 2_500_000_000_000L))
                .hasMessage("--n: must be at most 2500000000000, not 1e13");
    }

    /** Expected: the doubles nearest to the decimal numbers, which Java's own literals are. */
    @Test
    void aDecimalNumber() {
        assertThat(Quantity.real("x", "0.25", -1, 1)).isEqualTo(0.25);
        assertThat(Quantity.real("x", "1e-3", -1, 1)).isEqualTo(0.001);
        assertThat(Quantity.real("x", "-.5", -1, 1)).isEqualTo(-0.5);
        assertThat(Quantity.real("x", "0.1", -1, 1)).isEqualTo(0.1);
        assertThat(Quantity.real("x", "1", -1, 1)).isEqualTo(1);
        assertThat(Quantity.real("x", "-1", -1, 1)).isEqualTo(-1);
        assertThat(Quantity.real("x", "2.5k", 0, 1e6)).isEqualTo(2500);
        // Too small for a double: zero, without 10⁹ digits on the way.
        assertThat(Quantity.real("x", "1e-999999999", -1, 1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "half", "NaN", "Infinity", "-Infinity", "0,5", "1/2", "50%"})
    void notADecimalNumber(String text) {
        assertThatThrownBy(() -> Quantity.real("weights", text, -1, 1))
                .isInstanceOf(BadInput.class)
                .hasMessage("--weights: must be a number (such as 0.25 or 1e-3), not '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0000001", "-2", "1e400", "-1e999999999"})
    void aDecimalNumberOutOfRange(String text) {
        assertThatThrownBy(() -> Quantity.real("weights", text, -0.5, 1))
                .isInstanceOf(BadInput.class)
                .hasMessage("--weights: must be from -0.5 to 1, not " + text);
    }

    /** Expected by hand: g is 1024 m. */
    @ParameterizedTest
    @CsvSource({"470m, 470", "470M, 470", "1g, 1024", "2G, 2048", "0001g, 1024", "2000000g, 2048000000"})
    void memory(String text, int expected) {
        assertThat(Quantity.mebibytes("m", text, 470)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "lots", "1.5g", "512", "512mb", "512k", "-1g", "+1g", "1e3m", "9999999999g", "m"})
    void notMemory(String text) {
        assertThatThrownBy(() -> Quantity.mebibytes("executor-memory", text, 470))
                .isInstanceOf(BadInput.class)
                .hasMessage("--executor-memory: must be an amount of memory (such as 512m or 2g), not '" + text + "'");
    }

    @Test
    void memoryOutOfRange() {
        assertThatThrownBy(() -> Quantity.mebibytes("m", "469m", 470))
                .hasMessage("--m: must be at least 470m (Spark's minimum), not 469m");
        // 2³¹ MiB is one more than an int holds.
        assertThatThrownBy(() -> Quantity.mebibytes("m", "2097152g", 470))
                .hasMessage("--m: must be at most 2000000g, not 2097152g");
    }

    /** Expected by hand: m is a minute, h 60 of them, d 24 h. */
    @ParameterizedTest
    @CsvSource({"90s, 90", "10m, 600", "2h, 7200", "1d, 86400", "1.5h, 5400", "0.25s, 0.25", "007s, 7"})
    void durations(String text, double seconds) {
        assertThat(Quantity.seconds("deadline", text)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90", "s", "-5s", "+5s", "0s", "0.0h", "1e3s", "5 m", "5min", "1h30m", "5M", "NaNs"})
    void notADuration(String text) {
        assertThatThrownBy(() -> Quantity.seconds("deadline", text))
                .isInstanceOf(BadInput.class)
                .hasMessage("--deadline: must be a duration above 0 (such as 90s, 10m or 2h), not '" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({"0.30/kWh, 0.3", "0.30, 0.3", "0/kWh, 0", "1e-3/kWh, 0.001"})
    void amountsPerUnit(String text, double amount) {
        assertThat(Quantity.rate("electricity", text, "kWh", 1000)).isEqualTo(amount);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/kWh", "cheap", "0.30/h", "0.30/kwh", "0.30 /kWh", "0.30/kWh/kWh", "0.30xkWh", "$0.30/kWh"})
    void notAnAmountPerUnit(String text) {
        assertThatThrownBy(() -> Quantity.rate("electricity", text, "kWh", 1000))
                .isInstanceOf(BadInput.class)
                .hasMessage("--electricity: must be an amount per kWh (such as 0.30/kWh), not '" + text + "'");
    }

    @Test
    void anAmountPerUnitOutOfRange() {
        assertThatThrownBy(() -> Quantity.rate("electricity", "-1/kWh", "kWh", 1000))
                .hasMessage("--electricity: must be from 0 to 1000, not -1");
    }

    @Test
    void aNumberForAMessageHasNoNeedlessDecimal() {
        assertThat(Quantity.plain(3)).isEqualTo("3");
        assertThat(Quantity.plain(-0.5)).isEqualTo("-0.5");
        assertThat(Quantity.plain(Double.NaN)).isEqualTo("NaN");
        assertThat(Quantity.plain(Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
    }
}
