package org.sparkberry.model.galaxy;

import java.util.ArrayList;
import java.util.List;
import org.sparkberry.dataflow.SingleThread;
import org.sparkberry.model.Course;
import org.sparkberry.model.Observation;
import org.sparkberry.model.Simulation;

/** Lets bodies run in one thread by a kernel of choice, and sees all states. */
class Run implements Simulation {
    private static final long serialVersionUID = 1;

    private final NBody bodies;
    private final transient GravityKernel kernel;

    private Run(NBody bodies, GravityKernel kernel) {
        this.bodies = bodies;
        this.kernel = kernel;
    }

    /** The states after every step, from step 0 on: all blocks' numbers. */
    static List<List<double[]>> states(NBody bodies, GravityKernel kernel) {
        List<List<double[]>> seen = new ArrayList<>();
        new SingleThread().simulate(new Run(bodies, kernel) {
            private static final long serialVersionUID = 1;

            @Override
            public List<Observation> observe(long step, List<double[]> states) {
                seen.add(states);
                return List.of();
            }
        });
        return seen;
    }

    static Course course(NBody bodies, GravityKernel kernel) {
        return new SingleThread().simulate(new Run(bodies, kernel));
    }

    /** The bodies at the end. */
    static Bodies end(NBody bodies) {
        List<double[]> states = course(bodies, new GravityScalar()).states();
        int count = states.stream().mapToInt(BlockState::bodies).sum();
        Bodies end = Bodies.blank(count);
        double[][] rows = {end.x(), end.y(), end.z(), end.mass(), end.vx(), end.vy(), end.vz()};
        int first = 0;
        for (double[] state : states) {
            int bodiesInBlock = BlockState.bodies(state);
            for (int row = 0; row < rows.length; row++) {
                System.arraycopy(state, row * bodiesInBlock, rows[row], first, bodiesInBlock);
            }
            first += bodiesInBlock;
        }
        return end;
    }

    /** Bodies from rows of mass, place and velocity. */
    static Bodies bodies(double[]... rows) {
        Bodies bodies = Bodies.blank(rows.length);
        double[][] columns = {bodies.mass(), bodies.x(), bodies.y(), bodies.z(), bodies.vx(), bodies.vy(), bodies.vz()};
        for (int body = 0; body < rows.length; body++) {
            for (int column = 0; column < columns.length; column++) {
                columns[column][body] = rows[body][column];
            }
        }
        return bodies;
    }

    @Override
    public int blocks() {
        return bodies.blocks();
    }

    @Override
    public long steps() {
        return bodies.steps();
    }

    @Override
    public double[] initial(int block) {
        return bodies.initial(block);
    }

    @Override
    public double[] shown(int block, double[] state, long step) {
        return bodies.shown(block, state, step);
    }

    @Override
    public double[] step(int block, long step, double[] state, double[][] shown) {
        return bodies.step(block, step, state, shown, kernel);
    }

    @Override
    public List<Observation> observe(long step, List<double[]> states) {
        return bodies.observe(step, states);
    }
}
