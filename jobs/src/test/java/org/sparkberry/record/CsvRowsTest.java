package org.sparkberry.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkberry.estimate.Table;

class CsvRowsTest {
    private static final CsvRows<Row> ROWS = new CsvRows<>(Row.class);
    private static final Row PLAIN = new Row("pi1", true, 7, 8, 0.5, "end");

    /** A text at the beginning and at the end of the line, where it is most likely to be damaged. */
    record Row(String first, boolean yes, int small, long large, double real, String last) {}

    /** Two columns of an outer row. */
    record Inner(double low, double high) {}

    record Outer(int number, Inner inner, String last) {}

    static List<String> awkwardTexts() {
        return List.of(
                "",
                " ",
                "  both ends  ",
                "\ttab\t",
                "a,b",
                ",",
                "\"",
                "\"\"",
                "say \"hi\"",
                "\"quoted\"",
                "ends in a quote\"",
                "two\nlines",
                "\n",
                "two\r\nlines",
                "\r",
                "a,\"b\"\n,\"c",
                "# no comment",
                "null",
                "NaN",
                "'",
                "back\\slash",
                "σ ± κ, π → 😀",
                "\uFEFFmark",
                "x".repeat(10_000));
    }

    @ParameterizedTest
    @MethodSource("awkwardTexts")
    void anyTextComesBack(String text) {
        Row row = new Row(text, false, 1, 2, 3, text);
        assertThat(ROWS.parse(file(PLAIN, row, PLAIN), "file")).containsExactly(PLAIN, row, PLAIN);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                -0.0,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                0.1,
                1e22
            })
    void everyDoubleComesBackToTheBit(double value) {
        Row row = new Row("a", true, Integer.MIN_VALUE, Long.MIN_VALUE, value, "z");
        assertThat(ROWS.parse(file(row), "file")).containsExactly(row);
    }

    @Test
    void linesAreThoseOfRfc4180() {
        // RFC 4180, section 2, rules 5 to 7: cells with commas, quotes or line breaks are quoted, a quote is doubled.
        assertThat(ROWS.header()).isEqualTo("first,yes,small,large,real,last");
        assertThat(ROWS.line(new Row("aaa", true, -1, 1L << 60, 0.1, "b\nbb")))
                .isEqualTo("aaa,true,-1,1152921504606846976,0.1,\"b\nbb\"");
        assertThat(ROWS.line(new Row("b\"bb", false, 0, 0, -1.5e-9, "c,d")))
                .isEqualTo("\"b\"\"bb\",false,0,0,-1.5E-9,\"c,d\"");
    }

    @Test
    void notANumberIsAnEmptyCell() {
        assertThat(ROWS.line(new Row("a", true, 1, 2, Double.NaN, "z"))).isEqualTo("a,true,1,2,,z");
    }

    @Test
    void aFileWithNoRowIsEmpty() {
        assertThat(ROWS.parse(ROWS.header() + "\n", "file")).isEmpty();
    }

    @Test
    void aLastLineCutAnywhereIsLeftOutAndTheOthersAreKept() {
        Row awkward = new Row("a,\"b\"\nc", true, 1, 2, 3, "two\nlines, σ");
        String text = file(PLAIN, awkward);
        int lastLine = file(PLAIN).length();
        for (int cut = lastLine; cut < text.length(); cut++) {
            assertThat(ROWS.parse(text.substring(0, cut), "file")).containsExactly(PLAIN);
        }
        assertThat(ROWS.parse(text, "file")).containsExactly(PLAIN, awkward);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "first,yes,small,large,real,last",
                "first,yes,small,large,real\n",
                "first,yes,small,large,real,last,more\n",
                "yes,first,small,large,real,last\n",
                "First,yes,small,large,real,last\n",
                "\n\n"
            })
    void anotherHeaderIsRefused(String text) {
        assertThatThrownBy(() -> ROWS.parse(text, "runs.csv"))
                .isInstanceOf(BadInput.class)
                .hasMessage("runs.csv: the columns are not those that this version writes "
                        + "(first,yes,small,large,real,last)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,true,1,2,3        | 5 cells for 6 columns",
                "a,true,1,2,3,z,z    | 7 cells for 6 columns",
                "# by hand           | 1 cells for 6 columns",
                "a,ture,1,2,3,z      | column yes: not of type boolean: 'ture'",
                "a,,1,2,3,z          | column yes: not of type boolean: ''",
                "a,true,1.5,2,3,z    | column small: not of type int: '1.5'",
                "a,true,3000000000,2,3,z | column small: not of type int: '3000000000'",
                "a,true,1,,3,z       | column large: not of type long: ''",
                "a,true,1,2,three,z  | column real: not of type double: 'three'",
            })
    void aWrongCellIsRefusedWithItsPlace(String line, String message) {
        assertThatThrownBy(() -> ROWS.parse(file(PLAIN) + line + "\n", "runs.csv"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("runs.csv, line 3")
                .hasMessageEndingWith(message);
    }

    @Test
    void theTableHasTheSameColumnsAndCells() {
        Table table = ROWS.table("rows", List.of(PLAIN));
        assertThat(table.name()).isEqualTo("rows");
        assertThat(table.columns())
                .containsExactly(
                        Table.Column.text("first"),
                        Table.Column.text("yes"),
                        Table.Column.whole("small"),
                        Table.Column.whole("large"),
                        Table.Column.real("real"),
                        Table.Column.text("last"));
        assertThat(table.rows()).containsExactly(List.of("pi1", "true", 7L, 8L, 0.5, "end"));
    }

    @Test
    void aRecordWithinTheRowStandsForItsColumns() {
        CsvRows<Outer> rows = new CsvRows<>(Outer.class);
        Outer row = new Outer(1, new Inner(0.5, Double.NaN), "end");
        assertThat(rows.header()).isEqualTo("number,low,high,last");
        assertThat(rows.line(row)).isEqualTo("1,0.5,,end");
        assertThat(rows.parse("number,low,high,last\n1,0.5,,end\n", "file")).containsExactly(row);
        assertThat(rows.table("rows", List.of(row)).columns())
                .containsExactly(
                        Table.Column.whole("number"),
                        Table.Column.real("low"),
                        Table.Column.real("high"),
                        Table.Column.text("last"));
        assertThatThrownBy(() -> rows.parse("number,low,high,last\n1,0.5,x,end\n", "file"))
                .hasMessage("file, line 2, column high: not of type double: 'x'");
    }

    private static String file(Row... rows) {
        StringBuilder text = new StringBuilder(ROWS.header()).append('\n');
        for (Row row : rows) {
            text.append(ROWS.line(row)).append('\n');
        }
        return text.toString();
    }
}
