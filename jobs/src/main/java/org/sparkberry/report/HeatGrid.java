package org.sparkberry.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * The regular grid on which the cells of a heat map stand.
 *
 * @param x the lines of cells from left to right
 * @param y those from bottom to top
 */
record HeatGrid(Lines x, Lines y) {
    /** Centres of cells are given in rounded numbers: two that are nearer than this share of their range are one. */
    private static final double ROUNDING = 1e-6;

    private static final int MOST_LINES = 8192;

    /**
     * Centres at first, first + step, …
     *
     * @param step of a lone line that of the other axis, which may be lone too: then 1
     */
    record Lines(double first, double step, int count) {
        double low() {
            return first - step / 2;
        }

        double high() {
            return first + (count - 0.5) * step;
        }

        int index(double centre) {
            return (int) Math.round((centre - first) / step);
        }
    }

    /** The grid of all the cells of one layer. */
    static HeatGrid of(List<Series> cells) {
        Lines x = lines(cells, 0);
        Lines y = lines(cells, 1);
        return new HeatGrid(
                x.count > 1 ? x : new Lines(x.first, y.step, 1), y.count > 1 ? y : new Lines(y.first, x.step, 1));
    }

    private static Lines lines(List<Series> cells, int column) {
        double[] centres = cells.stream()
                .flatMapToDouble(one -> Arrays.stream(one.column(column)))
                .filter(centre -> !Double.isNaN(centre))
                .sorted()
                .toArray();
        double range = centres[centres.length - 1] - centres[0];
        if (range == 0) {
            return new Lines(centres[0], 1, 1);
        }
        double step = range;
        for (int i = 1; i < centres.length; i++) {
            if (centres[i] - centres[i - 1] > ROUNDING * range) {
                step = measure(step, centres[i] - centres[i - 1], ROUNDING * range);
            }
        }
        long steps = Math.round(range / step);
        if (steps >= MOST_LINES) {
            throw new IllegalArgumentException("the cells of the heat map are on no regular grid of up to " + MOST_LINES
                    + " lines: their centres come as near as " + step);
        }
        return new Lines(centres[0], range / steps, (int) steps + 1);
    }

    /** The longest length that goes into both a whole number of times, but for the rounding (Euclid's algorithm). */
    private static double measure(double one, double other, double rounding) {
        double larger = Math.max(one, other);
        double smaller = Math.min(one, other);
        while (smaller > rounding) {
            double rest = larger % smaller;
            larger = smaller;
            smaller = larger - rest < rounding ? 0 : rest;
        }
        return larger;
    }

    /** The cells as dots, one each, the topmost first; those without a row are transparent. */
    BufferedImage image(Series cells, AxisScale scale, ColourRamp ramp) {
        BufferedImage image = new BufferedImage(x.count, y.count, BufferedImage.TYPE_INT_ARGB);
        for (int row = 0; row < cells.rows(); row++) {
            if (cells.has(row)) {
                int colour = 0xff000000 | ramp.at(scale.share(cells.value(row)));
                image.setRGB(x.index(cells.column(0)[row]), y.count - 1 - y.index(cells.column(1)[row]), colour);
            }
        }
        return image;
    }

    /** An image as an address that holds it. */
    static String dataUri(BufferedImage image) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }
}
