package org.sparkberry.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final List<Table.Column> COLUMNS =
            List.of(Table.Column.whole("count"), Table.Column.real("meanMetres"), Table.Column.text("remark"));

    @Test
    void holdsCellsOfItsColumnsKinds() {
        Table table = table(List.of(List.of(1L, 0.5, "a"), List.of(2L, Double.NaN, "")));

        assertThat(table.rows()).containsExactly(List.of(1L, 0.5, "a"), List.of(2L, Double.NaN, ""));
        assertThat(table.columns().stream().map(Table.Column::kind))
                .containsExactly(Table.Kind.WHOLE, Table.Kind.REAL, Table.Kind.TEXT);
        assertThat(table(List.of()).rows()).isEmpty();
    }

    @Test
    void refusesACellOfAnotherKind() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table(List.of(List.of(1L, 0.5, "a"), List.of(1, 0.5, "a"))))
                .withMessage("table sizes, column count: not a WHOLE cell: 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table(List.of(List.of(1L, 2L, "a"))))
                .withMessageContaining("meanMetres");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table(List.of(List.of(1L, 0.5, 'a'))))
                .withMessageContaining("remark");
        assertThatIllegalArgumentException().isThrownBy(() -> table(List.of(List.of(1L, 0.5f, "a"))));
    }

    @Test
    void refusesARowOfAnotherLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table(List.of(List.of(1L, 0.5))))
                .withMessage("table sizes: a row of 2 cells for 3 columns");
        assertThatIllegalArgumentException().isThrownBy(() -> table(List.of(List.of(1L, 0.5, "a", "b"))));
        assertThatIllegalArgumentException().isThrownBy(() -> table(List.of(List.of())));
    }

    @Test
    void refusesAnEmptyCell() {
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> table(List.of(Arrays.asList(1L, 0.5, null))));
    }

    @Test
    void refusesToHaveNoColumns() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table("sizes", List.of(), List.of()))
                .withMessage("table sizes: no columns");
    }

    @Test
    void doesNotChangeWithTheListsThatItWasMadeOf() {
        List<Object> row = new ArrayList<>(List.of(1L, 0.5, "a"));
        List<List<Object>> rows = new ArrayList<>(List.of(row));
        Table table = new Table("sizes", COLUMNS, rows);
        row.set(0, 2L);
        rows.clear();

        assertThat(table.rows()).containsExactly(List.of(1L, 0.5, "a"));
    }

    private static Table table(List<List<Object>> rows) {
        return new Table("sizes", COLUMNS, rows);
    }
}
