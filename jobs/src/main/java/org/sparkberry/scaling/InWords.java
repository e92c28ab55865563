package org.sparkberry.scaling;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers and intervals as people read them, on the terminal and in reports. */
public final class InWords {
    private static final String UNKNOWN = "–";
    /** Beyond so many decimals, and from so many digits before the point, numbers are written 1.23e-21. */
    private static final int MOST_DECIMALS = 12;

    private static final int MOST_DIGITS = 15;
    /** An interval with a half wider than this share of the value is far from even: ± would mislead. */
    private static final double WIDE = 0.3;

    private static final long DAY = 86_400;
    private static final long YEAR = 31_557_600;

    private InWords() {}

    /** 1,000,000. */
    public static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** 1 core, 2 cores, 1,000 trials. */
    public static String count(long number, String noun) {
        return whole(number) + " " + noun + (number == 1 ? "" : "s");
    }

    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** 45 s, 3 min 20 s, 2 h 5 min, 3 d 4 h, 12 years. */
    public static String duration(double seconds) {
        if (!(Math.abs(seconds) <= Double.MAX_VALUE)) {
            return UNKNOWN;
        }
        long whole = Math.max(0, Math.round(seconds));
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return whole / 60 + " min" + (whole % 60 == 0 ? "" : " " + whole % 60 + " s");
        }
        if (whole >= 2 * YEAR) {
            return short3((double) whole / YEAR) + " years";
        }
        if (whole >= 2 * DAY) {
            return whole / DAY + " d" + (whole % DAY < 3600 ? "" : " " + whole % DAY / 3600 + " h");
        }
        return whole / 3600 + " h" + (whole % 3600 < 60 ? "" : " " + whole % 3600 / 60 + " min");
    }

    /** A number to three significant digits: 0.0123, 4.56, 789, 1.2e9. */
    public static String short3(double value) {
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            return UNKNOWN;
        }
        if (value != 0 && (Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3)) {
            return String.format(Locale.ROOT, "%.2e", value)
                    .replaceAll("e([+-])0?(\\d)", "e$1$2")
                    .replace("e+", "e");
        }
        return new BigDecimal(value)
                .round(new MathContext(3, RoundingMode.HALF_EVEN))
                .toPlainString();
    }

    /** A number with the digits that it was given with: 0.3, 80. */
    public static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** A number and half the width of its interval, rounded to two digits of the latter: {@code 1.932 ± 0.041}. */
    public static String interval(Interval interval) {
        return interval(interval, "");
    }

    private static String interval(Interval interval, String unit) {
        if (!interval.isKnown()) {
            return Double.isNaN(interval.value()) ? UNKNOWN : short3(interval.value()) + unit + " (no interval)";
        }
        if (interval.low() == interval.high()) {
            return short3(interval.value()) + unit;
        }
        double half = Math.max(interval.high() - interval.value(), interval.value() - interval.low());
        int decimals = decimals(half);
        if (interval.low() >= 0 && half > WIDE * interval.value()) {
            return fixed(interval.value(), decimals) + unit + " (" + fixed(interval.low(), decimals) + " … "
                    + fixed(interval.high(), decimals) + ")";
        }
        return fixed(interval.value(), decimals) + " ± " + fixed(half, decimals) + unit;
    }

    /** The interval of a share, in percent: {@code 0.4 … 1.1 %}. */
    public static String percentRange(Interval interval) {
        if (!interval.isKnown()) {
            return UNKNOWN;
        }
        int decimals = Math.min(2, decimals(100 * (interval.high() - interval.low()) / 2));
        return fixed(100 * interval.low(), decimals) + " … " + fixed(100 * interval.high(), decimals) + " %";
    }

    /** A share with its interval in percent: {@code 96.1 ± 0.8 %}. */
    public static String percentInterval(Interval interval) {
        return interval(new Interval(100 * interval.value(), 100 * interval.low(), 100 * interval.high()), " %");
    }

    /** How many decimals show two significant digits of an error; negative for hundreds and more. */
    public static int decimals(double error) {
        if (!(error > 0 && error <= Double.MAX_VALUE)) {
            return 3;
        }
        BigDecimal rounded = new BigDecimal(error).round(new MathContext(2, RoundingMode.HALF_EVEN));
        return 2 - (rounded.precision() - rounded.scale());
    }

    /** A number with so many decimals, all its digits before the point, and no exponent where that is readable. */
    public static String fixed(double value, int decimals) {
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            return UNKNOWN;
        }
        BigDecimal exact = new BigDecimal(value);
        if (decimals <= MOST_DECIMALS && exact.precision() - exact.scale() <= MOST_DIGITS) {
            return exact.setScale(Math.max(0, decimals), RoundingMode.HALF_EVEN).toPlainString();
        }
        BigDecimal rounded = exact.setScale(decimals, RoundingMode.HALF_EVEN);
        if (rounded.signum() == 0) {
            return "0";
        }
        int exponent = rounded.precision() - 1 - rounded.scale();
        return rounded.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
    }
}
