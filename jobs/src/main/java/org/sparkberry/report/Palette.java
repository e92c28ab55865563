package org.sparkberry.report;

import java.util.List;
import java.util.Map;

/**
 * The colours of the figures. Marks have those of Okabe and Ito (2008, jfly.uni-koeln.de/color), which people with any
 * of the usual colour vision deficiencies can tell apart. In the page every colour is a class, so that the style sheet
 * can give it another shade on a dark ground.
 */
final class Palette {
    static final String INK = "#1b1f24";
    static final String MUTED = "#59636e";
    static final String GRID = "#d8dee4";
    static final String PAPER = "#ffffff";
    static final String BLUE = "#0072b2";
    static final String ORANGE = "#e69f00";
    static final String GREEN = "#009e73";
    static final String VERMILLION = "#d55e00";
    static final String PURPLE = "#cc79a7";
    static final String SKY = "#56b4e9";
    static final String YELLOW = "#f0e442";

    /** For series, in the order in which they are given out. */
    static final List<String> SERIES = List.of(BLUE, ORANGE, GREEN, VERMILLION, PURPLE, SKY, YELLOW, MUTED);

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry(INK, "ink"),
            Map.entry(MUTED, "muted"),
            Map.entry(GRID, "grid"),
            Map.entry(PAPER, "paper"),
            Map.entry(BLUE, "blue"),
            Map.entry(ORANGE, "orange"),
            Map.entry(GREEN, "green"),
            Map.entry(VERMILLION, "vermillion"),
            Map.entry(PURPLE, "purple"),
            Map.entry(SKY, "sky"),
            Map.entry(YELLOW, "yellow"));

    private Palette() {}

    /** The i-th series' colour; they come round again. */
    static String series(int i) {
        return SERIES.get(i % SERIES.size());
    }

    /** The name by which the style sheet knows a colour; empty for none of these. */
    static String name(String colour) {
        return NAMES.getOrDefault(colour, "");
    }
}
