package org.sparkberry.estimate;

import java.util.List;

/**
 * A named table of results, small enough for the driver.
 *
 * @param name the file name without its ending
 * @param columns the columns, at least one
 * @param rows one list of cells per row, in the columns' order: a {@code Long} in a whole column, a {@code Double} in a
 *     real one, a {@code String} in a text one
 */
public record Table(String name, List<Column> columns, List<List<Object>> rows) {

    /** What a column's cells are. */
    public enum Kind {
        WHOLE(Long.class),
        REAL(Double.class),
        TEXT(String.class);

        private final Class<?> cell;

        Kind(Class<?> cell) {
            this.cell = cell;
        }
    }

    /** A column's name, with its unit in it where it has one, and kind. */
    public record Column(String name, Kind kind) {
        public static Column whole(String name) {
            return new Column(name, Kind.WHOLE);
        }

        public static Column real(String name) {
            return new Column(name, Kind.REAL);
        }

        public static Column text(String name) {
            return new Column(name, Kind.TEXT);
        }
    }

    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("table " + name + ": no columns");
        }
        for (List<Object> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "table " + name + ": a row of " + row.size() + " cells for " + columns.size() + " columns");
            }
            for (int i = 0; i < row.size(); i++) {
                if (!columns.get(i).kind().cell.isInstance(row.get(i))) {
                    throw new IllegalArgumentException(
                            "table " + name + ", column " + columns.get(i).name() + ": not a "
                                    + columns.get(i).kind() + " cell: " + row.get(i));
                }
            }
        }
    }
}
