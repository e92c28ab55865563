package org.sparkberry.model.waves;

import java.util.ArrayList;
import java.util.List;

/**
 * Templates around one, in rows of equal η, evenly spaced in ln Mc and η: all that are no farther from it than a given
 * mismatch. A row's middle is where it comes nearest.
 */
final class MassGrid {
    /**
     * The waveform was fitted up to a mass ratio of 4, η = 0.16; beyond 10 it means nothing. Only if the one in the middle
     * is beyond that does the grid begin there.
     */
    private static final double LEAST_RATIO = 0.08;

    private static final double MOST_RATIO = 0.25;
    /** The mismatch at which its curvature is taken. */
    private static final double PROBE = 0.01;

    private final Mismatch mismatch;
    private final Mismatch.Shape centre;
    private final double chirp;
    private final double ratio;
    private final double leastRatio;
    private final double step;

    MassGrid(Mismatch mismatch, Masses masses) {
        this.mismatch = mismatch;
        this.centre = mismatch.shape(masses);
        this.chirp = masses.chirp();
        this.ratio = Math.min(MOST_RATIO, masses.symmetricRatio());
        this.leastRatio = Math.min(LEAST_RATIO, ratio);
        double probe = 1e-3;
        for (int i = 0; i < 4; i++) {
            double value = 0.5 * (at(probe, ratio) + at(-probe, ratio));
            probe = Math.min(0.2, probe * Math.sqrt(PROBE / Math.max(1e-9, value)));
        }
        this.step = probe;
    }

    private Masses masses(double logChirp, double eta) {
        return Masses.of(chirp * StrictMath.exp(logChirp), eta);
    }

    private double at(double logChirp, double eta) {
        return mismatch.between(centre, mismatch.shape(masses(logChirp, eta)));
    }

    /**
     * The grid, which has the middle in it at least.
     *
     * @param radius the largest mismatch
     * @param rows about how many rows
     * @param columns how many templates the widest row has, about
     */
    List<Masses> within(double radius, int rows, int columns) {
        double halfWidth = step * Math.sqrt(radius / PROBE);
        double spacing = 2 * halfWidth / columns;
        double extent = extent(radius, 1) + extent(radius, -1);
        double rowStep = Math.max(1e-6, extent / rows);
        List<Masses> grid = new ArrayList<>();
        double highest = MOST_RATIO - rowStep / 2;
        row(grid, ratio, 0, radius, halfWidth, spacing);
        if (grid.isEmpty()) {
            grid.add(centre.masses());
        }
        double middle = 0;
        for (double eta = ratio + rowStep; eta < highest + rowStep; eta += rowStep) {
            middle = nearest(middle, Math.min(MOST_RATIO, eta));
            row(grid, Math.min(MOST_RATIO, eta), middle, radius, halfWidth, spacing);
        }
        middle = 0;
        for (double eta = ratio - rowStep; eta > leastRatio; eta -= rowStep) {
            middle = nearest(middle, eta);
            if (!row(grid, eta, middle, radius, halfWidth, spacing)) {
                break;
            }
        }
        return grid;
    }

    private boolean row(List<Masses> grid, double eta, double middle, double radius, double halfWidth, double spacing) {
        double away = at(middle, eta);
        if (!(away < radius)) {
            return false;
        }
        int half = (int) Math.ceil(halfWidth * Math.sqrt(1 - away / radius) / spacing);
        for (int i = -half; i <= half; i++) {
            Masses masses = masses(middle + i * spacing, eta);
            if (mismatch.hears(masses)) {
                grid.add(masses);
            }
        }
        return true;
    }

    /** How far η may go in a direction before the mismatch is too large or η has no meaning. */
    private double extent(double radius, int direction) {
        double end = direction > 0 ? MOST_RATIO : leastRatio;
        double near = ratio;
        double middle = 0;
        int steps = 40;
        for (int i = 1; i <= steps; i++) {
            double eta = ratio + (end - ratio) * i / steps;
            middle = nearest(middle, eta);
            if (!(at(middle, eta) < radius)) {
                break;
            }
            near = eta;
        }
        return Math.max(Math.abs(near - ratio), Math.abs(end - ratio) / steps);
    }

    /** The ln Mc of a row with the least mismatch, by parabolas. */
    private double nearest(double guess, double eta) {
        double best = guess;
        for (int i = 0; i < 4; i++) {
            double before = at(best - step, eta);
            double here = at(best, eta);
            double after = at(best + step, eta);
            double bend = before - 2 * here + after;
            double move = bend > 0 ? 0.5 * (before - after) / bend : before < after ? -2 : 2;
            best += step * Math.max(-2, Math.min(2, move));
        }
        return best;
    }
}
