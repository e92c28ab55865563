package org.sparkberry.dataflow;

import java.util.stream.IntStream;
import org.sparkberry.estimate.Estimator;
import org.sparkberry.model.Course;
import org.sparkberry.model.Model;
import org.sparkberry.model.Simulation;
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

    @Override
    public Course simulate(Simulation simulation) {
        Steps steps = new Steps(simulation);
        while (!steps.isAtEnd()) {
            steps.advance(stepper(simulation));
        }
        return steps.course();
    }

    static Steps.Stepper stepper(Simulation simulation) {
        return (step, states, shown) -> IntStream.range(0, states.size())
                .mapToObj(block -> simulation.step(block, step, states.get(block), shown))
                .toList();
    }
}
