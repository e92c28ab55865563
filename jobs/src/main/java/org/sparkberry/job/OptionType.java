package org.sparkberry.job;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of options that {@link OptionPricing} prices. */
enum OptionType {
    EUROPEAN,
    ASIAN,
    BARRIER,
    LOOKBACK,
    AMERICAN,
    HESTON;

    /** As it is typed. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(OptionType::word).toList();
    }

    static OptionType of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
