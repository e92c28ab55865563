package org.sparkberry.dataflow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Estimator;
import org.sparkberry.estimate.Result;
import org.sparkberry.estimate.Table;
import org.sparkberry.model.Course;
import org.sparkberry.model.Model;
import org.sparkberry.model.Simulation;
import org.sparkberry.model.Work;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Clock;

/**
 * The pass that ends in the result, in rounds until it is precise enough, with checkpoints and audits. A round goes from
 * the first block up to some block, and where it ends follows from the results of the rounds before alone; so the
 * answer after it is that of a run of so many trials, whatever was lost, resumed or audited on the way.
 */
public final class Rounds implements Dataflow {
    /** A task of more blocks than these runs for seconds, and what it does is lost with its executor. */
    private static final long BLOCKS_PER_TASK = 512;

    private static final int TASKS_PER_CORE = 4;
    /** Spark's scheduler holds every task of a job in memory. */
    private static final int MOST_TASKS = 4096;
    /** An audit comes after each such part of a round, and checkpoints come after audits. */
    private static final int AUDITED_TASKS_PER_CORE = 8;
    /** If this many times the trials leave this much of a standard error, more trials are of no use. */
    private static final double ENOUGH_GROWTH = 4;

    private static final double TOO_LITTLE_GAIN = 0.9;
    /** With a limit of time, rounds grow slowly: the last that fits into it uses most of it. */
    private static final double GROWTH_WITHIN_TIME = 1.5;

    private final Backend backend;
    private final Settings settings;
    private final Checkpoints checkpoints;
    private final Observer observer;
    private final Clock clock;
    private final Audit audit;
    private final List<Round> rounds = new ArrayList<>();
    private End end = End.COMPLETED;
    private boolean hasBegun;
    private boolean hasProgress;
    private long start;
    private double secondsBefore;

    /**
     * How to go about it.
     *
     * @param precision when to stop; empty: when all the work is done
     * @param hasBudget whether the work is what a person allows at most, not merely a number that nobody reaches
     * @param maxSeconds no round begins that would probably end later; infinite without a limit
     * @param partitions into how many tasks to cut a round; empty: as many as suit the cores
     * @param auditShare which share of the blocks to compute twice
     * @param checkpointSeconds at least how often to write a checkpoint
     */
    public record Settings(
            Optional<Precision> precision,
            boolean hasBudget,
            double maxSeconds,
            OptionalInt partitions,
            double auditShare,
            double checkpointSeconds) {}

    /** Why no further round was computed. */
    public enum End {
        /** All is done that was asked for. */
        COMPLETED,
        /** All the trials that were allowed are made. */
        TRIALS,
        /** The next round would end after the time that was allowed. */
        TIME,
        /** It would take more trials than any run can make. */
        TOO_MANY,
        /** The standard error does not fall with more trials. */
        NO_GAIN
    }

    /** Is told what is going on. */
    public interface Observer {
        /** So many blocks are done, of so many that are probably needed; first called before any is computed here. */
        void progress(long doneBlocks, long blocks);

        /** A round is complete; probably so many trials are needed in all (NaN if unknown) and so many more seconds. */
        void round(Round round, double trialsNeeded, double secondsLeft);

        /** Someone computes wrongly and is excluded. */
        void wrong(AuditReport.Wrong wrong);

        /** There is a checkpoint to go on from. */
        void resumable();

        /** A state that people may want to look at. */
        void snapshot(Table table);

        /** A checkpoint could not be written; the run goes on. */
        void checkpointFailed(IOException failure);
    }

    /**
     * @param folder where the checkpoints go; one that is there is gone on from
     * @param identity what the run is: its header without rounds
     */
    public Rounds(
            SparkTasks tasks,
            Settings settings,
            CheckpointFolder folder,
            CheckpointHeader identity,
            Observer observer,
            Clock clock) {
        this((Backend) tasks, settings, folder, identity, observer, clock);
    }

    Rounds(
            Backend backend,
            Settings settings,
            CheckpointFolder folder,
            CheckpointHeader identity,
            Observer observer,
            Clock clock) {
        this.backend = backend;
        this.settings = settings;
        this.checkpoints = new Checkpoints(folder, identity, settings.checkpointSeconds(), observer, clock);
        this.observer = observer;
        this.clock = clock;
        this.audit = new Audit(backend, new AuditSample(settings.auditShare()), observer::wrong);
    }

