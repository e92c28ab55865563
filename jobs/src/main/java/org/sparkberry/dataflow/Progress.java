package org.sparkberry.dataflow;

/** Is told how far the work has come. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress NONE = (doneBlocks, blocks) -> {};

    /** Called by one thread at a time, after each part of the work. */
    void done(long doneBlocks, long blocks);
}
