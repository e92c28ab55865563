package org.sparkberry.cli;

import java.util.List;
import org.apache.spark.SparkEnv;
import org.sparkberry.dataflow.Tables;
import org.sparkberry.estimate.Proportion;
import org.sparkberry.estimate.Result;
import org.sparkberry.job.Job;
import org.sparkberry.job.Option;
import org.sparkberry.job.Parameters;
import org.sparkberry.model.Block;
import org.sparkberry.model.Darts;
import org.sparkberry.model.Model;
import org.sparkberry.model.Work;

/** Darts, of which executor 1 counts one hit too much in every block, as if its memory were broken. */
public final class WrongJob implements Job {
    static final String BAD_EXECUTOR = "1";

    private static final Option<Long> TRIALS = Option.trials("2e9");

    @Override
    public String name() {
        return "wrong";
    }

    @Override
    public String summary() {
        return "darts that one executor counts wrongly";
    }

    @Override
    public Pattern pattern() {
        return Pattern.INDEPENDENT;
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
        Work work = new Work(parameters.streams(this), parameters.get(TRIALS), blockSize());
        return dataflow -> dataflow.sample(
                new WrongModel(), work, hits -> new Result(hits.trials(), List.of(hits.estimate("share")), List.of()));
    }

    /** Its model. */
    public static final class WrongModel implements Model<Proportion> {
        private static final long serialVersionUID = 1;

        @Override
        public Proportion estimator() {
            return new Proportion();
        }

        @Override
        public void compute(Block block, Proportion proportion) {
            new Darts().compute(block, proportion);
            if (SparkEnv.get() != null && SparkEnv.get().executorId().equals(BAD_EXECUTOR)) {
                proportion.add(1, 1);
            }
        }
    }
}