    /** The rounds that were completed, those before a resumption too. */
    public List<Round> rounds() {
        return List.copyOf(rounds);
    }

    /** Why there were no more of them. */
    public End end() {
        return end;
    }

    /** What the audit has found, if there was one. */
    public Optional<AuditReport> audit() {
        return settings.auditShare() > 0 ? Optional.of(audit.report()) : Optional.empty();
    }

    /** Whether anything is done that a resumption need not do again. */
    public boolean hasProgress() {
        return hasProgress;
    }

    /** What computing took, before a resumption too. */
    public double computeSeconds() {
        return secondsBefore + (hasBegun ? clock.secondsSince(start) : 0);
    }

    @Override
    public <E extends Estimator<E>> E estimate(Model<E> model, Work work) {
        return backend.estimate(model, work);
    }

    @Override
    public Course simulate(Simulation simulation) {
        begin();
        int tasks = settings.partitions().orElse(backend.cores());
        Steps steps = new Steps(simulation);
        long fingerprint = steps.fingerprint();
        Optional<Checkpoints.Restored> restored = checkpoints.newest(fingerprint, simulation.getClass());
        if (restored.isPresent()) {
            hasProgress = true;
            secondsBefore = restored.get().header().computeSeconds();
            steps = new Steps(simulation, (Steps.Position) restored.get().state());
        } else {
            checkpoints.write(0, List.of(), 0, fingerprint, steps.position());
        }
        observer.progress(steps.next(), simulation.steps() + 1);
        try (Steps.Stepper stepper = backend.stepper(simulation, tasks)) {
            while (!steps.isAtEnd()) {
                steps.advance(stepper);
                hasProgress = true;
                Optional<Table> snapshot = steps.snapshot();
                snapshot.ifPresent(observer::snapshot);
                if (snapshot.isPresent() || checkpoints.areDue()) {
                    checkpoints.write(steps.next(), List.of(), computeSeconds(), fingerprint, steps.position());
                }
                observer.progress(steps.next(), simulation.steps() + 1);
            }
        }
        return steps.course();
    }

    @Override
    public <E extends Estimator<E>> Result sample(Model<E> model, Work work, Function<E, Result> summary) {
        begin();
        return new Sampling<>(model, work, summary).result();
    }

    private void begin() {
        if (hasBegun) {
            throw new IllegalStateException("a job samples or simulates once");
        }
        hasBegun = true;
        start = clock.nanos();
    }

    /** The state of the pass. */
    private final class Sampling<E extends Estimator<E>> {
        private final Model<E> model;
        private final Work work;
        private final Function<E, Result> summary;
        private final long fingerprint;
        private Ledger<E> ledger = new Ledger<>();
        private long bound;
        private long needed;
        private long roundStart;
        private long blocksBefore;
        private long halfTime;
        private long blocksAtHalf;
        private double secondsPerBlock;

        Sampling(Model<E> model, Work work, Function<E, Result> summary) {
            this.model = model;
            this.work = work;
            this.summary = summary;
            this.fingerprint = firstBlock();
            this.bound =
                    settings.precision().isPresent() ? Math.min(Precision.FIRST_BLOCKS, work.blocks()) : work.blocks();
        }

        Result result() {
            checkpoints
                    .newest(fingerprint, model.estimator().getClass())
                    .ifPresentOrElse(this::restore, this::checkpoint);
            needed = bound;
            while (true) {
                computeRound();
                Result result = summary.apply(ledger.merged(model));
                if (settings.precision().isEmpty()) {
                    return result;
                }
                Optional<Long> next = next(settings.precision().get(), result);
                if (next.isEmpty()) {
                    return result;
                }
                bound = next.get();
                checkpoint();
            }
        }

