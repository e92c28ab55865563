package org.sparkberry.record;

import java.util.List;
import java.util.Optional;

/**
 * Marks of one kind in a {@link Panel}, a mark for each row of a table of the result; rows whose cells are no finite
 * numbers are left out.
 *
 * @param mark of what kind
 * @param source a table's name; of a {@link Mark#RULE} an estimate's
 * @param columns the names of the columns that say where: as many as the kind of mark takes
 * @param legend what the marks are; empty for no entry in the legend
 * @param filter which rows; all if empty
 * @param by the column whose every value has marks, a colour and an entry in the legend of its own
 * @param colours by which numbers the marks are coloured; of points and a heat map only
 * @param isFaint thin and grey, to stand behind other marks
 */
public record Layer(
        Mark mark,
        String source,
        List<String> columns,
        String legend,
        Optional<Filter> filter,
        Optional<String> by,
        Optional<ColourScale> colours,
        boolean isFaint) {

    /** Kinds of marks. */
    public enum Mark {
        /** A line from row to row; columns x, y. It breaks where a row is left out. */
        LINE(2),
        /** A dot per row; columns x, y. */
        POINTS(2),
        /** A bar per row, from 0; columns left, right, height. */
        BARS(3),
        /** A cell per row, around its centre; columns x, y. The centres stand on a regular grid, which may have gaps. */
        HEAT_MAP(2),
        /** An upright line where an estimate's value is on the x axis. */
        RULE(0);

        private final int columns;

        Mark(int columns) {
            this.columns = columns;
        }
    }

    /**
     * Rows with this cell.
     *
     * @param column a column of text or whole numbers
     * @param value a {@code String} or a {@code Long}
     */
    public record Filter(String column, Object value) {
        public Filter {
            if (!(value instanceof String || value instanceof Long)) {
                throw new IllegalArgumentException("filter on " + column + ": text or a whole number, not " + value);
            }
        }
    }

    public Layer {
        columns = List.copyOf(columns);
        if (columns.size() != mark.columns) {
            throw new IllegalArgumentException(
                    mark + " of " + source + " takes " + mark.columns + " columns, not " + String.join(", ", columns));
        }
        if (mark == Mark.HEAT_MAP && colours.isEmpty()) {
            throw new IllegalArgumentException("heat map of " + source + " has no colours");
        }
        if (colours.isPresent() && !(mark == Mark.HEAT_MAP || mark == Mark.POINTS)) {
            throw new IllegalArgumentException(mark + " of " + source + " cannot be coloured by numbers");
        }
        if (by.isPresent() && (colours.isPresent() || mark == Mark.RULE)) {
            throw new IllegalArgumentException(mark + " of " + source + " cannot be parted by a column");
        }
    }

    public static Layer line(String table, String x, String y) {
        return of(Mark.LINE, table, List.of(x, y), Optional.empty());
    }

    public static Layer points(String table, String x, String y) {
        return of(Mark.POINTS, table, List.of(x, y), Optional.empty());
    }

    /** Such as a histogram. */
    public static Layer bars(String table, String left, String right, String height) {
        return of(Mark.BARS, table, List.of(left, right, height), Optional.empty());
    }

    public static Layer heatMap(String table, String x, String y, ColourScale colours) {
        return of(Mark.HEAT_MAP, table, List.of(x, y), Optional.of(colours));
    }

    public static Layer rule(String estimate) {
        return of(Mark.RULE, estimate, List.of(), Optional.empty());
    }

    private static Layer of(Mark mark, String source, List<String> columns, Optional<ColourScale> colours) {
        return new Layer(mark, source, columns, "", Optional.empty(), Optional.empty(), colours, false);
    }

    /** The same with this entry in the legend. */
    public Layer named(String name) {
        return new Layer(mark, source, columns, name, filter, by, colours, isFaint);
    }

    /** The same of the rows with this text. */
    public Layer where(String column, String text) {
        return new Layer(mark, source, columns, legend, Optional.of(new Filter(column, text)), by, colours, isFaint);
    }

    /** The same of the rows with this number. */
    public Layer where(String column, long number) {
        return new Layer(mark, source, columns, legend, Optional.of(new Filter(column, number)), by, colours, isFaint);
    }

    /** The same, parted: every value of this column has marks and a colour of its own. */
    public Layer by(String column) {
        return new Layer(mark, source, columns, legend, filter, Optional.of(column), colours, isFaint);
    }

    /** The same, coloured by numbers. */
    public Layer coloured(ColourScale scale) {
        return new Layer(mark, source, columns, legend, filter, by, Optional.of(scale), isFaint);
    }

    /** The same, thin and grey. */
    public Layer faint() {
        return new Layer(mark, source, columns, legend, filter, by, colours, true);
    }
}
