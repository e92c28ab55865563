package org.sparkberry.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    @Test
    void theTableHoldsEveryCountItsDensityAndItsError() {
        Histogram histogram = histogram(-1, 1, 4, -2, -1, -0.75, -0.5, 0, 0.5, 0.99, 1, 5, -INF);
        Table table = histogram.table("losses");

        assertThat(table.name()).isEqualTo("losses");
        assertThat(table.columns().stream().map(Table.Column::name))
                .containsExactly("low", "high", "count", "density", "standardError");
        // By hand: 2 of 10 in a bin of width ½ are a density of 0.4 ± √(0.2·0.8/10)/0.5; 1 of 10 is 0.2 ±
        // √(0.1·0.9/10)/0.5.
        double two = Math.sqrt(0.2 * 0.8 / 10) / 0.5;
        double one = Math.sqrt(0.1 * 0.9 / 10) / 0.5;
        assertThat(table.rows()).hasSize(6);
        assertRow(table.rows().get(0), -INF, -1, 2, 0, 0);
        assertRow(table.rows().get(1), -1, -0.5, 2, 0.4, two);
        assertRow(table.rows().get(2), -0.5, 0, 1, 0.2, one);
        assertRow(table.rows().get(3), 0, 0.5, 1, 0.2, one);
        assertRow(table.rows().get(4), 0.5, 1, 2, 0.4, two);
        assertRow(table.rows().get(5), 1, INF, 2, 0, 0);
    }

    private static void assertRow(
            List<Object> row, double low, double high, long count, double density, double standardError) {
        assertThat(row.subList(0, 3)).containsExactly(low, high, count);
        assertThat((double) row.get(3)).isEqualTo(density, within(1e-15));
        assertThat((double) row.get(4)).isEqualTo(standardError, within(1e-15));
    }

    /** Ranges whose edges are not round numbers: a division rounds across them. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, 49",
        "0, 1, 10",
        "-0.3, 0.7, 160",
        "0.017, 0.45, 160",
        "-1e-7, 1e-7, 7",
        "100000000, 100000001, 300"
    })
    void aValueIsInTheBinWhoseEdgesInTheTableHoldIt(double low, double high, int bins) {
        Table edges = new Histogram(low, high, bins).table("edges");
        for (int i = 1; i <= bins; i++) {
            double from = (double) edges.rows().get(i).get(0);
            double to = (double) edges.rows().get(i).get(1);
            assertThat(to).isEqualTo(edges.rows().get(i + 1).get(0));
            for (double x : new double[] {from, Math.nextUp(from), (from + to) / 2, Math.nextDown(to)}) {
                Table table = histogram(low, high, bins, x).table("one");
                assertThat(table.rows().get(i).get(2)).as("%s in bin %d", x, i).isEqualTo(1L);
            }
        }
    }

    @Test
    void whatTheTableSumsUpToIsEverything() {
        Random random = new Random(1);
        Histogram histogram = new Histogram(-1, 2, 37);
        for (int i = 0; i < 10_000; i++) {
            histogram.add(random.nextGaussian());
        }
        Table table = histogram.table("normal");
        long count = 0;
        double share = 0;
        for (List<Object> row : table.rows()) {
            count += (long) row.get(2);
            share += (double) row.get(3) == 0 ? 0 : (double) row.get(3) * ((double) row.get(1) - (double) row.get(0));
        }

        assertThat(count).isEqualTo(10_000).isEqualTo(histogram.total());
        assertThat(share).isEqualTo((10_000.0 - histogram.below() - histogram.above()) / 10_000, within(1e-12));
        // A standard normal value lies below −1 with probability 0.158655, above 2 with 0.022750. False alarm: 6·10^-7
        // (5 standard deviations) each.
        assertThat(histogram.below() / 10_000.0).isEqualTo(0.158655, within(5 * Math.sqrt(0.158655 * 0.841345 / 1e4)));
        assertThat(histogram.above() / 10_000.0).isEqualTo(0.022750, within(5 * Math.sqrt(0.02275 * 0.97725 / 1e4)));
    }

    @Test
    void anEmptyHistogramHasNoDensity() {
        Table table = new Histogram(0, 1, 2).table("empty");

        assertThat(table.rows().get(1)).containsExactly(0.0, 0.5, 0L, 0.0, 0.0);
        assertThat(table.rows()).hasSize(4);
    }

    @Test
    void mergingIsAddingInAnyOrder() {
        Histogram left = histogram(0, 1, 5, -1, 0.1, 0.5, 2);
        Histogram right = histogram(0, 1, 5, 0.1, 0.9, 3);
        Table all = histogram(0, 1, 5, 0.1, 0.9, 3, -1, 0.1, 0.5, 2).table("all");
        Histogram both = histogram(0, 1, 5);
        both.merge(right);
        both.merge(left);
        left.merge(right);

        assertThat(both.table("all")).isEqualTo(all);
        assertThat(left.table("all")).isEqualTo(all);
        assertThat(right.total()).isEqualTo(3);
    }

    @Test
    void histogramsOfDifferentBinsCannotBeMerged() {
        Histogram histogram = histogram(0, 1, 5);

        assertThatIllegalArgumentException().isThrownBy(() -> histogram.merge(histogram(0, 1, 6)));
        assertThatIllegalArgumentException().isThrownBy(() -> histogram.merge(histogram(-1, 1, 5)));
        assertThatIllegalArgumentException().isThrownBy(() -> histogram.merge(histogram(0, 2, 5)));
    }

    @Test
    void refusesNan() {
        Histogram histogram = histogram(0, 1, 5);

        assertThatIllegalArgumentException().isThrownBy(() -> histogram.add(Double.NaN));
        assertThat(histogram.total()).isZero();
    }

    @Test
    void refusesImpossibleRanges() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Histogram(1, 1, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new Histogram(0, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Histogram(0, INF, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new Histogram(-Double.MAX_VALUE, Double.MAX_VALUE, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new Histogram(Double.NaN, 1, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new Histogram(0, Double.NaN, 5));
    }

    private static Histogram histogram(double low, double high, int bins, double... values) {
        Histogram histogram = new Histogram(low, high, bins);
        for (double x : values) {
            histogram.add(x);
        }
        return histogram;
    }
}
