package org.sparkberry.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresFactory;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresOptimizer;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.fitting.leastsquares.MultivariateJacobianFunction;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.util.Pair;

/**
 * The coefficients of a law that come nearest to points in log seconds, by Levenberg and Marquardt's method (Commons
 * Math). With bounds, a coefficient is either positive or exactly 0: the optimum lies inside one of the faces of the
 * positive orthant, and is looked for there without bounds.
 */
final class LeastSquares {
    /** Of the sum of squares and of the coefficients: far below what any measurement can show. */
    private static final double TOLERANCE = 1e-10;

    private static final int MOST_STEPS = 300;
    /** A sum below that share of the measured time is no time: its point is then as wrong as that. */
    private static final double FLOOR = 1e-9;

    private final Law law;
    private final double[][] basis;
    private final double[] weights;

    /**
     * Where the search ended.
     *
     * @param coefficients of the law's basis
     * @param squares the weighted sum of squared differences in log seconds
     * @param converged whether the search ended because it could not get nearer
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Solution(double[] coefficients, double squares, boolean converged) {}

    /** @param weights of the points' squares, such as how many runs each is the mean of */
    LeastSquares(Law law, double[] n, double[] weights) {
        this.law = law;
        this.basis = Arrays.stream(n).mapToObj(law::basis).toArray(double[][]::new);
        this.weights = Arrays.stream(weights).map(Math::sqrt).toArray();
    }

    /** From several starts, bounds or not. */
    Solution solve(double[] logSeconds, boolean bounded) {
        List<double[]> starts = new ArrayList<>();
        starts.add(relative(logSeconds, all()));
        double[] level = new double[law.size()];
        for (int i = 0; i < level.length; i++) {
            level[i] = level(logSeconds, i) / level.length;
            // Nearly all of the time in one term, a little in the others.
            double[] one = new double[level.length];
            for (int k = 0; k < one.length; k++) {
                one[k] = level(logSeconds, k) * (k == i ? 1 : 1e-3);
            }
            starts.add(one);
        }
        starts.add(level);
        return starts.stream()
                .map(start -> solve(logSeconds, start, bounded))
                .reduce((a, b) -> b.squares() < a.squares() * (1 - 1e-9) ? b : a)
                .orElseThrow();
    }

    /** From one start, which should be near. */
    Solution solve(double[] logSeconds, double[] start, boolean bounded) {
        Solution free = solveFace(logSeconds, start, all());
        return bounded ? bounded(logSeconds, free) : free;
    }

    /** Within the bounds, from the optimum without. */
    Solution bounded(double[] logSeconds, Solution free) {
        return inside(logSeconds, free, all());
    }

    /**
     * If the optimum of a face lies outside of the bounds, the best within them has one of those coefficients at 0 that
     * went negative.
     */
    private Solution inside(double[] logSeconds, Solution free, int[] face) {
        int[] negative =
                Arrays.stream(face).filter(i -> free.coefficients()[i] < 0).toArray();
        if (negative.length == 0) {
            return free;
        }
        Solution best = new Solution(free.coefficients(), Double.POSITIVE_INFINITY, false);
        for (int out : negative) {
            int[] smaller = Arrays.stream(face).filter(i -> i != out).toArray();
            if (smaller.length > 0) {
                double[] start = relative(logSeconds, smaller);
                Solution solution = inside(logSeconds, solveFace(logSeconds, start, smaller), smaller);
                if (solution.squares() < best.squares()) {
                    best = solution;
                }
            }
        }
        return best;
    }

    private Solution solveFace(double[] logSeconds, double[] start, int[] face) {
        double[] inFace = Arrays.stream(face).mapToDouble(i -> start[i]).toArray();
        MultivariateJacobianFunction model = point -> difference(point, logSeconds, face);
        boolean converged = true;
        double[] found = inFace;
        try {
            LeastSquaresOptimizer.Optimum optimum = new LevenbergMarquardtOptimizer()
                    .withCostRelativeTolerance(TOLERANCE)
                    .withParameterRelativeTolerance(TOLERANCE)
                    .withOrthoTolerance(TOLERANCE)
                    .optimize(LeastSquaresFactory.create(
                            model,
                            new ArrayRealVector(weights.length),
                            new ArrayRealVector(inFace, false),
                            null,
                            MOST_STEPS,
                            MOST_STEPS));
            found = optimum.getPoint().toArray();
        } catch (MathIllegalStateException e) {
            converged = false;
        }
        double[] coefficients = new double[law.size()];
        for (int k = 0; k < face.length; k++) {
            coefficients[face[k]] = found[k];
        }
        RealVector residuals =
                difference(new ArrayRealVector(found, false), logSeconds, face).getFirst();
        return new Solution(coefficients, residuals.dotProduct(residuals), converged);
    }

    private Pair<RealVector, RealMatrix> difference(RealVector point, double[] logSeconds, int[] face) {
        double[] residuals = new double[weights.length];
        double[][] jacobian = new double[weights.length][face.length];
        for (int j = 0; j < residuals.length; j++) {
            double sum = 0;
            for (int k = 0; k < face.length; k++) {
                sum += basis[j][face[k]] * point.getEntry(k);
            }
            double least = FLOOR * Math.exp(law.sign() * logSeconds[j]);
            residuals[j] = weights[j] * (law.sign() * Math.log(Math.max(sum, least)) - logSeconds[j]);
            if (sum > least) {
                for (int k = 0; k < face.length; k++) {
                    jacobian[j][k] = weights[j] * law.sign() * basis[j][face[k]] / sum;
                }
            }
        }
        return new Pair<>(new ArrayRealVector(residuals, false), new Array2DRowRealMatrix(jacobian, false));
    }

    /** Linear least squares on relative differences: near the optimum if the points are near the law. */
    private double[] relative(double[] logSeconds, int[] face) {
        double[][] rows = new double[weights.length][face.length];
        for (int j = 0; j < rows.length; j++) {
            double scale = weights[j] * Math.exp(-law.sign() * logSeconds[j]);
            for (int k = 0; k < face.length; k++) {
                rows[j][k] = scale * basis[j][face[k]];
            }
        }
        double[] start = new double[law.size()];
        double[] found;
        try {
            found = new QRDecomposition(new Array2DRowRealMatrix(rows, false))
                    .getSolver()
                    .solve(new ArrayRealVector(weights))
                    .toArray();
        } catch (SingularMatrixException e) {
            found = new double[face.length];
            Arrays.fill(found, level(logSeconds, face[0]));
        }
        for (int k = 0; k < face.length; k++) {
            start[face[k]] = found[k];
        }
        return start;
    }

    /** What a coefficient would be if its term alone made the first point (the last, where it is 0 at the first). */
    private double level(double[] logSeconds, int i) {
        int j = basis[0][i] > 0 ? 0 : basis.length - 1;
        return Math.exp(law.sign() * logSeconds[j]) / basis[j][i];
    }

    private int[] all() {
        return IntStream.range(0, law.size()).toArray();
    }
}
