package org.sparkberry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.scaling.InWords;

/** Tables and paragraphs as people read them. */
final class Words {
    private Words() {}

    /** The cells of an estimate: name, value, standard error, interval, known answer, z. */
    static List<String> cells(Estimate estimate) {
        boolean known = estimate.standardError() > 0;
        boolean isExact = estimate.isExact();
        int decimals = InWords.decimals(known ? estimate.standardError() : 1e-4 * Math.abs(estimate.value()));
        Double reference = estimate.reference();
        return List.of(
                estimate.name(),
                InWords.fixed(estimate.value(), decimals),
                known ? InWords.fixed(estimate.standardError(), decimals) : isExact ? "exact" : "not known",
                isExact
                        ? ""
                        : Double.isNaN(estimate.low())
                                ? "not known"
                                : InWords.fixed(estimate.low(), decimals) + " … "
                                        + InWords.fixed(estimate.high(), decimals),
                reference == null ? "" : InWords.fixed(reference, decimals + 1),
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

    /**
     * Terms and what they mean, no wider than this if the words allow: a meaning goes on below itself, and begins below
     * its term where that takes more than two fifths of the width.
     *
     * @param rows of two cells each
     */
    static List<String> columns(List<List<String>> rows, int width) {
        int most = 2 * width / 5;
        int left = rows.stream()
                .mapToInt(row -> width(row.get(0)))
                .filter(term -> term <= most)
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            String term = row.get(0);
            if (width(term) > most) {
                lines.add("  " + term);
                term = "";
            }
            for (String line : wrap(row.get(1), width - left - 4)) {
                lines.add(("  " + term + " ".repeat(left - width(term)) + "  " + line).stripTrailing());
                term = "";
            }
        }
        return lines;
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
}
