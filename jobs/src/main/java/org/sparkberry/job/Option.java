package org.sparkberry.job;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sparkberry.record.BadInput;

/**
 * An option of the command line, declared once: name, what its value is, default, why. Every value is read and checked
 * here.
 *
 * @param <T> the type of its value
 * @param name without the two hyphens
 * @param value what stands for the value in the help, with its unit; empty for a switch
 * @param defaultText the value it has when it is not given, as one would type it; null if it then has none
 * @param description what it does, one line
 * @param read text to value; throws {@link BadInput}
 */
public record Option<T>(
        String name, String value, @Nullable String defaultText, String description, Function<String, T> read) {

    /** How what stands for the value of a list ends. */
    private static final String LIST = ",…";

    /** As it is typed. */
    public String flag() {
        return "--" + name;
    }

    /** Whether it stands alone, without a value. */
    public boolean isSwitch() {
        return value.isEmpty();
    }

    /** Whether it takes a list, which may also be given one by one: {@code --strain A --strain B}. */
    public boolean isList() {
        return value.endsWith(LIST);
    }

    /** The same option with another default. */
    public Option<T> withDefault(String text) {
        return new Option<>(name, value, text, description, read);
    }

    /** The number of trials of a Monte Carlo job. */
    public static Option<Long> trials(String defaultText) {
        return whole("trials", "N", 1, 1_000_000_000_000_000_000L, defaultText, "how many trials");
    }

    /** A whole number, which may be written 1000, 1e3, 1k, 1M. */
    public static Option<Long> whole(
            String name, String value, long least, long most, @Nullable String defaultText, String description) {
        return new Option<>(name, value, defaultText, description, text -> Quantity.whole(name, text, least, most));
    }

    /** A decimal number in a range, both ends in it. */
    public static Option<Double> real(
            String name, String value, double least, double most, @Nullable String defaultText, String description) {
        return new Option<>(name, value, defaultText, description, text -> Quantity.real(name, text, least, most));
    }

    /** A duration in seconds, written 90s, 10m, 2h or 1d. */
    public static Option<Double> duration(String name, @Nullable String defaultText, String description) {
        return new Option<>(name, "DURATION", defaultText, description, text -> Quantity.seconds(name, text));
    }

    /** An amount of money for each unit, written 0.30/UNIT. */
    public static Option<Double> rate(
            String name, String unit, double most, @Nullable String defaultText, String description) {
        return new Option<>(
                name, "AMOUNT/" + unit, defaultText, description, text -> Quantity.rate(name, text, unit, most));
    }

    /** Whole numbers from 1, ascending, each once: written 1..64 or 1,2,4,8 or both. */
    public static Option<List<Integer>> counts(
            String name, int most, @Nullable String defaultText, String description) {
        String value = "N..M|N,…";
        return new Option<>(
                name,
                value,
                defaultText,
                description,
                list(name, value, null, description, part -> Counts.range(name, part, most))
                        .read()
                        .andThen(ranges -> Counts.union(name, ranges)));
    }

    /** A switch: given or not. */
    public static Option<Boolean> toggle(String name, String description) {
        return new Option<>(name, "", "false", description, text -> {
            if (text.equals("true") || text.equals("false")) {
                return Boolean.valueOf(text);
            }
            throw new BadInput("--" + name + ": takes no value, but got '" + text + "'");
        });
    }

    /** Any text but the empty one. */
    public static Option<String> text(String name, String value, @Nullable String defaultText, String description) {
        return new Option<>(name, value, defaultText, description, text -> {
            if (text.isBlank()) {
                throw empty(name, value);
            }
            return text;
        });
    }

    private static BadInput empty(String name, String value) {
        return new BadInput("--" + name + ": is empty; give " + value);
    }

    /** One of some words. */
    public static Option<String> choice(
            String name, List<String> words, @Nullable String defaultText, String description) {
        return new Option<>(name, String.join("|", words), defaultText, description, text -> {
            Optional<String> chosen =
                    words.stream().filter(text.toLowerCase(Locale.ROOT)::equals).findFirst();
            return chosen.orElseThrow(() ->
                    new BadInput("--" + name + ": must be " + String.join(" or ", words) + ", not '" + text + "'"));
        });
    }

    /** A list of values with commas between them, each read by the element's reader. */
    public static <E> Option<List<E>> list(
            String name, String value, @Nullable String defaultText, String description, Function<String, E> element) {
        return new Option<>(name, value, defaultText, description, text -> {
            if (text.isBlank()) {
                throw empty(name, value);
            }
            List<String> elements =
                    Arrays.stream(text.split(",", -1)).map(String::strip).toList();
            if (elements.contains("")) {
                throw new BadInput("--" + name + ": a value is missing beside a comma: '" + text + "'");
            }
            return elements.stream().map(element).toList();
        });
    }
}
