package org.sparkberry.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.sparkberry.dataflow.Precision;
import org.sparkberry.dataflow.Rounds;
import org.sparkberry.job.Job;
import org.sparkberry.job.Option;
import org.sparkberry.job.Parameters;
import org.sparkberry.job.Quantity;
import org.sparkberry.record.BadInput;

/** The options of {@code run} that say how many trials it makes, and how they are kept and audited. */
final class SamplingOptions {
    private static final long MOST_PARTITIONS = 100_000;
    /** With a job's size in this unit, more of it means a smaller standard error. */
    private static final String TRIALS = "trials";

    /** More than any cluster of small boards makes in a year. */
    private static final String MOST_TRIALS = "1e15";

    private static final String PRECISION_NAME = "precision";

    /** A wanted standard error. */
    private record Wanted(double error, boolean isRelative) {}

    private static final Option<Wanted> PRECISION = new Option<>(
            PRECISION_NAME,
            "ERROR|N%",
            null,
            "make trials until the standard error is that small: 1e-4, or 0.1% of the value",
            SamplingOptions::wanted);
    private static final Option<String> TARGET = Option.text(
            "target", "ESTIMATE", null, "the estimate that --precision is asked of (default: the job's first)");
    private static final Option<Long> MAX_TRIALS = Option.whole(
            "max-trials", "N", 1, 1_000_000_000_000_000L, null, "with --precision: make no more trials than these");
    private static final Option<Double> MAX_TIME =
            Option.duration("max-time", null, "with --precision: begin no round that would end later");
    private static final Option<Double> AUDIT = Option.real(
            "audit",
            "SHARE",
            0,
            1,
            "0",
            "compute this share of the blocks twice, on different machines, and compare the bits");
    private static final Option<Double> CHECKPOINT_INTERVAL = Option.duration(
            "checkpoint-interval", "60s", "keep what is done at least so often, so that --resume goes on from there");
    private static final Option<Long> PARTITIONS = Option.whole(
            "partitions",
            "N",
            1,
            MOST_PARTITIONS,
            null,
            "into how many tasks to cut the work (default: 4 per core or more; a simulation's step: 1 per core)");

    static final List<Option<?>> ALL =
            List.of(PRECISION, TARGET, MAX_TRIALS, MAX_TIME, AUDIT, CHECKPOINT_INTERVAL, PARTITIONS);

    /** Those that the answer depends on. */
    private static final List<Option<?>> IDENTITY = List.of(PRECISION, TARGET, MAX_TRIALS);

    private final Parameters options;

    /** @param options of the command, or of the run that is gone on with */
    SamplingOptions(Parameters options) {
        this.options = options;
    }

    /** The texts of those that the answer depends on, by name. */
    Map<String, String> identity() {
        Map<String, String> typed = options.typed();
        typed.keySet().retainAll(IDENTITY.stream().map(Option::name).toList());
        return typed;
    }

    /**
     * These options with what the run was started with.
     *
     * @throws BadInput if one of them is given now and differs
     */
    SamplingOptions resume(Map<String, String> earlier, String run) {
        Parameters then = new Parameters(List.copyOf(IDENTITY), identity()).resume(earlier, run);
        Parameters all = options;
        for (Option<?> option : IDENTITY) {
            String text = then.typed().get(option.name());
            if (text != null) {
                all = all.with(option, text);
            }
        }
        return new SamplingOptions(all);
    }

    Optional<Precision> precision() {
        return options.find(PRECISION)
                .map(wanted -> new Precision(wanted.error, wanted.isRelative, options.find(TARGET)));
    }

    /** How the precision was typed. */
    String precisionText() {
        return options.typed().getOrDefault(PRECISION.name(), "");
    }

    /**
     * The job's parameters: with --precision its size is the most trials there may be.
     *
     * @throws BadInput if options do not go together
     */
    Parameters parameters(Job job, Parameters given) {
        if (options.get(AUDIT) > 0 && job.pattern().isInSteps()) {
            throw new BadInput("--audit: the blocks of " + job.name()
                    + " depend on each other in every step, and are not audited; leave --audit out");
        }
        if (options.find(PRECISION).isEmpty()) {
            for (Option<?> option : List.of(TARGET, MAX_TRIALS, MAX_TIME)) {
                if (options.isGiven(option)) {
                    throw new BadInput(option.flag() + ": goes with --precision, which says when to stop; "
                            + job.size().flag() + " sets how much work there is");
                }
            }
            return given;
        }
        if (!job.size().name().equals(TRIALS)) {
            throw new BadInput("--precision: the size of " + job.name() + " is not counted in trials, but by "
                    + job.size().flag() + "; leave --precision out");
        }
        if (given.isGiven(job.size())) {
            throw new BadInput(
                    "--precision finds out how many trials it takes: leave --trials out, or give --max-trials"
                            + " instead");
        }
        return given.with(job.size(), options.typed().getOrDefault(MAX_TRIALS.name(), MOST_TRIALS));
    }

    Rounds.Settings settings() {
        return new Rounds.Settings(
                precision(),
                options.isGiven(MAX_TRIALS),
                options.find(MAX_TIME).orElse(Double.POSITIVE_INFINITY),
                options.find(PARTITIONS)
                        .map(Math::toIntExact)
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()),
                options.get(AUDIT),
                options.get(CHECKPOINT_INTERVAL));
    }

    private static Wanted wanted(String text) {
        boolean isRelative = text.endsWith("%");
        String number = isRelative ? text.substring(0, text.length() - 1) : text;
        double value;
        try {
            value = Quantity.real(PRECISION_NAME, number, 0, Double.MAX_VALUE);
        } catch (BadInput e) {
            value = 0;
        }
        if (!(value > 0)) {
            throw new BadInput("--precision: must be a standard error above 0 (such as 1e-4), or a share of the value"
                    + " (such as 0.1%), not '" + text + "'");
        }
        return new Wanted(isRelative ? value / 100 : value, isRelative);
    }
}
