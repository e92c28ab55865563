package org.sparkberry.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A range of numbers on paper, and its labelled ticks.
 *
 * @param isLogarithmic to base 10
 * @param low where it begins
 * @param high where it ends
 * @param ticks the labelled numbers
 * @param minor further lines between them
 * @param factor what the labels are to be taken times, {@code ×10⁻⁶}; empty for 1
 */
record AxisScale(boolean isLogarithmic, double low, double high, List<Tick> ticks, List<Double> minor, String factor) {

    record Tick(double value, String label) {}

    private static final int FEWEST_TICKS = 3;
    private static final int MOST_DECADES = 8;

    /** Of linear axes: from this power of ten on, and up to that one, labels are short without a factor. */
    private static final int LEAST_PLAIN_POWER = -3;

    private static final int MOST_PLAIN_POWER = 4;
    private static final double ROUNDING = 1e-9;

    /**
     * @param low the least number
     * @param high the greatest one, not below it; both above 0 if logarithmic
     * @param wanted about how many ticks
     */
    static AxisScale of(boolean isLogarithmic, double low, double high, int wanted) {
        return isLogarithmic ? logarithmic(low, high, wanted) : linear(low, high, wanted);
    }

    /** From 0 at the low end to 1 at the high one. */
    double share(double value) {
        return isLogarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }

    boolean holds(double value) {
        return value >= low && value <= high;
    }

    private static AxisScale linear(double low, double high, int wanted) {
        double step = niceStep((high - low) / wanted);
        int power = (int) Math.floor(Math.log10(Math.max(Math.abs(low), Math.abs(high))) + ROUNDING);
        int scaled = power < LEAST_PLAIN_POWER || power > MOST_PLAIN_POWER ? power : 0;
        int decimals = Math.max(0, scaled - (int) Math.floor(Math.log10(step) + ROUNDING));
        List<Tick> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - ROUNDING); i <= Math.floor(high / step + ROUNDING); i++) {
            String label = String.format(Locale.ROOT, "%." + decimals + "f", i * step / Math.pow(10, scaled));
            ticks.add(new Tick(i * step, withMinus(label.matches("-0(\\.0*)?") ? label.substring(1) : label)));
        }
        return new AxisScale(false, low, high, ticks, List.of(), scaled == 0 ? "" : "×10" + raised(scaled));
    }

    /** 1, 2 or 5 times a power of ten, about as large. */
    private static double niceStep(double about) {
        double power = Math.pow(10, Math.floor(Math.log10(about)));
        double digits = about / power;
        return power * (digits < Math.sqrt(2) ? 1 : digits < Math.sqrt(10) ? 2 : digits < Math.sqrt(50) ? 5 : 10);
    }

    private static AxisScale logarithmic(double low, double high, int wanted) {
        int first = (int) Math.ceil(Math.log10(low) - ROUNDING);
        int last = (int) Math.floor(Math.log10(high) + ROUNDING);
        List<Tick> ticks = new ArrayList<>();
        List<Double> minor = new ArrayList<>();
        if (last - first >= 2) {
            int stride = (last - first) / (wanted + 2) + 1;
            boolean isPlain = first >= LEAST_PLAIN_POWER && last <= MOST_PLAIN_POWER;
            for (int power = first; power <= last; power++) {
                if ((power - first) % stride == 0) {
                    ticks.add(new Tick(Math.pow(10, power), isPlain ? plain(1, power) : raised(1, power)));
                } else {
                    minor.add(Math.pow(10, power));
                }
            }
            for (int power = first - 1; power <= last && last - first <= MOST_DECADES; power++) {
                for (int digit = 2; digit <= 9; digit++) {
                    addBetween(low, high, digit * Math.pow(10, power), minor);
                }
            }
            return new AxisScale(true, low, high, ticks, minor, "");
        }
        boolean isPlain = first > LEAST_PLAIN_POWER && last <= MOST_PLAIN_POWER;
        for (int power = first - 1; power <= last; power++) {
            for (int digit : new int[] {1, 2, 5}) {
                double value = digit * Math.pow(10, power);
                if (value >= low * (1 - ROUNDING) && value <= high * (1 + ROUNDING)) {
                    ticks.add(new Tick(value, isPlain ? plain(digit, power) : raised(digit, power)));
                }
            }
        }
        if (ticks.size() >= FEWEST_TICKS) {
            return new AxisScale(true, low, high, ticks, minor, "");
        }
        AxisScale narrow = linear(low, high, wanted);
        return new AxisScale(true, low, high, narrow.ticks, minor, narrow.factor);
    }

    private static void addBetween(double low, double high, double value, List<Double> minor) {
        if (value >= low && value <= high) {
            minor.add(value);
        }
    }

    /** 0.02, 500. */
    private static String plain(int digit, int power) {
        return power >= 0
                ? Long.toString(digit * Math.round(Math.pow(10, power)))
                : String.format(Locale.ROOT, "%." + -power + "f", digit * Math.pow(10, power));
    }

    /** 10⁻²³, 2·10⁵. */
    private static String raised(int digit, int power) {
        return (digit == 1 ? "" : digit + "·") + "10" + raised(power);
    }

    private static String withMinus(String number) {
        return number.replace('-', '−');
    }

    private static String raised(int power) {
        StringBuilder small = new StringBuilder();
        for (char digit : Integer.toString(power).toCharArray()) {
            small.append(digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0'));
        }
        return small.toString();
    }
}
