package org.sparkberry.dataflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sparkberry.estimate.Table;
import org.sparkberry.model.Observation;
import org.sparkberry.model.Simulation;

/**
 * Heat that flows along a rod whose ends are kept at 0: u_i ← u_i + r·(u_{i−1} − 2u_i + u_{i+1}), cut into blocks of
 * points that need their neighbours' edges.
 *
 * @param points how many; blocks of four, the last may be shorter
 * @param isAllNeeded whether every block is given all that is shown, as bodies that attract each other would be
 */
record Rod(int points, long steps, boolean isAllNeeded) implements Simulation {
    static final double R = 0.25;
    private static final int BLOCK = 4;

    /** The lowest mode, sin(π·i/(points + 1)): a step multiplies it by 1 − 2r·(1 − cos(π/(points + 1))). */
    double after(int point, int steps) {
        double angle = Math.PI / (points + 1);
        return Math.pow(1 - 2 * R * (1 - Math.cos(angle)), steps) * Math.sin(angle * (point + 1));
    }

    @Override
    public int blocks() {
        return (points + BLOCK - 1) / BLOCK;
    }

    @Override
    public double[] initial(int block) {
        return IntStream.range(BLOCK * block, Math.min(points, BLOCK * (block + 1)))
                .mapToDouble(point -> StrictMath.sin(StrictMath.PI * (point + 1) / (points + 1)))
                .toArray();
    }

    @Override
    public double[] shown(int block, double[] state, long step) {
        return new double[] {state[0], state[state.length - 1]};
    }

    @Override
    public Optional<int[]> needs(int block) {
        return isAllNeeded
                ? Optional.empty()
                : Optional.of(IntStream.of(block - 1, block + 1)
                        .filter(other -> other >= 0 && other < blocks())
                        .toArray());
    }

    @Override
    public double[] step(int block, long step, double[] state, double[][] shown) {
        double[] after = new double[state.length];
        for (int i = 0; i < after.length; i++) {
            double left = i > 0 ? state[i - 1] : block > 0 ? shown[block - 1][1] : 0;
            double right = i < after.length - 1 ? state[i + 1] : block < blocks() - 1 ? shown[block + 1][0] : 0;
            after[i] = state[i] + R * (left - 2 * state[i] + right);
        }
        return after;
    }

    @Override
    public List<Observation> observe(long step, List<double[]> states) {
        if (step % 10 != 0) {
            return List.of();
        }
        double heat = 0;
        for (double[] state : states) {
            for (double u : state) {
                heat += u;
            }
        }
        return List.of(new Observation("heat", step, new double[] {heat}));
    }

    @Override
    public Optional<Table> snapshot(long step, List<double[]> states) {
        if (step % 20 != 0) {
            return Optional.empty();
        }
        List<List<Object>> rows = new ArrayList<>();
        states.forEach(state -> IntStream.range(0, state.length).forEach(i -> rows.add(List.of((Object) state[i]))));
        return Optional.of(new Table("snapshot-" + step, List.of(Table.Column.real("temperature")), rows));
    }
}
