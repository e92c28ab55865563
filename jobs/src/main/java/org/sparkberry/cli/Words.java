package org.sparkberry.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.scaling.Interval;

/** Numbers and tables as people read them. */
final class Words {
    private static final String UNKNOWN = "–";

    private Words() {}

    /** 1,000,000. */
    static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** 45 s, 3 min 20 s, 2 h 5 min. */
    static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return whole / 60 + " min" + (whole % 60 == 0 ? "" : " " + whole % 60 + " s");
        }
        return whole / 3600 + " h " + whole % 3600 / 60 + " min";
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

    /** A number and half the width of its interval, rounded to two digits of the latter: {@code 1.93 ± 0.04}. */
    static String interval(Interval interval) {
        if (!interval.isKnown()) {
            return Double.isNaN(interval.value()) ? UNKNOWN : short3(interval.value()) + " (no interval)";
        }
        if (interval.low() == interval.high()) {
            return short3(interval.value());
        }
        double half = Math.max(interval.high() - interval.value(), interval.value() - interval.low());
        int decimals = decimals(half);
        return fixed(interval.value(), decimals) + " ± " + fixed(half, decimals);
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
        return interval(new Interval(100 * interval.value(), 100 * interval.low(), 100 * interval.high())) + " %";
    }

    /** The cells of an estimate: name, value, standard error, interval, known answer, z. */
    static List<String> cells(Estimate estimate) {
        boolean known = estimate.standardError() > 0;
        int decimals = known ? decimals(estimate.standardError()) : 6;
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

    private static List<String> lay(List<List<String>> rows, boolean allLeft) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String pad = " ".repeat(widths[i] - row.get(i).length());
                line.append("  ").append(allLeft || i == 0 ? row.get(i) + pad : pad + row.get(i));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /** How many decimals show two significant digits of an error. */
    private static int decimals(double error) {
        if (!(error > 0 && error <= Double.MAX_VALUE)) {
            return 3;
        }
        int magnitude = (int) Math.floor(Math.log10(error));
        return Math.max(0, Math.min(15, 1 - magnitude));
    }

    private static String fixed(double value, int decimals) {
        return Math.abs(value) <= Double.MAX_VALUE
                ? new BigDecimal(value)
                        .setScale(decimals, RoundingMode.HALF_EVEN)
                        .toPlainString()
                : UNKNOWN;
    }
}
