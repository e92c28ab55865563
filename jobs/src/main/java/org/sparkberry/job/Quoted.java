package org.sparkberry.job;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkberry.model.Valuation;

/**
 * An option that is to be valued.
 *
 * @param figures a name, and the known answer where there is one, for each of the valuation's quantities
 */
record Quoted(Valuation valuation, List<Figure> figures) {
    Quoted {
        figures = List.copyOf(figures);
        if (figures.size() != valuation.quantities()) {
            throw new IllegalArgumentException(figures.size() + " names for " + valuation.quantities());
        }
    }

    /** One of the quantities. */
    record Figure(String name, @Nullable Double known) {}

    static Figure known(String name, double answer) {
        return new Figure(name, answer);
    }

    static Figure unknown(String name) {
        return new Figure(name, null);
    }
}
