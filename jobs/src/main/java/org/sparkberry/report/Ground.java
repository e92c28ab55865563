package org.sparkberry.report;

import java.util.List;

/**
 * The colours of a chart but those of its data's numbers.
 *
 * @param paper under all
 * @param frame under the marks
 * @param ink of headings
 * @param muted of all other words
 * @param grid of the lines behind the marks
 * @param series of marks, in the order in which they are given out
 */
record Ground(String paper, String frame, String ink, String muted, String grid, List<String> series) {
    static final Ground LIGHT =
            new Ground(Palette.PAPER, Palette.PAPER, Palette.INK, Palette.MUTED, Palette.GRID, Palette.SERIES);

    /** The frame is as black as a heat map's cells without anything in them. */
    static final Ground DARK = new Ground(
            "#0b0d12",
            ColourRamp.INFERNO.hexAt(0),
            "#f0f3f6",
            "#a8b1bb",
            "#262c36",
            List.of(Palette.SKY, Palette.ORANGE, Palette.GREEN, Palette.YELLOW, Palette.PURPLE, Palette.VERMILLION));

    String series(int i) {
        return series.get(i % series.size());
    }
}
