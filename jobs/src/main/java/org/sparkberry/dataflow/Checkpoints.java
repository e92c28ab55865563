package org.sparkberry.dataflow;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Clock;

/** When a run writes checkpoints, and what it goes on from. */
final class Checkpoints {
    private final CheckpointFolder folder;
    private final CheckpointHeader identity;
    private final double intervalSeconds;
    private final Rounds.Observer observer;
    private final Clock clock;
    private boolean hasWritten;
    private long last;

    /**
     * @param identity what the run is: its header without rounds
     * @param intervalSeconds at least how often to write one
     */
    Checkpoints(
            CheckpointFolder folder,
            CheckpointHeader identity,
            double intervalSeconds,
            Rounds.Observer observer,
            Clock clock) {
        this.folder = folder;
        this.identity = identity;
        this.intervalSeconds = intervalSeconds;
        this.observer = observer;
        this.clock = clock;
    }

    /**
     * What the run was when it stopped.
     *
     * @param state as {@link #write} was given it
     */
    record Restored(CheckpointHeader header, Object state) {}

    /**
     * What there is to go on from.
     *
     * @param fingerprint of the first block, as it is computed now
     * @param job a class of the job
     * @throws BadInput if it was computed by other code or from other data, or cannot be read
     */
    Optional<Restored> newest(long fingerprint, Class<?> job) {
        Optional<Restored> newest = folder.newest().map(stored -> restored(stored, fingerprint, job));
        newest.ifPresent(restored -> {
            hasWritten = true;
            observer.resumable();
        });
        last = clock.nanos();
        return newest;
    }

    /** Whether it is time for the next. */
    boolean areDue() {
        return clock.secondsSince(last) >= intervalSeconds;
    }

    /**
     * Writes one. If that fails the run goes on: the last good one is there still.
     *
     * @param blocks up to which block the round goes that is under way; of a simulation: the next step
     */
    void write(long blocks, List<Round> rounds, double computeSeconds, long fingerprint, Serializable state) {
        CheckpointHeader header = new CheckpointHeader(
                identity.schemaVersion(),
                identity.sparkberry(),
                identity.job(),
                identity.parameters(),
                identity.sampling(),
                blocks,
                rounds,
                computeSeconds,
                fingerprint);
        try {
            folder.write(header, StateBytes.write(state));
            if (!hasWritten) {
                observer.resumable();
            }
            hasWritten = true;
        } catch (IOException e) {
            observer.checkpointFailed(e);
        }
        last = clock.nanos();
    }

    private Restored restored(CheckpointFolder.Stored stored, long fingerprint, Class<?> job) {
        if (stored.header().fingerprint() != fingerprint) {
            throw new BadInput(folder.location() + ": " + identity.job()
                    + " computes other bits now than when this checkpoint was written: its code or its input data"
                    + " have changed; start the run anew");
        }
        try {
            return new Restored(stored.header(), StateBytes.read(stored.state(), job));
        } catch (IOException | ClassNotFoundException | ClassCastException e) {
            throw new BadInput(
                    folder.location() + ": the checkpoint's state cannot be read by this version (" + e.getMessage()
                            + "); start the run anew",
                    e);
        }
    }
}