        /** Where the next round ends; empty if there should be none. */
        private Optional<Long> next(Precision precision, Result result) {
            Estimate estimate = precision.estimate(result).orElseThrow(() -> noSuchTarget(precision, result));
            rounds.add(new Round(result.trials(), estimate.value(), estimate.standardError()));
            double factor = precision.factor(estimate);
            boolean isReached = precision.isReached(estimate);
            needed =
                    isReached ? bound : (long) Math.min(Math.ceil(bound * Math.max(1, factor)), (double) work.blocks());
            observer.round(
                    rounds.get(rounds.size() - 1),
                    isReached ? result.trials() : result.trials() * factor,
                    isReached ? 0 : Math.max(0, secondsPerBlock * bound * (factor - 1)));
            if (isReached) {
                return Optional.empty();
            }
            boolean isLast = bound == work.blocks();
            if (isLast || (!settings.hasBudget() && factor * bound > (double) work.blocks())) {
                end = isLast && settings.hasBudget() ? End.TRIALS : End.TOO_MANY;
                return Optional.empty();
            }
            if (isStuck()) {
                end = End.NO_GAIN;
                return Optional.empty();
            }
            long next = Math.min(precision.nextBlocks(estimate, bound), work.blocks());
            if (settings.maxSeconds() < Double.POSITIVE_INFINITY) {
                next = Math.min(next, (long) Math.ceil(bound * GROWTH_WITHIN_TIME));
                if (computeSeconds() + secondsPerBlock * (next - bound) > settings.maxSeconds()) {
                    end = End.TIME;
                    return Optional.empty();
                }
            }
            return Optional.of(next);
        }

        private BadInput noSuchTarget(Precision precision, Result result) {
            return new BadInput(
                    "--target: this job has no estimate '" + precision.target().orElse("")
                            + "'; it has "
                            + result.estimates().stream().map(Estimate::name).collect(Collectors.joining(", ")));
        }

        private void computeRound() {
            BlockRanges wanted = BlockRanges.of(0, bound);
            BlockRanges pending = wanted.minus(ledger.blocks());
            roundStart = clock.nanos();
            blocksBefore = bound - pending.count();
            blocksAtHalf = -1;
            observer.progress(blocksBefore, Math.max(needed, bound));
            while (!pending.isEmpty()) {
                long tasks = settings.partitions().isPresent()
                        ? settings.partitions().getAsInt()
                        : Math.max((long) TASKS_PER_CORE * backend.cores(), pending.count() / BLOCKS_PER_TASK);
                long most = settings.auditShare() > 0 ? (long) AUDITED_TASKS_PER_CORE * backend.cores() : MOST_TASKS;
                BlockRanges now = tasks > most
                        ? pending.slice(0, Math.max(1, (long) ((double) pending.count() * most / tasks)))
                        : pending;
                compute(now, (int) Math.min(tasks, most));
                pending = wanted.minus(ledger.blocks());
            }
            secondsPerBlock = secondsPerBlock();
        }

        /** From the second half of the round where there was one: in the first, classes are loaded and compiled. */
        private double secondsPerBlock() {
            return blocksAtHalf >= 0 && blocksAtHalf < bound
                    ? clock.secondsSince(halfTime) / (bound - blocksAtHalf)
                    : clock.secondsSince(roundStart) / Math.max(1, bound - blocksBefore);
        }

        private void compute(BlockRanges blocks, int tasks) {
            if (settings.auditShare() > 0) {
                audit.compute(model, work, blocks, tasks, ledger);
                afterTask();
                return;
            }
            backend.compute(model, work, blocks, tasks, AuditSample.NONE, (done, share) -> {
                ledger.enter("", model, done, share.estimator());
                afterTask();
            });
        }

        private void afterTask() {
            hasProgress = true;
            long done = ledger.blocks().count();
            if (blocksAtHalf < 0 && 2 * (done - blocksBefore) >= bound - blocksBefore) {
                halfTime = clock.nanos();
                blocksAtHalf = done;
            }
            observer.progress(done, Math.max(needed, bound));
            if (checkpoints.areDue()) {
                checkpoint();
            }
        }

        private void checkpoint() {
            checkpoints.write(bound, rounds(), computeSeconds(), fingerprint, ledger);
        }

        @SuppressWarnings("unchecked") // The first block's fingerprint has shown that this job wrote it.
        private void restore(Checkpoints.Restored restored) {
            ledger = (Ledger<E>) restored.state();
            hasProgress = true;
            bound = restored.header().blocks();
            rounds.addAll(restored.header().rounds());
            secondsBefore = restored.header().computeSeconds();
        }

        private long firstBlock() {
            E alone = model.estimator();
            model.compute(work.block(0), alone);
            return AuditSample.fingerprint(alone);
        }
    }

    /** Whether the last rounds show that trials do not help: the value was counted in bins, say. */
    private boolean isStuck() {
        Round last = rounds.get(rounds.size() - 1);
        for (Round earlier : rounds) {
            if (last.trials() >= ENOUGH_GROWTH * earlier.trials()
                    && last.standardError() > TOO_LITTLE_GAIN * earlier.standardError()) {
                return true;
            }
        }
        return false;
    }
}
