package org.sparkberry.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The word that was probably meant. */
final class Suggestion {
    private Suggestion() {}

    /** The end of a message about an unknown word: {@code ": did you mean 'x'?"}, or the advice if nothing is near. */
    static String among(String word, List<String> candidates, String advice) {
        return candidates.stream()
                .filter(candidate -> distance(word, candidate) <= Math.max(1, candidate.length() / 3))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .map(candidate -> ": did you mean '" + candidate + "'?")
                .orElse("; " + advice);
    }

    /**
     * How many characters must be added, taken away, changed or swapped with their neighbour, capitals or not: the
     * distance of optimal string alignment.
     */
    static int distance(String word, String candidate) {
        String a = word.toLowerCase(Locale.ROOT);
        String b = candidate.toLowerCase(Locale.ROOT);
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
