package org.sparkberry.report;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sparkberry.scaling.InWords;
import org.sparkberry.scaling.Interval;

/** Numbers in sentences and tables. */
final class Prose {
    static final String UNKNOWN = "not known";

    private static final List<String> SMALL = List.of(
            "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");

    private Prose() {}

    /** {@code two executors}, {@code 16 executors}. */
    static String count(long count, String thing) {
        String number = count < SMALL.size() ? SMALL.get((int) count) : String.format(Locale.ROOT, "%,d", count);
        return number + " " + thing + (count == 1 ? "" : "s");
    }

    /** With the digits that its interval supports: two significant ones of half its width; else three. */
    static String value(Interval interval) {
        return isPoint(interval) ? number(interval.value()) : InWords.fixed(interval.value(), decimals(interval));
    }

    /** {@code 1.77 (1.74 to 1.79)}. */
    static String range(Interval interval, String unit) {
        if (Double.isNaN(interval.value())) {
            return UNKNOWN;
        }
        String value = value(interval) + unit;
        return isPoint(interval) ? value : value + " (" + bounds(interval) + unit + ")";
    }

    /** {@code 1.74 to 1.79}. */
    static String bounds(Interval interval) {
        int decimals = decimals(interval);
        return InWords.fixed(interval.low(), decimals) + " to " + InWords.fixed(interval.high(), decimals);
    }

    /** A share: {@code 88 % (87 to 90 %)}. */
    static String percentRange(Interval share) {
        return range(percent(share), " %");
    }

    static Interval percent(Interval share) {
        return new Interval(100 * share.value(), 100 * share.low(), 100 * share.high());
    }

    /** The words for each. */
    static <T> List<String> each(List<T> things, Function<T, String> words) {
        return things.stream().map(words).toList();
    }

    /** {@code a, b, c}. */
    static <T> String list(List<T> things, Function<T, String> words) {
        return things.stream().map(words).collect(Collectors.joining(", "));
    }

    /** Three significant digits. */
    static String number(double value) {
        return Double.isNaN(value) ? UNKNOWN : InWords.short3(value);
    }

    private static boolean isPoint(Interval interval) {
        return !interval.isKnown() || interval.low() == interval.high();
    }

    private static int decimals(Interval interval) {
        return InWords.decimals((interval.high() - interval.low()) / 2);
    }
}
