package org.sparkberry.dataflow;

import java.util.List;

/** Numbers by row and column, in the order of the file that they were read from. */
public final class Numbers {
    private final String file;
    private final List<String> columns;
    private final List<Integer> lines;
    private final double[][] cells;

    /** @param lines the line of the file in which each row stands, from 1 */
    Numbers(String file, List<String> columns, List<Integer> lines, double[][] cells) {
        this.file = file;
        this.columns = List.copyOf(columns);
        this.lines = List.copyOf(lines);
        this.cells = cells;
    }

    public List<String> columns() {
        return columns;
    }

    public int rows() {
        return cells.length;
    }

    public double at(int row, int column) {
        return cells[row][column];
    }

    /** Where this row stands, for messages: the file and the line. */
    public String where(int row) {
        return file + ", line " + lines.get(row);
    }
}
