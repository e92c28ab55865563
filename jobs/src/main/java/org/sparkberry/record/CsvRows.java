package org.sparkberry.record;

import com.univocity.parsers.common.CommonSettings;
import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvFormat;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.sparkberry.estimate.Table;

/**
 * The rows of a CSV file as a record class: its components are the columns, in their order and by their names. A
 * component is a {@code String}, {@code boolean}, {@code int}, {@code long} or {@code double}; NaN is an empty cell. A
 * component that is itself a record stands for its own components.
 *
 * @param <R> the record class
 */
public final class CsvRows<R extends Record> {
    private static final int UNLIMITED = -1;

    private final Class<R> type;
    private final List<RecordComponent> columns;

    public CsvRows(Class<R> type) {
        this.type = type;
        this.columns = columns(type).toList();
    }

    /** The header line. */
    public String header() {
        return csv(columns.stream().map(RecordComponent::getName).toList());
    }

    /** The line of one row. */
    public String line(R row) {
        return csv(cells(row).stream().map(CsvRows::text).toList());
    }

    /** The rows as a table, for Parquet. */
    public Table table(String name, List<R> rows) {
        List<Table.Column> typed = columns.stream()
                .map(column -> new Table.Column(column.getName(), kind(column.getType())))
                .toList();
        return new Table(name, typed, rows.stream().map(CsvRows::cells).toList());
    }

    /**
     * Reads back what {@link #header} and {@link #line} wrote. A last line that was cut short (it has no line end) is
     * left out.
     *
     * @throws BadInput if the header is another or a cell is not of its type; {@code what} names the file
     */
    public List<R> parse(String text, String what) {
        CsvParserSettings settings = exact(new CsvParserSettings());
        settings.setEmptyValue("");
        settings.setMaxCharsPerColumn(UNLIMITED);
        List<String[]> lines;
        try {
            lines = new CsvParser(settings).parseAll(new StringReader(wholeLines(text)));
        } catch (TextParsingException e) {
            throw new BadInput(what + ": not CSV", e);
        }
        if (lines.isEmpty() || !csv(Arrays.asList(lines.get(0))).equals(header())) {
            throw new BadInput(what + ": the columns are not those that this version writes (" + header() + ")");
        }
        List<R> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            rows.add(row(lines.get(i), what + ", line " + (i + 1)));
        }
        return rows;
    }

    /** One line of CSV, quoted where needed. */
    static String csv(List<String> cells) {
        CsvWriterSettings settings = exact(new CsvWriterSettings());
        settings.setQuotationTriggers('"', '\n', '\r');
        return new CsvWriter(settings).writeRowToString(cells);
    }

    /** A cell as text: empty for NaN. */
    static String text(Object cell) {
        return cell instanceof Double real && real.isNaN() ? "" : cell.toString();
    }

    /** Every character counts: no blank is trimmed, no line is a comment. */
    private static <S extends CommonSettings<CsvFormat>> S exact(S settings) {
        settings.getFormat().setLineSeparator("\n");
        settings.getFormat().setComment('\0');
        settings.setNullValue("");
        settings.trimValues(false);
        return settings;
    }

    /** The text up to its last line end that is not inside quotes. */
    private static String wholeLines(String text) {
        int end = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                quoted = !quoted;
            } else if (text.charAt(i) == '\n' && !quoted) {
                end = i + 1;
            }
        }
        return text.substring(0, end);
    }

    private static Stream<RecordComponent> columns(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(component ->
                        component.getType().isRecord() ? columns(component.getType()) : Stream.of(component));
    }

    private static List<Object> cells(Record row) {
        List<Object> cells = new ArrayList<>();
        for (RecordComponent component : row.getClass().getRecordComponents()) {
            Object value;
            try {
                value = component.getAccessor().invoke(row);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("not a public record: " + row.getClass(), e);
            }
            if (value instanceof Record inner) {
                cells.addAll(cells(inner));
            } else if (value instanceof Integer whole) {
                cells.add((long) whole);
            } else if (value instanceof Boolean yes) {
                cells.add(yes.toString());
            } else {
                cells.add(value);
            }
        }
        return cells;
    }

    private R row(String[] cells, String where) {
        if (cells.length != columns.size()) {
            throw new BadInput(where + ": " + cells.length + " cells for " + columns.size() + " columns");
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            RecordComponent column = columns.get(i);
            try {
                values.add(value(cells[i], column.getType()));
            } catch (IllegalArgumentException e) {
                throw new BadInput(
                        where + ", column " + column.getName() + ": not of type "
                                + column.getType().getSimpleName() + ": '" + cells[i] + "'",
                        e);
            }
        }
        try {
            return record(type, values.iterator());
        } catch (ReflectiveOperationException e) {
            throw new BadInput(where + ": not a row of this table", e);
        }
    }

    private static <T> T record(Class<T> type, Iterator<Object> values) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            arguments[i] = types[i].isRecord() ? record(types[i], values) : values.next();
        }
        return type.getDeclaredConstructor(types).newInstance(arguments);
    }

    private static Object value(String cell, Class<?> type) {
        if (type == String.class) {
            return cell;
        }
        if (type == boolean.class) {
            if (!cell.equals("true") && !cell.equals("false")) {
                throw new IllegalArgumentException(cell);
            }
            return cell.equals("true");
        }
        if (type == int.class) {
            return Integer.parseInt(cell);
        }
        if (type == long.class) {
            return Long.parseLong(cell);
        }
        return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    }

    private static Table.Kind kind(Class<?> type) {
        if (type == double.class) {
            return Table.Kind.REAL;
        }
        return type == int.class || type == long.class ? Table.Kind.WHOLE : Table.Kind.TEXT;
    }
}
