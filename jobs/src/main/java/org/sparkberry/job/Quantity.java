package org.sparkberry.job;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkberry.record.BadInput;

/** Numbers as people type them: 1e9, 10M, 250k; 512m, 2g. Names in messages are options' names without hyphens. */
public final class Quantity {
    /** No part of it ever gives back what it took: a long text takes a short time. */
    private static final Pattern NUMBER =
            Pattern.compile("([+-]?+(?:\\d++(?:\\.\\d*+)?+|\\.\\d++)(?:[eE][+-]?+\\d{1,9}+)?+)([kMGT]?+)");
    /** Options whose values are smaller are no place for 250k. */
    private static final long LARGE = 1_000_000;

    private static final Map<String, BigDecimal> FACTORS = Map.of(
            "", BigDecimal.ONE,
            "k", BigDecimal.valueOf(1_000),
            "M", BigDecimal.valueOf(1_000_000),
            "G", BigDecimal.valueOf(1_000_000_000),
            "T", BigDecimal.valueOf(1_000_000_000_000L));
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)([smhd])");
    private static final Map<String, BigDecimal> UNIT_SECONDS = Map.of(
            "s", BigDecimal.ONE,
            "m", BigDecimal.valueOf(60),
            "h", BigDecimal.valueOf(3600),
            "d", BigDecimal.valueOf(86_400));
    private static final Pattern MEMORY = Pattern.compile("(\\d{1,9})([mMgG])");

    private Quantity() {}

    /**
     * A whole number in a range.
     *
     * @throws BadInput if the text is not one
     */
    public static long whole(String name, String text, long least, long most) {
        BigDecimal number = decimal(text);
        if (number == null || !isWhole(number)) {
            throw new BadInput("--" + name + ": must be a whole number"
                    + (most >= LARGE ? " (such as 250000, 250k, 10M or 1e9)" : "") + ", not '" + text + "'");
        }
        if (number.compareTo(BigDecimal.valueOf(least)) < 0) {
            throw new BadInput("--" + name + ": must be at least " + least + ", not " + text);
        }
        if (number.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new BadInput("--" + name + ": must be at most " + plain(most) + ", not " + text);
        }
        return number.longValueExact();
    }

    /**
     * A finite decimal number in a range, both ends in it.
     *
     * @throws BadInput if the text is not one
     */
    public static double real(String name, String text, double least, double most) {
        BigDecimal number = decimal(text);
        if (number == null) {
            throw new BadInput("--" + name + ": must be a number (such as 0.25 or 1e-3), not '" + text + "'");
        }
        double value = number.doubleValue();
        if (!(value >= least && value <= most)) {
            throw new BadInput("--" + name + ": must be from " + plain(least) + " to " + plain(most) + ", not " + text);
        }
        return value;
    }

    /**
     * An amount of memory in MiB, written 512m or 2g.
     *
     * @throws BadInput if the text is not one or is below the least
     */
    public static int mebibytes(String name, String text, int least) {
        Matcher matcher = MEMORY.matcher(text);
        if (!matcher.matches()) {
            throw new BadInput("--" + name + ": must be an amount of memory (such as 512m or 2g), not '" + text + "'");
        }
        long mebibytes = Long.parseLong(matcher.group(1)) * (matcher.group(2).equalsIgnoreCase("g") ? 1024 : 1);
        if (mebibytes < least) {
            throw new BadInput("--" + name + ": must be at least " + least + "m (Spark's minimum), not " + text);
        }
        if (mebibytes > Integer.MAX_VALUE) {
            throw new BadInput("--" + name + ": must be at most 2000000g, not " + text);
        }
        return (int) mebibytes;
    }

    /**
     * A duration above 0 in seconds, written 90s, 10m, 2h or 1d.
     *
     * @throws BadInput if the text is not one
     */
    static double seconds(String name, String text) {
        Matcher matcher = DURATION.matcher(text);
        double seconds = matcher.matches()
                ? new BigDecimal(matcher.group(1))
                        .multiply(UNIT_SECONDS.get(matcher.group(2)))
                        .doubleValue()
                : 0;
        if (!(seconds > 0)) {
            throw new BadInput(
                    "--" + name + ": must be a duration above 0 (such as 90s, 10m or 2h), not '" + text + "'");
        }
        return seconds;
    }

    /**
     * An amount for each unit, such as 0.30/kWh; the unit may be left out.
     *
     * @throws BadInput if the text is not one
     */
    static double rate(String name, String text, String unit, double most) {
        String amount = text.endsWith("/" + unit) ? text.substring(0, text.length() - unit.length() - 1) : text;
        if (decimal(amount) == null) {
            throw new BadInput("--" + name + ": must be an amount per " + unit + " (such as 0.30/" + unit + "), not '"
                    + text + "'");
        }
        return real(name, amount, 0, most);
    }

    private static @org.jspecify.annotations.Nullable BigDecimal decimal(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        return new BigDecimal(matcher.group(1)).multiply(FACTORS.get(matcher.group(2)));
    }

    private static boolean isWhole(BigDecimal number) {
        // Beyond 10^19 every caller's range ends; the check itself must not build a number of a billion digits.
        return number.signum() == 0
                || number.precision() - number.scale() > 19
                || (number.precision() - number.scale() > 0
                        && number.remainder(BigDecimal.ONE).signum() == 0);
    }

    /** As people write it: 3, not 3.0. */
    static String plain(double number) {
        return Double.toString(number).replaceFirst("\\.0$", "");
    }

    private static String plain(long number) {
        return number % 1_000_000_000_000L == 0
                ? new BigDecimal(number).stripTrailingZeros().toString().replace("E+", "e")
                : Long.toString(number);
    }
}
