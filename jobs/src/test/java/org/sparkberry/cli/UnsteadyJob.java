package org.sparkberry.cli;

import org.sparkberry.dataflow.Tables;
import org.sparkberry.estimate.Proportion;
import org.sparkberry.estimate.Result;
import org.sparkberry.job.Job;
import org.sparkberry.job.Option;
import org.sparkberry.job.Parameters;
import org.sparkberry.model.Block;
import org.sparkberry.model.Model;
import org.sparkberry.model.Work;

/** A job that breaks the contract as many programs do: its random numbers depend on the thread that draws them. */
public final class UnsteadyJob implements Job {
    private static final Option<Long> TRIALS = Option.trials("1e7");

    @Override
    public String name() {
        return "unsteady";
    }

    @Override
    public String summary() {
        return "darts with the JDK's shared generator";
    }

    @Override
    public Option<Long> size() {
        return TRIALS;
    }

    @Override
    public long blockSize() {
        return 100_000;
    }

    @Override
    public Experiment prepare(Parameters parameters, Tables tables) {
        Work work = parameters.work(this);
        return dataflow ->
                dataflow.sample(new UnsteadyModel(), work, hits -> Result.of(hits.trials(), hits.estimate("hits")));
    }

    /** Its model. */
    public static final class UnsteadyModel implements Model<Proportion> {
        private static final long serialVersionUID = 1;

        @Override
        public Proportion estimator() {
            return new Proportion();
        }

        @Override
        public void compute(Block block, Proportion proportion) {
            long hits = 0;
            for (long i = 0; i < block.trials(); i++) {
                hits += Math.random() < 0.5 ? 1 : 0;
            }
            proportion.add(hits, block.trials());
        }
    }
}
