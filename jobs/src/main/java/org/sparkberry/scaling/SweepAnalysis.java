package org.sparkberry.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.MeasuredRun;
import org.sparkberry.record.SweepDirectory;
import org.sparkberry.record.SweepSettings;
import org.sparkberry.record.Timings;
import org.sparkberry.record.TimingsFile;

/** All that the runs of a sweep say: its points, the laws through them, what limits it, what is wrong, the verdict. */
public final class SweepAnalysis {
    /** Of the machine's processors: less does not show in the times. */
    private static final double WORTH_A_WORD = 0.05;

    private final SweepSettings settings;
    private final List<MeasuredRun> runs;
    private final Scaling scaling;
    private final List<ScalingPoint> points;
    /** Those without more executor cores than processors: the others follow no law of more machines. */
    private final List<ScalingPoint> real;

    private final List<Limit> limits;
    private final Optional<Timings> timings;
    private final Optional<Fits> fits;
    private final String refusal;

    /**
     * @param processors of the machine that all executors share; {@code Integer.MAX_VALUE} for a real cluster, whose
     *     workers offer no more cores than they have
     */
    public SweepAnalysis(SweepSettings settings, int processors, List<MeasuredRun> runs) {
        this.settings = settings;
        this.runs = List.copyOf(runs);
        this.scaling = new Scaling(settings, processors, runs);
        this.points = scaling.points();
        this.limits = Limits.of(settings, runs);
        this.real = points.stream().filter(point -> !point.oversubscribed()).toList();
        Set<Integer> counts = real.stream().map(ScalingPoint::executors).collect(Collectors.toSet());
        this.timings = real.isEmpty()
                ? Optional.empty()
                : Optional.of(TimingsFile.ofRuns(runs.stream()
                        .filter(run -> counts.contains(run.executors()))
                        .toList()));
        Optional<Fits> fitted = Optional.empty();
        String why = "no run is valid";
        if (timings.isPresent()) {
            try {
                fitted = Optional.of(Fits.of(timings.get()));
                why = "";
            } catch (BadInput e) {
                why = String.valueOf(e.getMessage());
            }
        }
        this.fits = fitted;
        this.refusal = why;
    }

    /**
     * Of all that a directory has.
     *
     * @throws BadInput if its {@code runs.csv} is missing or was changed
     */
    public static SweepAnalysis of(SweepDirectory directory) {
        return new SweepAnalysis(directory.settings(), directory.sharedProcessors(), directory.runs());
    }

    public SweepSettings settings() {
        return settings;
    }

    public List<MeasuredRun> runs() {
        return runs;
    }

    /** One thread without Spark; empty if no run of it is valid. */
    public Optional<Interval> baselineSeconds() {
        return scaling.baselineSeconds();
    }

    /** A point per executor count that has a valid run, ascending. */
    public List<ScalingPoint> points() {
        return points;
    }

    /** Where the time went, for the same executor counts. */
    public List<Limit> limits() {
        return limits;
    }

    /** The laws; empty if the points do not allow any: {@link #refusal} says why. */
    public Optional<Fits> fits() {
        return fits;
    }

    /** Why there are no fits; empty if there are. */
    public String refusal() {
        return refusal;
    }

    /** Whether all runs of the same work gave the same bits. */
    public boolean sameDigests() {
        return sameDigests(runs);
    }

    /** The same of any runs. */
    public static boolean sameDigests(List<MeasuredRun> runs) {
        return runs.stream()
                .collect(Collectors.groupingBy(
                        MeasuredRun::trials, Collectors.mapping(MeasuredRun::digest, Collectors.toSet())))
                .values()
                .stream()
                .allMatch(digests -> digests.size() == 1);
    }

    /** What a reader of the numbers must know. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (!sameDigests()) {
            findings.add(new Finding(
                    Finding.Kind.DIFFERENT_BITS,
                    "runs of the same work gave different bits: do not trust the numbers",
                    "sparkberry verify " + settings.jobAsTyped()));
        }
        invalidRuns().ifPresent(findings::add);
        oversubscription().ifPresent(findings::add);
        otherLoad().ifPresent(findings::add);
        if (fits.isPresent()) {
            findings.addAll(fits.get().findings());
        } else if (timings.isPresent()) {
            findings.addAll(DataDefects.in(timings.get()));
        }
        return findings;
    }

    private Optional<Finding> invalidRuns() {
        List<MeasuredRun> invalid = runs.stream().filter(run -> !run.valid()).toList();
        return invalid.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Finding.Kind.INVALID_RUNS,
                        invalid.size() + " of " + runs.size() + " runs are invalid and left out, the first because: "
                                + invalid.get(0).reason(),
                        "cure that, then sweep again"));
    }

    private Optional<Finding> oversubscription() {
        return points.stream().noneMatch(ScalingPoint::oversubscribed)
                ? Optional.empty()
                : Optional.of(new Finding(
                        Finding.Kind.OVERSUBSCRIBED,
                        "some points have more executor cores than the machine: they say nothing about more machines, and no law"
                                + " is fitted to them",
                        "sweep without --oversubscribe, or on a cluster"));
    }

    private Optional<Finding> otherLoad() {
        double load = runs.stream()
                .filter(MeasuredRun::counts)
                .mapToDouble(MeasuredRun::otherLoad)
                .filter(share -> !Double.isNaN(share))
                .average()
                .orElse(0);
        return load < WORTH_A_WORD
                ? Optional.empty()
                : Optional.of(new Finding(
                        Finding.Kind.OTHER_LOAD,
                        "other programs used " + InWords.percent(load) + " of this machine's processors meanwhile",
                        "close them and sweep again: what they took is missing at the larger points above all"));
    }

    /** The conclusion in one line, about the largest point that is not oversubscribed. */
    public String verdict() {
        if (points.isEmpty()) {
            return "no run is valid, so nothing can be said";
        }
        List<ScalingPoint> told = real.size() < 2 ? points : real;
        ScalingPoint last = told.get(told.size() - 1);
        if (told.size() < 2) {
            return "one point only (" + InWords.count(last.executors(), "executor")
                    + "): how it scales takes two or more";
        }
        String efficiency =
                InWords.percentInterval(last.efficiency()) + (settings.isWeak() ? " weak-scaling" : " parallel")
                        + " efficiency at " + InWords.count(last.executors(), "executor");
        String serial = last.serialFraction().isKnown()
                ? "; serial fraction "
                        + InWords.percentRange(last.serialFraction().within(0, 1))
                : "; no intervals from a single application";
        return efficiency + serial + "; " + limit(last.executors());
    }

    private String limit(int executors) {
        Cause cause = limits.stream()
                .filter(limit -> limit.executors() == executors)
                .map(Limit::cause)
                .findFirst()
                .orElse(Cause.UNKNOWN);
        return cause.isLimit() ? "limit: " + cause.words() : cause.words();
    }
}
