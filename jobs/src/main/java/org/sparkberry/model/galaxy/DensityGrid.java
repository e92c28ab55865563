package org.sparkberry.model.galaxy;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Counts bodies in square cells of the plane of x and y, seen along z: what a telescope would show.
 *
 * @param centreX of the window
 * @param centreY of the window
 * @param side of a cell
 */
public record DensityGrid(double centreX, double centreY, double side) implements Serializable {
    /** So many columns, and as many rows. */
    public static final int CELLS = 96;

    private static final int FRAMES = 12;

    /** Of the bodies at the start, so many are inside of the window's middle. */
    private static final double SHARE = 0.95;

    /**
     * A window around the centre of mass that does not change while the bodies move: two and a half times as wide as the square
     * that holds 95 % of them at the start.
     */
    static DensityGrid around(Bodies bodies) {
        double mass = 0;
        double x = 0;
        double y = 0;
        for (int i = 0; i < bodies.count(); i++) {
            mass += bodies.mass()[i];
            x += bodies.mass()[i] * bodies.x()[i];
            y += bodies.mass()[i] * bodies.y()[i];
        }
        double centreX = x / mass;
        double centreY = y / mass;
        double[] reach = new double[bodies.count()];
        for (int i = 0; i < reach.length; i++) {
            reach[i] = Math.max(Math.abs(bodies.x()[i] - centreX), Math.abs(bodies.y()[i] - centreY));
        }
        Arrays.sort(reach);
        double most = reach[(int) Math.ceil(SHARE * reach.length) - 1];
        return new DensityGrid(centreX, centreY, (most > 0 ? 5 * most : 1) / CELLS);
    }

    /** Whether a frame is made after this step: twelve, evenly over the run, the start and the end among them. */
    static boolean isFrame(long step, long steps) {
        if (steps < FRAMES) {
            return true;
        }
        long frame = Math.round((double) step / steps * (FRAMES - 1));
        return step == Math.round((double) frame / (FRAMES - 1) * steps);
    }

    /** How many bodies are in each cell, row by row, the least x and y first; those outside of the window in none. */
    double[] count(List<double[]> states) {
        double[] counts = new double[CELLS * CELLS];
        for (double[] state : states) {
            int bodies = BlockState.bodies(state);
            for (int i = 0; i < bodies; i++) {
                double column = Math.floor((state[i] - centreX) / side + 0.5 * CELLS);
                double row = Math.floor((state[bodies + i] - centreY) / side + 0.5 * CELLS);
                if (column >= 0 && column < CELLS && row >= 0 && row < CELLS) {
                    counts[((int) row) * CELLS + ((int) column)]++;
                }
            }
        }
        return counts;
    }

    /** The middle of a column. */
    public double x(int column) {
        return centreX + (column + 0.5 - 0.5 * CELLS) * side;
    }

    /** The middle of a row. */
    public double y(int row) {
        return centreY + (row + 0.5 - 0.5 * CELLS) * side;
    }
}
