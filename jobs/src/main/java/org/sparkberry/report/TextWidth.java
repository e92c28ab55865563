package org.sparkberry.report;

import java.util.ArrayList;
import java.util.List;

/**
 * About how wide words are. The reader's font decides, which nobody knows when the figure is drawn; these are a little
 * more than most fonts need.
 */
final class TextWidth {
    private static final double DIGIT_EM = 0.64;
    private static final double LETTER_EM = 0.58;

    private TextWidth() {}

    static double of(String words, double fontPixels) {
        return LETTER_EM * fontPixels * words.length();
    }

    /** Of the widest label of an axis. */
    static double widest(AxisScale scale) {
        return scale.ticks().stream()
                        .mapToInt(tick -> tick.label().length())
                        .max()
                        .orElse(0)
                * DIGIT_EM
                * PanelDrawing.TEXT_PIXELS;
    }

    /** Words in lines of at most this width. */
    static List<String> lines(String words, double fontPixels, double width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words.split(" ", -1)) {
            if (!line.isEmpty() && of(line + " " + word, fontPixels) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }
}
