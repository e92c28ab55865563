package org.sparkberry.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Data of a layer, filled row by row: a column per aesthetic. */
final class Columns {
    private final Map<String, Object> columns = new LinkedHashMap<>();
    private final List<List<Object>> lists = new ArrayList<>();

    Columns(String... names) {
        for (String name : names) {
            List<Object> list = new ArrayList<>();
            lists.add(list);
            columns.put(name, list);
        }
    }

    /** Adds a row: a value per column, numbers as {@code double}. */
    Columns add(Object... row) {
        for (int i = 0; i < row.length; i++) {
            lists.get(i).add(row[i] instanceof Number number ? (Object) number.doubleValue() : row[i]);
        }
        return this;
    }

    boolean isEmpty() {
        return lists.get(0).isEmpty();
    }

    Set<String> names() {
        return columns.keySet();
    }

    Map<String, Object> columns() {
        return columns;
    }
}
