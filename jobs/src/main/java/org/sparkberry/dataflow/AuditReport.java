package org.sparkberry.dataflow;

import java.util.List;

/**
 * What an audit has found.
 *
 * @param share of the blocks that were to be computed twice
 * @param blocks how many were
 * @param elsewhere how many of these were computed the second time by another host or executor than the first time
 * @param wrong those who computed wrongly, by the block that showed it; all that they had done was computed again
 * @param blocksAgain how many blocks were computed again because of that
 */
public record AuditReport(double share, long blocks, long elsewhere, List<Wrong> wrong, long blocksAgain) {
    public AuditReport {
        wrong = List.copyOf(wrong);
    }

    /**
     * Someone who computed wrongly.
     *
     * @param who the host, or the executor where all are on one host
     * @param block whose result differed from two others that agree
     */
    public record Wrong(String who, long block) {}
}
