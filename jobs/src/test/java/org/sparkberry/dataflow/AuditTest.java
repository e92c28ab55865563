package org.sparkberry.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.sparkberry.estimate.Proportion;
import org.sparkberry.model.Block;
import org.sparkberry.model.Darts;
import org.sparkberry.model.Model;
import org.sparkberry.model.Work;
import org.sparkberry.random.Streams;

class AuditTest {
    private static final Work WORK = new Work(new Streams(1, "test"), 100_050, 100);
    private static final Proportion RIGHT = new SingleThread().estimate(new Darts(), WORK);

    private final List<AuditReport.Wrong> told = new ArrayList<>();
    private final Ledger<Proportion> ledger = new Ledger<>();

    @Test
    void ofExecutorsThatComputeRightAShareIsComputedTwiceElsewhere() {
        InThread executors = new InThread("pi1", "pi2", "pi3");
        Audit audit = audit(executors, 0.2);
        everything(audit, executors, new Darts());

        // 1001 blocks, each with probability 0.2: the standard deviation is 12.7; five are one in two million.
        assertThat(audit.report().blocks()).isBetween(137L, 264L);
        assertThat(audit.report().elsewhere()).isEqualTo(audit.report().blocks());
        assertThat(executors.computed())
                .isEqualTo(WORK.blocks() + audit.report().blocks());
        assertThat(audit.report().wrong()).isEmpty();
        assertRight();
    }

    @Test
    void anExecutorThatComputesWronglyIsNamedAndAllItDidIsComputedAgain() {
        InThread executors = new InThread("pi1", "pi2", "pi3");
        Audit audit = audit(executors, 0.05);
        everything(audit, executors, new Faulty(() -> InThread.current().equals("1")));

        assertThat(told).hasSize(1);
        assertThat(told.get(0).who()).isEqualTo("host pi2");
        assertThat(executors.excluded()).containsExactly("1");
        assertThat(audit.report().wrong()).isEqualTo(told);
        // A third of the blocks, or as many as its tasks held.
        assertThat(audit.report().blocksAgain()).isBetween(300L, 370L);
        assertRight();
    }

    @Test
    void allExecutorsOfABadHostAreExcluded() {
        InThread executors = new InThread("pi1", "pi2", "pi2", "pi3");
        Audit audit = audit(executors, 0.05);
        everything(audit, executors, new Faulty(() -> InThread.current().equals("1")));

        assertThat(executors.excluded()).containsExactlyInAnyOrder("1", "2");
        assertRight();
    }

    @Test
    void onOneHostItIsTheExecutorThatIsNamed() {
        InThread executors = new InThread("pi1", "pi1");
        Audit audit = audit(executors, 0.05);
        everything(audit, executors, new Faulty(() -> InThread.current().equals("0")));

        assertThat(told).extracting(AuditReport.Wrong::who).containsExactly("executor 0 on pi1");
        assertRight();
    }

    @Test
    void whatSomeoneDidInEarlierPartsOfTheWorkIsTakenBackToo() {
        InThread executors = new InThread("pi1", "pi2", "pi3");
        Model<Proportion> model = new Faulty(() -> InThread.current().equals("1"));
        // No block is drawn of the first part: what was wrong in it is not seen.
        audit(executors, 1e-12).compute(model, WORK, BlockRanges.of(0, 500), 12, ledger);
        assertThat(told).isEmpty();
        assertThat(ledger.blocksOf("host pi2").count()).isBetween(160L, 175L);

        Audit audit = audit(executors, 0.05);
        everything(audit, executors, model);

        assertThat(ledger.blocksOf("host pi2").isEmpty()).isTrue();
        assertThat(audit.report().blocksAgain()).isGreaterThan(300);
        assertRight();
    }

    @Test
    void whereSparkRunsTasksElsewhereThanWantedBlocksAreTriedAgain() {
        InThread executors = new InThread("pi1", "pi2").ignoringWishes();
        Audit audit = audit(executors, 0.1);
        everything(audit, executors, new Darts());

        assertThat(audit.report().elsewhere()).isGreaterThan(audit.report().blocks() * 9 / 10);
        assertRight();
    }

    @Test
    void withNobodyElseTheSameOneComputesTwice() {
        InThread executors = new InThread("pi1");
        Audit audit = audit(executors, 0.1);
        everything(audit, executors, new Darts());

        assertThat(audit.report().blocks()).isPositive();
        assertThat(audit.report().elsewhere()).isZero();
        assertRight();
    }

    @Test
    void withNobodyElseAMachineThatComputesWronglyNowAndThenEndsTheRun() {
        InThread executors = new InThread("pi1");
        int[] count = new int[1];
        // Wrong once, right ever after.
        Model<Proportion> model = new Faulty(() -> !InThread.current().isEmpty() && count[0]++ == 0);

        assertThatThrownBy(() -> everything(audit(executors, 1), executors, model))
                .isInstanceOf(AuditFailed.class)
                .hasMessageStartingWith("executor 0 on pi1 computed block ")
                .hasMessageContaining("there is no other host or executor");
    }

    @Test
    void aModelThatNeverGivesTheSameEndsTheRun() {
        InThread executors = new InThread("pi1", "pi2");
        int[] count = new int[1];
        Model<Proportion> model = new Faulty(() -> true) {
            private static final long serialVersionUID = 1;

            @Override
            long excess() {
                return ++count[0];
            }
        };

        assertThatThrownBy(() -> everything(audit(executors, 0.5), executors, model))
                .isInstanceOf(AuditFailed.class)
                .hasMessageContaining("gave three different results");
    }

    @Test
    void whereAllComputeWronglyTheRunEnds() {
        InThread executors = new InThread("pi1", "pi2");
        Model<Proportion> model = new Faulty(() -> !InThread.current().isEmpty()) {
            private static final long serialVersionUID = 1;

            @Override
            long excess() {
                return 1 + Long.parseLong(InThread.current());
            }
        };

        assertThatThrownBy(() -> everything(audit(executors, 0.5), executors, model))
                .isInstanceOf(AuditFailed.class);
    }

    private Audit audit(InThread executors, double share) {
        return new Audit(executors, new AuditSample(share), told::add);
    }

    private void everything(Audit audit, InThread executors, Model<Proportion> model) {
        BlockRanges wanted = BlockRanges.of(0, WORK.blocks());
        for (BlockRanges pending = wanted.minus(ledger.blocks());
                !pending.isEmpty();
                pending = wanted.minus(ledger.blocks())) {
            audit.compute(model, WORK, pending, 16 * executors.cores(), ledger);
        }
    }

    private void assertRight() {
        Proportion merged = ledger.merged(new Darts());
        assertThat(merged.trials()).isEqualTo(WORK.trials());
        assertThat(merged.successes()).isEqualTo(RIGHT.successes());
    }

    /** Darts that count a hit too much where it is told to. */
    private static class Faulty implements Model<Proportion> {
        private static final long serialVersionUID = 1;

        private final transient BooleanSupplier isWrong;

        Faulty(BooleanSupplier isWrong) {
            this.isWrong = isWrong;
        }

        long excess() {
            return 1;
        }

        @Override
        public Proportion estimator() {
            return new Proportion();
        }

        @Override
        public void compute(Block block, Proportion proportion) {
            new Darts().compute(block, proportion);
            if (isWrong.getAsBoolean()) {
                long excess = excess();
                proportion.add(excess, excess);
            }
        }
    }
}
