package org.sparkberry.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.scaling.Interval;

/** Numbers and tables as people read them. */
final class Words {
    private static final String UNKNOWN = "–";
    /** Beyond so many decimals, and from so many digits before the point, numbers are written 1.23e-21. */
    private static final int MOST_DECIMALS = 12;

    private static final int MOST_DIGITS = 15;
    /** An interval with a half wider than this share of the value is far from even: ± would mislead. */
    private static final double WIDE = 0.3;

    private Words() {}

    /** 1,000,000. */
    static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** 1 core, 2 cores, 1,000 trials. */
    static String count(long number, String noun) {
        return whole(number) + " " + noun + (number == 1 ? "" : "s");
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** 45 s, 3 min 20 s, 2 h 5 min. */
    static String duration(double seconds) {
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
        return whole / 3600 + " h" + (whole % 3600 < 60 ? "" : " " + whole % 3600 / 60 + " min");
    }

    /** A number to three significant digits: 0.0123, 4.56, 789, 1.2e9. */
    static String short3(double value) {
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

    /** A number and half the width of its interval, rounded to two digits of the latter: {@code 1.932 ± 0.041}. */
    static String interval(Interval interval) {
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
        if (interval.low() > 0 && half > WIDE * interval.value()) {
            return fixed(interval.value(), decimals) + unit + " (" + fixed(interval.low(), decimals) + " … "
                    + fixed(interval.high(), decimals) + ")";
        }
        return fixed(interval.value(), decimals) + " ± " + fixed(half, decimals) + unit;
    }

    /** The interval of a share, in percent: {@code 0.4 … 1.1 %}. */
    static String percentRange(Interval interval) {
        if (!interval.isKnown()) {
            return UNKNOWN;
        }
        int decimals = Math.min(2, decimals(100 * (interval.high() - interval.low()) / 2));
        return fixed(100 * interval.low(), decimals) + " … " + fixed(100 * interval.high(), decimals) + " %";
    }

    /** A share with its interval in percent: {@code 96.1 ± 0.8 %}. */
    static String percentInterval(Interval interval) {
        return interval(new Interval(100 * interval.value(), 100 * interval.low(), 100 * interval.high()), " %");
    }

    /** The cells of an estimate: name, value, standard error, interval, known answer, z. */
    static List<String> cells(Estimate estimate) {
        boolean known = estimate.standardError() > 0;
        int decimals = decimals(known ? estimate.standardError() : 1e-4 * Math.abs(estimate.value()));
        Double reference = estimate.reference();
        return List.of(
                estimate.name(),
                fixed(estimate.value(), decimals),
                known ? fixed(estimate.standardError(), decimals) : "not known",
                Double.isNaN(estimate.low())
                        ? "not known: too few trials"
                        : fixed(estimate.low(), decimals) + " … " + fixed(estimate.high(), decimals),
                reference == null ? "" : fixed(reference, decimals + 1),
                estimate.z().isPresent()
                        ? String.format(Locale.ROOT, "%.2f", estimate.z().getAsDouble())
                        : "");
    }

    /** Rows of figures: columns two spaces apart, the first to the left, the others to the right. */
    static List<String> table(List<List<String>> rows) {
        return lay(rows, false);
    }

    /** Rows of words: columns two spaces apart, all to the left. */
    static List<String> columns(List<List<String>> rows) {
        return lay(rows, true);
    }

    /** The same no wider than this, if the words allow: the last column goes on below itself. */
    static List<String> columns(List<List<String>> rows, int width) {
        int last = rows.get(0).size() - 1;
        int left = rows.stream()
                .mapToInt(row -> row.subList(0, last).stream()
                        .mapToInt(cell -> 2 + width(cell))
                        .sum())
                .max()
                .orElse(0);
        List<List<String>> wrapped = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>(row.subList(0, last));
            for (String line : wrap(row.get(last), width - left - 2)) {
                cells.add(line);
                wrapped.add(List.copyOf(cells));
                cells = new ArrayList<>(Collections.nCopies(last, ""));
            }
        }
        return columns(wrapped);
    }

    /** The lines of a text, none wider than this if its words allow. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && width(line) + 1 + width(word) > width) {
                lines.add(line);
                line = word;
            } else {
                line = line.isEmpty() ? word : line + " " + word;
            }
        }
        lines.add(line);
        return lines;
    }

    private static List<String> lay(List<List<String>> rows, boolean allLeft) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String pad = " ".repeat(widths[i] - width(row.get(i)));
                line.append("  ").append(allLeft || i == 0 ? row.get(i) + pad : pad + row.get(i));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** How many columns of a terminal a text takes. */
    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    /** How many decimals show two significant digits of an error; negative for hundreds and more. */
    private static int decimals(double error) {
        if (!(error > 0 && error <= Double.MAX_VALUE)) {
            return 3;
        }
        BigDecimal rounded = new BigDecimal(error).round(new MathContext(2, RoundingMode.HALF_EVEN));
        return 2 - (rounded.precision() - rounded.scale());
    }

    /** A number with so many decimals, all its digits before the point, and no exponent where that is readable. */
    private static String fixed(double value, int decimals) {
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
