package org.sparkberry.report;

import java.util.List;
import java.util.stream.IntStream;
import org.sparkberry.record.Layer;

/** What a layer draws in one colour, or coloured by numbers. A row with NaN is left out, and a line breaks there. */
final class Series {
    private final Layer layer;
    private final String key;
    private final List<double[]> columns;
    private final double[] values;

    /**
     * @param layer what it belongs to
     * @param key by which its colour and its entry in the legend are found
     * @param columns the numbers of the layer's columns, row by row
     * @param values the numbers that colour the rows; empty if none do
     */
    Series(Layer layer, String key, List<double[]> columns, double[] values) {
        this.layer = layer;
        this.key = key;
        this.columns = List.copyOf(columns);
        this.values = values.clone();
    }

    Layer layer() {
        return layer;
    }

    String key() {
        return key;
    }

    /** The numbers of one of the layer's columns; NaN for those that are missing. */
    double[] column(int i) {
        return columns.get(i);
    }

    boolean isColoured() {
        return layer.colours().isPresent();
    }

    double value(int row) {
        return values[row];
    }

    int rows() {
        return column(0).length;
    }

    /** Whether the row is drawn. */
    boolean has(int row) {
        return columns.stream().noneMatch(column -> Double.isNaN(column[row]))
                && !(values.length > 0 && Double.isNaN(values[row]));
    }

    /** The numbers of one of the layer's columns in the rows that are drawn. */
    double[] drawn(int column) {
        return drawn().mapToDouble(row -> column(column)[row]).toArray();
    }

    /** The rows that are drawn. */
    IntStream drawn() {
        return IntStream.range(0, rows()).filter(this::has);
    }
}
