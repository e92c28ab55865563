package org.sparkberry.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TaskRangesTest {
    private static final BlockRanges MANY = BlockRanges.ofBounds(List.of(3L, 1003L, 5000L, 14_000L));

    @Test
    void theTasksTogetherHaveEachBlockOnceAndInOrder() {
        for (int tasks : new int[] {1, 2, 3, 7, 64, 1000, 1250}) {
            for (int cores : new int[] {1, 2, 5, 16, 64}) {
                assertThat(inTurn(new TaskRanges(MANY, tasks, cores)))
                        .as(tasks + " tasks, " + cores + " cores")
                        .isEqualTo(numbers(MANY));
            }
        }
    }

    /** 10,000 blocks, 4 waves of 5: shares 4, 3, 2, 1, of 50. */
    @Test
    void eachWaveIsSmallerThanTheOneBeforeByAShare() {
        TaskRanges ranges = new TaskRanges(MANY, 20, 5);

        assertThat(List.of(0, 4, 5, 9, 10, 14, 15, 19))
                .extracting(task -> ranges.of(task).count())
                .containsExactly(800L, 800L, 600L, 600L, 400L, 400L, 200L, 200L);
        // A wave that is not full comes first: shares 3, 2, 2, 1, 1.
        assertThat(List.of(0, 1, 2, 3, 4))
                .extracting(task ->
                        new TaskRanges(BlockRanges.of(0, 9000), 5, 2).of(task).count())
                .containsExactly(3000L, 2000L, 2000L, 1000L, 1000L);
    }

    @Test
    void oneWaveAndFewBlocksAreCutIntoEqualTasks() {
        assertThat(sizes(new TaskRanges(BlockRanges.of(0, 1003), 7, 4))).containsOnly(143L, 144L);
        assertThat(sizes(new TaskRanges(BlockRanges.of(0, 300), 64, 4))).containsOnly(4L, 5L);
    }

    @Test
    void veryManyBlocksAreCountedExactly() {
        BlockRanges all = BlockRanges.of(0, Long.MAX_VALUE);
        for (int tasks : new int[] {1, 2, 3, 65_537, Integer.MAX_VALUE}) {
            TaskRanges ranges = new TaskRanges(all, tasks, 1);
            assertThat(ranges.of(tasks - 1).bounds().get(1)).isEqualTo(Long.MAX_VALUE);
            assertThat(ranges.of(tasks / 2).bounds().get(0))
                    .isEqualTo(
                            tasks == 1 ? 0 : ranges.of(tasks / 2 - 1).bounds().get(1));
        }
    }

    /**
     * Cores whose speeds differ by 5 % from each other and from moment to moment, as measured on equal nodes, and a rack
     * with boards of two kinds. The simulation is Spark's: the next task goes to the core that is free first.
     */
    @Test
    void manyCoresWaitAboutHalfAsLongAtTheEndAsWithEqualTasks() {
        BlockRanges blocks = BlockRanges.of(0, 100_000);
        for (int cores : new int[] {16, 64}) {
            TaskRanges smaller = new TaskRanges(blocks, 4 * cores, cores);
            // As many cores as tasks: equal.
            TaskRanges equal = new TaskRanges(blocks, 4 * cores, 4 * cores);
            for (double slowness : new double[] {1, 1.5, 2}) {
                assertThat(meanIdleShare(smaller, cores, slowness) / meanIdleShare(equal, cores, slowness))
                        .as(cores + " cores, every other " + slowness + " times as slow")
                        .isBetween(0.3, 0.6);
            }
        }
    }

    @Test
    void noTasksOrCoresAreRefused() {
        assertThatThrownBy(() -> new TaskRanges(MANY, 0, 1)).hasMessage("tasks and cores must be at least 1: 0, 1");
        assertThatThrownBy(() -> new TaskRanges(MANY, 1, 0)).hasMessage("tasks and cores must be at least 1: 1, 0");
    }

    /** The seed is fixed: the outcome is always the same. */
    private static double meanIdleShare(TaskRanges ranges, int cores, double slowness) {
        Random random = new Random(5);
        double idle = 0;
        double all = 0;
        for (int run = 0; run < 200; run++) {
            PriorityQueue<double[]> free = new PriorityQueue<>(Comparator.comparingDouble(core -> core[0]));
            for (int core = 0; core < cores; core++) {
                double factor = core % 2 == 0 ? 1 : slowness;
                free.add(new double[] {0, factor * (1 + 0.05 * random.nextGaussian())});
            }
            double end = 0;
            double busy = 0;
            for (int task = 0; task < ranges.tasks(); task++) {
                double[] core = free.remove();
                double seconds = ranges.of(task).count() * core[1] * (1 + 0.05 * random.nextGaussian());
                busy += seconds;
                end = Math.max(end, core[0] + seconds);
                free.add(new double[] {core[0] + seconds, core[1]});
            }
            idle += cores * end - busy;
            all += cores * end;
        }
        return idle / all;
    }

    private static List<Long> sizes(TaskRanges ranges) {
        List<Long> sizes = new ArrayList<>();
        for (int task = 0; task < ranges.tasks(); task++) {
            sizes.add(ranges.of(task).count());
        }
        return sizes;
    }

    private static List<Long> inTurn(TaskRanges ranges) {
        List<Long> all = new ArrayList<>();
        for (int task = 0; task < ranges.tasks(); task++) {
            ranges.of(task).forEach(all::add);
        }
        return all;
    }

    private static List<Long> numbers(BlockRanges ranges) {
        List<Long> numbers = new ArrayList<>();
        ranges.forEach(numbers::add);
        return numbers;
    }
}
