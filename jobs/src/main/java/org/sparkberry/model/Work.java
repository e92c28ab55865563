package org.sparkberry.model;

import java.io.Serializable;
import org.sparkberry.random.Streams;

/**
 * All the trials of a run, cut into blocks: a matter of the job, never of the cluster.
 *
 * @param streams the run's random streams
 * @param trials how many in all, at least 1
 * @param trialsPerBlock how many in every block but the last, at least 1
 */
public record Work(Streams streams, long trials, long trialsPerBlock) implements Serializable {
    public Work {
        if (!(trials >= 1)) {
            throw new IllegalArgumentException("trials must be at least 1: " + trials);
        }
        if (!(trialsPerBlock >= 1)) {
            throw new IllegalArgumentException("trialsPerBlock must be at least 1: " + trialsPerBlock);
        }
    }

    /** How many blocks, at least 1. */
    public long blocks() {
        return (trials - 1) / trialsPerBlock + 1;
    }

    /** The block of this number, from 0 to {@link #blocks()} − 1. */
    public Block block(long number) {
        long first = Math.multiplyExact(number, trialsPerBlock);
        return new Block(streams, number, first, Math.min(trialsPerBlock, trials - first));
    }
}
