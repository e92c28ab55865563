package org.sparkberry.job;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparkberry.dataflow.Numbers;
import org.sparkberry.dataflow.Tables;
import org.sparkberry.model.galaxy.Bodies;
import org.sparkberry.record.BadInput;

/** Bodies from a CSV file with a row for each. */
final class BodiesFile {
    private static final List<String> COLUMNS = List.of("mass", "x", "y", "z", "vx", "vy", "vz");

    /** Squares of larger numbers, and their cubes, would be no numbers. */
    private static final double LARGEST = 1e90;

    private BodiesFile() {}

    /**
     * Reads and checks them.
     *
     * @throws BadInput if the file is not such a file, or bodies cannot be computed
     */
    static Bodies read(Tables tables, String file, double softening) {
        Numbers numbers = tables.numbers(file, COLUMNS);
        if (numbers.rows() < 2) {
            throw new BadInput(file + ": has " + (numbers.rows() == 0 ? "no bodies" : "1 body")
                    + "; at least 2 are needed, a row each");
        }
        Map<List<Double>, Integer> places = new HashMap<>();
        for (int row = 0; row < numbers.rows(); row++) {
            for (int column = 0; column < COLUMNS.size(); column++) {
                double value = numbers.at(row, column);
                if (!(Math.abs(value) <= LARGEST)) {
                    throw new BadInput(numbers.where(row) + ": " + COLUMNS.get(column)
                            + " must be a number from -1e90 to 1e90, not " + Quantity.plain(value));
                }
            }
            if (!(numbers.at(row, 0) > 0)) {
                throw new BadInput(
                        numbers.where(row) + ": mass must be above 0, not " + Quantity.plain(numbers.at(row, 0)));
            }
            // −0 and 0 are one place.
            Integer other = places.put(
                    List.of(numbers.at(row, 1) + 0.0, numbers.at(row, 2) + 0.0, numbers.at(row, 3) + 0.0), row);
            if (other != null && softening == 0) {
                throw new BadInput(numbers.where(row) + ": is at the same place as the body of "
                        + numbers.where(other).replaceFirst(".*, ", "")
                        + ", where attraction is infinite; move it, or set --softening above 0");
            }
        }
        return new Bodies(
                new int[numbers.rows()],
                column(numbers, 0),
                column(numbers, 1),
                column(numbers, 2),
                column(numbers, 3),
                column(numbers, 4),
                column(numbers, 5),
                column(numbers, 6));
    }

    private static double[] column(Numbers numbers, int column) {
        double[] values = new double[numbers.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = numbers.at(row, column);
        }
        return values;
    }
}
