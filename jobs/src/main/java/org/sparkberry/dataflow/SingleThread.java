package org.sparkberry.dataflow;

import org.sparkberry.estimate.Estimator;
import org.sparkberry.model.Model;
import org.sparkberry.model.Work;

/** One block after the other in the calling thread, without Spark: the baseline of every speedup. */
public final class SingleThread implements Dataflow {
    @Override
    public <E extends Estimator<E>> E estimate(Model<E> model, Work work) {
        E estimator = model.estimator();
        for (long number = 0; number < work.blocks(); number++) {
            model.compute(work.block(number), estimator);
        }
        return estimator;
    }
}
