package org.sparkberry.dataflow;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * Which blocks each task computes: contiguous ranges in ascending order, the first tasks large and the last ones small.
 *
 * <p>Spark starts tasks in their order, each when a core is free. Nodes are never equally fast: with equal tasks all
 * wait for the one that happened to start its last one late. The tasks of the last wave have one share each, those of
 * the wave before it two, and so on, so that with four tasks per core the last ones are a tenth of a core's work and
 * not a quarter (decreasing sizes as in Tzen and Ni 1993, trapezoid self-scheduling, doi:10.1109/71.205655). With less
 * than two tasks per core, or few blocks, all have the same size.
 *
 * @param blocks all blocks
 * @param tasks how many tasks, at least 1
 * @param cores how many run at the same time, at least 1
 */
record TaskRanges(BlockRanges blocks, int tasks, int cores) implements Serializable {
    private static final long serialVersionUID = 1;

    /** With fewer blocks per task the smallest tasks would be without any. */
    private static final long FEW_BLOCKS = 8;

    TaskRanges {
        if (tasks < 1 || cores < 1) {
            throw new IllegalArgumentException("tasks and cores must be at least 1: " + tasks + ", " + cores);
        }
    }

    /** The blocks of a task, from 0. */
    BlockRanges of(int task) {
        long count = blocks.count();
        return isEqual(count)
                ? blocks.slice(equalPlace(task, count), equalPlace(task + 1, count))
                : blocks.slice(place(task, count), place(task + 1, count));
    }

    private boolean isEqual(long count) {
        return tasks < 2L * cores || count / tasks < FEW_BLOCKS;
    }

    /** Tasks differ by one block at most. */
    private long equalPlace(int task, long count) {
        return count / tasks * task + Math.min(task, count % tasks);
    }

    private long place(int task, long count) {
        BigInteger all = BigInteger.valueOf(shares(tasks));
        BigInteger before = all.subtract(BigInteger.valueOf(shares(tasks - task)));
        return BigInteger.valueOf(count).multiply(before).divide(all).longValueExact();
    }

    /** Of so many tasks at the end, together: the last {@code cores} have 1 each, as many before them 2, and so on. */
    private long shares(int last) {
        long waves = last / cores;
        return cores * (waves * (waves + 1) / 2) + last % cores * (waves + 1);
    }
}
