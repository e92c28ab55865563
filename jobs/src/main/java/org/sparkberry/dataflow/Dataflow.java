package org.sparkberry.dataflow;

import org.sparkberry.estimate.Estimator;
import org.sparkberry.model.Model;
import org.sparkberry.model.Work;

/** How blocks are computed and merged. The result is the same to the last bit whatever the dataflow. */
public interface Dataflow {
    /** Computes every block of the work once and merges what they give. */
    <E extends Estimator<E>> E estimate(Model<E> model, Work work);
}
