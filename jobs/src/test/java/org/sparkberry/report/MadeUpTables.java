package org.sparkberry.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkberry.estimate.Result;
import org.sparkberry.estimate.Table;
import org.sparkberry.estimate.Table.Column;

/** Small results to draw. */
final class MadeUpTables {
    private MadeUpTables() {}

    static Result of(Table... tables) {
        return new Result(1, List.of(), List.of(tables));
    }

    /** A table of real columns {@code x}, {@code y} and {@code v}. */
    static Table numbers(double[]... rows) {
        return new Table(
                "numbers",
                List.of(Column.real("x"), Column.real("y"), Column.real("v")),
                Arrays.stream(rows)
                        .map(row -> List.<Object>of(row[0], row[1], row[2]))
                        .toList());
    }

    /** A table of {@code who}, {@code frame}, {@code time}, {@code x} and {@code y}. */
    static Table named(Object... cells) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < cells.length; i += 5) {
            rows.add(Arrays.asList(cells).subList(i, i + 5));
        }
        return new Table(
                "named",
                List.of(
                        Column.text("who"),
                        Column.whole("frame"),
                        Column.real("time"),
                        Column.real("x"),
                        Column.real("y")),
                rows);
    }
}
