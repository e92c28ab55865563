package org.sparkberry.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkberry.estimate.Estimator;
import org.sparkberry.estimate.Proportion;
import org.sparkberry.model.Block;
import org.sparkberry.model.Darts;
import org.sparkberry.model.Model;
import org.sparkberry.model.Work;
import org.sparkberry.random.Streams;

class SingleThreadTest {
    private static final Streams STREAMS = new Streams(1, "test");

    @Test
    void everyBlockIsComputedOnceAndInOrderTheLastOneShort() {
        Visits visits = new SingleThread().estimate(new Visitor(), new Work(STREAMS, 10, 4));
        assertThat(visits.blocks)
                .containsExactly(new Block(STREAMS, 0, 0, 4), new Block(STREAMS, 1, 4, 4), new Block(STREAMS, 2, 8, 2));
    }

    @Test
    void lessWorkThanABlockIsOneShortBlock() {
        Visits visits = new SingleThread().estimate(new Visitor(), new Work(STREAMS, 3, 1L << 40));
        assertThat(visits.blocks).containsExactly(new Block(STREAMS, 0, 0, 3));
    }

    @Test
    void aSecondRunStartsFromNothing() {
        Visitor model = new Visitor();
        Work work = new Work(STREAMS, 10, 4);
        SingleThread dataflow = new SingleThread();
        dataflow.estimate(model, work);
        assertThat(dataflow.estimate(model, work).blocks).hasSize(3);
    }

    @Test
    void itGivesWhatALoopByHandGives() {
        Darts darts = new Darts();
        long hits = 0;
        for (Block block : List.of(
                new Block(STREAMS, 2, 20_000, 5_001),
                new Block(STREAMS, 0, 0, 10_000),
                new Block(STREAMS, 1, 10_000, 10_000))) {
            Proportion part = new Proportion();
            darts.compute(block, part);
            hits += part.successes();
        }
        Proportion all = new SingleThread().estimate(darts, new Work(STREAMS, 25_001, 10_000));
        assertThat(all.trials()).isEqualTo(25_001);
        assertThat(all.successes()).isEqualTo(hits);
    }

    /** Notes the blocks that it is given. */
    private static final class Visitor implements Model<Visits> {
        private static final long serialVersionUID = 1;

        @Override
        public Visits estimator() {
            return new Visits();
        }

        @Override
        public void compute(Block block, Visits visits) {
            visits.blocks.add(block);
        }
    }

    private static final class Visits implements Estimator<Visits> {
        private static final long serialVersionUID = 1;

        private final transient List<Block> blocks = new ArrayList<>();

        @Override
        public void merge(Visits other) {
            blocks.addAll(other.blocks);
        }
    }
}
