package org.sparkberry.cli;

import java.io.IOException;
import org.sparkberry.dataflow.AuditReport;
import org.sparkberry.dataflow.Round;
import org.sparkberry.dataflow.Rounds;
import org.sparkberry.estimate.Table;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Clock;
import org.sparkberry.scaling.InWords;

/** Says how far a run has come. */
final class RunProgress implements Rounds.Observer {
    /** Later rounds know better, but there may be dozens of short ones. */
    private static final double SECONDS_BETWEEN_FORECASTS = 10;

    private final Terminal terminal;
    private final Clock clock;
    private final String what;
    private final long mostTrials;
    private final Runnable whenResumable;
    private final Snapshots snapshots;
    private long start;
    private long blocksBefore = -1;
    private boolean hasForetold;
    private long lastForetold;
    private boolean hasFailedToKeep;
    private boolean hasLostSnapshot;

    /** Where the states on the way go. */
    @FunctionalInterface
    interface Snapshots {
        void write(Table table) throws IOException;
    }

    /**
     * @param what the job's name
     * @param mostTrials how many trials there may be
     * @param whenResumable is run when there is something to go on from
     */
    RunProgress(
            Terminal terminal, Clock clock, String what, long mostTrials, Runnable whenResumable, Snapshots snapshots) {
        this.terminal = terminal;
        this.clock = clock;
        this.what = what;
        this.mostTrials = mostTrials;
        this.whenResumable = whenResumable;
        this.snapshots = snapshots;
    }

    @Override
    public void progress(long doneBlocks, long blocks) {
        if (blocksBefore < 0) {
            blocksBefore = doneBlocks;
            start = clock.nanos();
            return;
        }
        double rate = (doneBlocks - blocksBefore) / clock.secondsSince(start);
        terminal.progress(what, (double) doneBlocks / blocks, rate > 0 ? (blocks - doneBlocks) / rate : -1);
    }

    @Override
    public void round(Round round, double trialsNeeded, double secondsLeft) {
        String so = "after " + InWords.whole(round.trials()) + " trials: "
                + InWords.fixed(round.value(), InWords.decimals(round.standardError()))
                + " with a standard error of " + InWords.short3(round.standardError());
        boolean isSoon = hasForetold && clock.secondsSince(lastForetold) < SECONDS_BETWEEN_FORECASTS;
        if (isSoon || trialsNeeded <= round.trials()) {
            terminal.status(so);
            return;
        }
        hasForetold = true;
        lastForetold = clock.nanos();
        if (!(trialsNeeded < Double.POSITIVE_INFINITY)) {
            terminal.note(so + "; how many more it takes is not known yet");
        } else if (trialsNeeded > mostTrials) {
            terminal.note(so + "; the precision asked for takes about " + InWords.short3(trialsNeeded)
                    + " trials, more than the " + InWords.whole(mostTrials) + " that may be made");
        } else {
            terminal.note(so + "; the precision asked for takes about " + InWords.short3(trialsNeeded) + " trials, "
                    + InWords.duration(secondsLeft) + " more");
        }
    }

    @Override
    public void wrong(AuditReport.Wrong wrong) {
        terminal.note("warning: " + wrong.who() + " computed block " + wrong.block()
                + " wrongly: it is excluded, and all that it did is computed again; check its cooling, power supply and"
                + " memory");
    }

    @Override
    public void resumable() {
        whenResumable.run();
    }

    @Override
    public void snapshot(Table table) {
        try {
            snapshots.write(table);
        } catch (IOException e) {
            if (!hasLostSnapshot) {
                terminal.note("warning: " + table.name() + " could not be written: " + BadInput.reason(e)
                        + "; the run goes on");
            }
            hasLostSnapshot = true;
        }
    }

    @Override
    public void checkpointFailed(IOException failure) {
        if (!hasFailedToKeep) {
            terminal.note("warning: a checkpoint could not be written: " + BadInput.reason(failure)
                    + "; the run goes on, and the last good checkpoint is kept");
        }
        hasFailedToKeep = true;
    }
}
