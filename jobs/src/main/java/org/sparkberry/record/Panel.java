package org.sparkberry.record;

import java.util.List;
import java.util.Optional;

/**
 * A part of a {@link Chart}: two axes and what is drawn between them. With {@link #each} it stands for several alike,
 * one for each value of a column, with the same axes and colours.
 *
 * @param title above it, often empty. Of several alike: {@code {column}} in it stands for the cell of that column in
 *     the panel's first row, {@code t = {time} s}.
 * @param x to the right
 * @param y upwards
 * @param layers what is drawn, the undermost first
 * @param each the column of text or whole numbers, in all tables of its layers, whose every value has a panel
 * @param isToScale whether a unit is as long on both axes, as on a map
 */
public record Panel(String title, Axis x, Axis y, List<Layer> layers, Optional<String> each, boolean isToScale) {
    public Panel {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("panel '" + title + "' has no layers");
        }
        if (layers.stream().anyMatch(layer -> layer.mark() == Layer.Mark.HEAT_MAP)
                && (x.isLogarithmic() || y.isLogarithmic())) {
            throw new IllegalArgumentException("panel '" + title + "': the cells of a heat map need linear axes");
        }
        if (isToScale && (x.isLogarithmic() || y.isLogarithmic())) {
            throw new IllegalArgumentException("panel '" + title + "' cannot be to scale with a logarithmic axis");
        }
    }

    public static Panel of(Axis x, Axis y, Layer... layers) {
        return new Panel("", x, y, List.of(layers), Optional.empty(), false);
    }

    /** The same with a title. */
    public Panel titled(String words) {
        return new Panel(words, x, y, layers, each, isToScale);
    }

    /** The same for every value of this column. */
    public Panel forEach(String column) {
        return new Panel(title, x, y, layers, Optional.of(column), isToScale);
    }

    /** The same with a unit as long on both axes. */
    public Panel toScale() {
        return new Panel(title, x, y, layers, each, true);
    }
}
