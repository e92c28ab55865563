package org.sparkberry.model;

import org.sparkberry.random.Streams;

/**
 * A numbered share of the work, computed by one thread.
 *
 * @param streams the run's random streams
 * @param number from 0
 * @param firstTrial the number of its first trial in the run
 * @param trials how many trials it holds, at least 1; only the last block of a run holds fewer than the others
 */
public record Block(Streams streams, long number, long firstTrial, long trials) {
    /** How many of the block's trials fall to a lane when they are dealt out to lanes in turn. */
    public long trialsOfLane(int lane, int lanes) {
        return trials / lanes + (lane < trials % lanes ? 1 : 0);
    }
}
