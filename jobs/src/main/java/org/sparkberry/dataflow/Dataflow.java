package org.sparkberry.dataflow;

import java.util.function.Function;
import org.sparkberry.estimate.Estimator;
import org.sparkberry.estimate.Result;
import org.sparkberry.model.Course;
import org.sparkberry.model.Model;
import org.sparkberry.model.Simulation;
import org.sparkberry.model.Work;

/** How blocks are computed and merged. The result is the same to the last bit whatever the dataflow. */
public interface Dataflow {
    /** Computes every block of the work once and merges what they give: a pass that a later one builds on. */
    <E extends Estimator<E>> E estimate(Model<E> model, Work work);

    /**
     * The pass that ends in the result. A dataflow may compute it in rounds, from the first block on, and stop after a
     * round that is precise enough: then the result rests on fewer trials than the work holds, and is the same as that
     * of a work of so many trials.
     *
     * @param summary what a person is told; called after every round, and must not change the estimator
     */
    default <E extends Estimator<E>> Result sample(Model<E> model, Work work, Function<E, Result> summary) {
        return summary.apply(estimate(model, work));
    }

    /** Lets a simulation run from its initial state to its last step. */
    Course simulate(Simulation simulation);
}
