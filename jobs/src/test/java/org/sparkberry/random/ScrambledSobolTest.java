package org.sparkberry.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrambledSobolTest {
    private static final Streams STREAMS = new Streams(1, "sobol");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 99, 998, 999})
    void everyDimensionHasAPointInEachOfEqualIntervals(int dimension) {
        int points = 1 << 8;
        for (long first : new long[] {0, points, 5L * points}) {
            boolean[] hit = new boolean[points];
            for (double[] point : points(3, 1000, first, points)) {
                hit[(int) Math.floor((point[dimension] + 1) / 2 * points)] = true;
            }
            for (boolean one : hit) {
                assertThat(one).isTrue();
            }
        }
    }

    @Test
    void theFirstTwoDimensionsHaveAPointInEachElementaryRectangle() {
        // Sobol's sequence in two dimensions is a (0, 2)-sequence, and a linear scramble keeps that.
        int digits = 10;
        double[][] points = points(5, 2, 3L << digits, 1 << digits);
        for (int split = 0; split <= digits; split++) {
            int columns = 1 << split;
            int rows = 1 << (digits - split);
            boolean[] hit = new boolean[columns * rows];
            for (double[] point : points) {
                int column = (int) Math.floor((point[0] + 1) / 2 * columns);
                int row = (int) Math.floor((point[1] + 1) / 2 * rows);
                hit[column * rows + row] = true;
            }
            for (boolean one : hit) {
                assertThat(one).isTrue();
            }
        }
    }

    @Test
    void pointsDoNotDependOnWhereOneStarts() {
        double[][] all = points(7, 20, 0, 300);
        for (int first : new int[] {1, 2, 3, 64, 77, 255, 256}) {
            double[][] rest = points(7, 20, first, 300 - first);
            assertThat(rest).isDeepEqualTo(Arrays.copyOfRange(all, first, 300));
        }
    }

    @Test
    void aPointIsUniformOverTheRandomisations() {
        int randomisations = 4000;
        double[] sums = new double[3];
        for (int randomisation = 0; randomisation < randomisations; randomisation++) {
            double[][] points = points(randomisation, 3, 6, 2);
            sums[0] += points[0][0];
            sums[1] += points[0][1] * points[1][1];
            sums[2] += points[0][2] * points[0][2];
        }
        // Means 0 and 1/3 with deviations √(1/3) and √(4/45); two points of a pair are on different sides of the middle
        // and else independent: mean −1/4, deviation below 1/3. False alarm: 6·10^-5 (4 standard deviations) for each.
        double n = randomisations;
        assertThat(sums[0] / n).isCloseTo(0, within(4 * Math.sqrt(1 / 3.0 / n)));
        assertThat(sums[2] / n).isCloseTo(1 / 3.0, within(4 * Math.sqrt(4 / 45.0 / n)));
        assertThat(sums[1] / n).isCloseTo(-0.25, within(4 * Math.sqrt(1 / 9.0 / n)));
    }

    @Test
    void randomisationsDiffer() {
        assertThat(points(1, 2, 0, 1)[0]).isNotEqualTo(points(2, 2, 0, 1)[0]);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(ScrambledSobol.mostDimensions()).isEqualTo(1000);
        assertThatIllegalArgumentException().isThrownBy(() -> new ScrambledSobol(STREAMS, 0, 1001, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ScrambledSobol(STREAMS, 0, 0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ScrambledSobol(STREAMS, 0, 1, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ScrambledSobol(STREAMS, 0, 1, 1L << 51, 1));
    }

    private static double[][] points(int randomisation, int dimensions, long first, int points) {
        ScrambledSobol sobol = new ScrambledSobol(STREAMS, randomisation, dimensions, first, points);
        double[][] all = new double[points][dimensions];
        for (double[] point : all) {
            sobol.next(point);
        }
        return all;
    }
}
