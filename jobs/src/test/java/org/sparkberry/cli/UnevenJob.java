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

/**
 * A job whose first block takes fifty times as long as each other one. It sleeps instead of computing, so that its times
 * are the same on a busy machine.
 */
public final class UnevenJob implements Job {
    static final long LONG_MILLIS = 1000;
    static final long SHORT_MILLIS = 20;

    private static final Option<Long> TRIALS = Option.trials("8");

    @Override
    public String name() {
        return "uneven";
    }

    @Override
    public String summary() {
        return "one long block among short ones";
    }

    @Override
    public Option<Long> size() {
        return TRIALS;
    }

    @Override
    public long blockSize() {
        return 1;
    }

    @Override
    public Experiment prepare(Parameters parameters, Tables tables) {
        Work work = parameters.work(this);
        return dataflow ->
                dataflow.sample(new UnevenModel(), work, hits -> Result.of(hits.trials(), hits.estimate("hits")));
    }

    /** Its model. */
    public static final class UnevenModel implements Model<Proportion> {
        private static final long serialVersionUID = 1;

        @Override
        public Proportion estimator() {
            return new Proportion();
        }

        @Override
        public void compute(Block block, Proportion proportion) {
            try {
                Thread.sleep(block.number() == 0 ? LONG_MILLIS : SHORT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            proportion.add(block.number() % 2, block.trials());
        }
    }
}
