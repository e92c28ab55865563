package org.sparkberry.job;

import org.sparkberry.dataflow.Tables;
import org.sparkberry.estimate.Proportion;
import org.sparkberry.estimate.Result;
import org.sparkberry.model.Darts;
import org.sparkberry.model.Work;

/** π by darts: the first thing to run. */
public final class Pi implements Job {
    private static final Option<Long> TRIALS = Option.trials("1e9");

    @Override
    public String name() {
        return "pi";
    }

    @Override
    public String summary() {
        return "π by darts thrown at a square and its inscribed circle";
    }

    @Override
    public Option<Long> size() {
        return TRIALS;
    }

    @Override
    public long blockSize() {
        return 1 << 20;
    }

    @Override
    public Experiment prepare(Parameters parameters, Tables tables) {
        Work work = parameters.work(this);
        return dataflow -> dataflow.sample(new Darts(), work, Pi::result);
    }

    private static Result result(Proportion hits) {
        return Result.of(hits.trials(), hits.estimate("pi").times(4).withReference(Math.PI));
    }
}
