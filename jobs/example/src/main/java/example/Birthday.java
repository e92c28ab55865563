package example;

import java.util.BitSet;
import java.util.List;
import org.sparkberry.dataflow.Tables;
import org.sparkberry.estimate.*;
import org.sparkberry.job.*;
import org.sparkberry.model.*;

/** How likely do two people in a group share a birthday? */
public final class Birthday implements Job {
    static final Option<Long> PEOPLE = Option.whole("people", "N", 2, 100, "23", "how many people");

    @Override public String name() { return "birthday"; }
    @Override public String summary() { return "the chance that two in a group share a birthday"; }
    @Override public Option<Long> size() { return Option.trials("1e7"); }
    @Override public long blockSize() { return 1 << 14; }
    @Override public List<Option<?>> options() { return List.of(PEOPLE); }

    @Override public Experiment prepare(Parameters parameters, Tables tables) {
        long people = parameters.get(PEOPLE);
        double allDiffer = 1;
        for (int i = 1; i < people; i++) allDiffer *= (365.0 - i) / 365;
        double known = 1 - allDiffer;
        return dataflow -> dataflow.sample(new Group(people), parameters.work(this), shared ->
                Result.of(shared.trials(), shared.estimate("shared").withReference(known)));
    }

    record Group(long people) implements Model<Proportion> {
        @Override public Proportion estimator() { return new Proportion(); }
        @Override public void compute(Block block, Proportion shared) {
            var random = block.streams().stream(block.number());
            for (long trial = 0; trial < block.trials(); trial++) {
                BitSet days = new BitSet(365);
                for (int i = 0; i < people; i++) days.set(random.nextIndex(365));
                shared.add(days.cardinality() < people ? 1 : 0, 1);
            }
        }
    }
}
