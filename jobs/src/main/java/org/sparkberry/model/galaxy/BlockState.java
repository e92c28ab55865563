package org.sparkberry.model.galaxy;

/**
 * How a block's numbers lie in an array: so many rows of a number for each of its bodies, one row after the other.
 * What others see of a block are its first rows: place and mass.
 */
final class BlockState {
    static final int X = 0;
    static final int MASS = 3;
    static final int VX = 4;
    static final int AX = 7;
    /** The depth of the potential, Σ m/r, without the constant of gravity. */
    static final int DEPTH = 10;

    static final int ROWS = 11;

    private BlockState() {}

    static int bodies(double[] state) {
        return state.length / ROWS;
    }

    /** At rest as far as forces are concerned: those of step 0 are yet to be computed. */
    static double[] of(Bodies bodies, int from, int to) {
        int count = to - from;
        double[] state = new double[ROWS * count];
        double[][] rows = {
            bodies.x(), bodies.y(), bodies.z(), bodies.mass(), bodies.vx(), bodies.vy(), bodies.vz(),
        };
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], from, state, row * count, count);
        }
        return state;
    }
}
