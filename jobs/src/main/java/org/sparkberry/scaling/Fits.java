package org.sparkberry.scaling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.TimedRun;
import org.sparkberry.record.Timings;

/**
 * All laws fitted to the same runs, side by side, and what they say together.
 *
 * <p>Laws are compared by Akaike's criterion, corrected for small samples. Those within 10 of the best are plausible
 * (Burnham and Anderson 2002, section 2.6: beyond 10 there is essentially no support): a prediction is their weighted
 * mean, in logarithms, and its interval holds the interval of each. In simulations of laws of all kinds, measured up to
 * n = 8, such 95 % intervals held 97 to 98 % of the times at n = 16 to 64; those of laws within 4, 63 to 87 %.
 */
public final class Fits {
    /** Distinct n below which no law can be fitted and checked. */
    static final int LEAST_POINTS = 3;

    private static final double PLAUSIBLE = 10;
    /** Laws that fit about as well: both have considerable support. */
    private static final double AS_GOOD = 4;

    /**
     * No law is exact. How wrong it may be (one standard deviation, as a share of the time) for each doubling of n
     * beyond what was measured: by that much did the laws miss the router of datasets/scaling/router.csv at n = 16 and
     * 32, fitted up to 8 and 16, where their own intervals were four times as narrow.
     */
    private static final double WRONG_BY_DOUBLING = 0.1;

    /** No advice rests on more than so many times the largest n, nor says to measure there. */
    public static final int FARTHEST = 4;

    private static final int MOST_CANDIDATES = 64;

    private final Timings timings;
    private final LogTimes times;
    private final List<LawFit> laws;
    private final List<Law> leftOut;
    private final double inflation;
    private final int least;
    private final int most;
    private final OptionalInt next;
    private @Nullable List<Finding> defects;

    private Fits(Timings timings, LogTimes times, List<LawFit> laws, List<Law> leftOut, double inflation) {
        this.timings = timings;
        this.times = times;
        this.laws = laws;
        this.leftOut = leftOut;
        this.inflation = inflation;
        this.least = timings.runs().stream().mapToInt(TimedRun::n).min().orElseThrow();
        this.most = timings.runs().stream().mapToInt(TimedRun::n).max().orElseThrow();
        this.next = mostContrast();
    }

    /**
     * Fits every law that the runs allow.
     *
     * @throws BadInput if they allow none, with what to measure
     */
    public static Fits of(Timings timings) {
        return of(timings, LawFit.DRAWS);
    }

    /** The same with another number of draws. */
    static Fits of(Timings timings, int draws) {
        LogTimes times = LogTimes.of(timings.runs());
        if (times.points() < LEAST_POINTS) {
            throw new BadInput(refusal(timings));
        }
        List<Law> candidates = Law.candidates(timings.weak());
        // The simplest law is fitted even where the runs are too few to compare it with another.
        Map<Boolean, List<Law>> possible = candidates.stream()
                .collect(Collectors.partitioningBy(law -> law == candidates.get(0)
                        || (times.points() >= law.size() && times.totalRuns() > law.size() + 2)));
        List<LawFit> laws = new ArrayList<>(possible.getOrDefault(true, List.of()).parallelStream()
                .map(law -> LawFit.of(law, times, draws))
                .toList());
        // If even the law that comes nearest misses the points, the others must not be ruled out by that.
        double inflation =
                laws.stream().mapToDouble(law -> law.misfit().inflation()).min().orElse(1);
        laws.sort(Comparator.comparingDouble(law -> law.aicc(inflation)));
        return new Fits(timings, times, List.copyOf(laws), possible.getOrDefault(false, List.of()), inflation);
    }

    private static String refusal(Timings timings) {
        TreeSet<Integer> n = timings.runs().stream().map(TimedRun::n).collect(Collectors.toCollection(TreeSet::new));
        String which = n.stream().map(String::valueOf).collect(Collectors.joining(", "));
        int between = (int) Math.round(Math.sqrt((double) n.first() * n.last()));
        boolean hasRoom = n.last() > FARTHEST * n.first();
        int more = hasRoom ? between : 2 * n.last();
        return (n.size() == 1 ? "only one distinct n (" : "only two distinct n (") + which
                + "): any law goes through them, so none can be checked; measure n = " + more
                + (n.size() == 1 ? " and n = " + 2 * more : "") + " too";
    }

    public Timings timings() {
        return timings;
    }

    LogTimes times() {
        return times;
    }

    /** The most plausible first. */
    public List<LawFit> laws() {
        return laws;
    }

    /** The most plausible. */
    public LawFit best() {
        return laws.get(0);
    }

    /** Akaike's criterion by which laws are compared: the less, the better; infinite if the runs are too few for it. */
    public double aicc(LawFit law) {
        return law.aicc(inflation);
    }

    /** Laws for which the runs are too few. */
    public List<Law> leftOut() {
        return leftOut;
    }

    /** Those that the runs do not rule out. */
    public List<LawFit> plausible() {
        return within(PLAUSIBLE);
    }

    /** Those that fit about as well as the best. */
    List<LawFit> asGood() {
        return within(AS_GOOD);
    }

    private List<LawFit> within(double distance) {
        return laws.stream()
                .filter(law -> law == best() || distance(law) <= distance)
                .toList();
    }

    /** Akaike's weight of a law among all: how likely it is to be the nearest to the truth. */
    public double weight(LawFit law) {
        return relative(law) / laws.stream().mapToDouble(this::relative).sum();
    }

    private double relative(LawFit law) {
        return law == best() ? 1 : Math.exp(-distance(law) / 2);
    }

    private double distance(LawFit law) {
        return aicc(law) - aicc(best());
    }

    /** What the plausible laws say together of n executors. */
    public Prediction predict(int n) {
        Interval seconds = joint(n, (one, many) -> many);
        Interval speedup = joint(n, (one, many) -> speedup(one, many, n));
        return new Prediction(n, seconds, speedup, speedup.times(1.0 / n), n > most());
    }

    /** T(n) as it is if one of the plausible laws holds there too. */
    Interval byTheLaws(int n) {
        return together(law -> law.seconds(n), law -> law.seconds(n, 0.95));
    }

    /** A function of T(1) and T(n) that is not negative; its 95 % interval is that of their joint draws. */
    Interval joint(int n, DoubleBinaryOperator ofOneAndMany) {
        return together(
                law -> ofOneAndMany.applyAsDouble(law.seconds(1), law.seconds(n)),
                law -> law.joint(n, this::wrongness, ofOneAndMany, 0.95));
    }

    /** How wrong a law may be at n, in log seconds: the farther from what was measured, the more. */
    private double wrongness(double n) {
        double away = Math.max(Math.log(n / most), Math.log(least / n)) / Math.log(2);
        return WRONG_BY_DOUBLING * Math.max(0, away);
    }

    private double speedup(double one, double many, int n) {
        return (timings.weak() ? n : 1) * one / many;
    }

    /** The mean of so many new runs at n, with an interval that holds it with this probability. */
    Interval newRuns(int n, int runs, double level) {
        return together(law -> law.seconds(n), law -> law.newRuns(n, wrongness(n), runs, level));
    }

    private Interval together(ToDoubleFunction<LawFit> value, Function<LawFit, Interval> interval) {
        double log = 0;
        double weights = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (LawFit law : plausible()) {
            log += relative(law) * Math.log(value.applyAsDouble(law));
            weights += relative(law);
            Interval one = interval.apply(law);
            low = Math.min(low, one.low());
            high = Math.max(high, one.high());
        }
        return new Interval(Math.exp(log / weights), low, high);
    }

    /**
     * The n with the least time by the Universal Scalability Law, √((1 − σ)/κ) for a fixed work, with its 95 % interval;
     * empty if κ cannot be told from 0, so that there may be none. Only if points were measured beyond it is it more
     * than a guess.
     */
    public Optional<Interval> peak() {
        return laws.stream()
                .filter(law -> law.law() == Law.UNIVERSAL)
                .filter(law -> law.parameter(Law.Symbol.KAPPA).low() > 0)
                .findFirst()
                .map(law -> law.of(c -> Math.sqrt(c[0] / c[2]), 0.95));
    }

    /** Looked for once: it takes further fits. */
    private synchronized List<Finding> defects() {
        if (defects == null) {
            defects = DataDefects.in(this);
        }
        return defects;
    }

    /** What it all comes to, in one line. */
    public String verdict() {
        return defects().stream()
                .filter(defect -> defect.kind() == Finding.Kind.FEW_TASKS)
                .findFirst()
                .map(Finding::words)
                .orElseGet(this::lawInWords);
    }

    private String lawInWords() {
        LawFit.Parameter share = best().parameters().get(1);
        String law = best().law().title() + (asGood().size() > 1 ? " (not the only one that fits)" : "");
        return switch (best().law()) {
            case AMDAHL ->
                law + ": serial fraction " + InWords.percentRange(share.interval())
                        + ", so no number of executors is more than " + most(share.interval())
                        + " times as fast as one";
            case GUSTAFSON ->
                law + ": serial fraction " + InWords.percentRange(share.interval()) + " of the time on many executors";
            case UNIVERSAL ->
                law + ": contention " + InWords.percentRange(share.interval()) + ", coherency "
                        + InWords.interval(best().parameter(Law.Symbol.KAPPA))
                        + peak().filter(peak -> peak.value() <= 1)
                                .map(
                                        peak ->
                                                "; every further executor makes it slower: if the work grew with n, say --mode weak")
                                .orElse("")
                        + peak().filter(peak -> peak.value() > 1 && peak.value() <= most())
                                .map(peak -> "; fastest at n = " + InWords.interval(peak))
                                .orElse("");
            case UNIVERSAL_WEAK ->
                law + ": contention " + InWords.percentRange(share.interval()) + ", coherency "
                        + InWords.interval(best().parameter(Law.Symbol.KAPPA));
            case COMMUNICATION, COMMUNICATION_WEAK ->
                law + ": every further executor costs "
                        + InWords.interval(best().parameter(Law.Symbol.EACH)) + " s, every factor e of executors "
                        + InWords.interval(best().parameter(Law.Symbol.TREE)) + " s";
        };
    }

    private static String most(Interval serial) {
        if (!(serial.high() > 0)) {
            return "any known number of";
        }
        return serial.low() > 0
                ? InWords.short3(1 / serial.high()) + " to " + InWords.short3(1 / serial.low())
                : "an unknown number (at least " + InWords.short3(1 / serial.high()) + ")";
    }

    /** What is wrong with the runs, and what they leave open. */
    public List<Finding> findings() {
        return Stream.concat(defects().stream(), OpenQuestions.of(this, defects()).stream())
                .toList();
    }

    /** The largest n measured. */
    public int most() {
        return most;
    }

    /**
     * The n whose measurement would tell most: where two plausible laws' predictions differ most against their error;
     * two of all laws, if only one is plausible.
     */
    public OptionalInt nextMeasurement() {
        return next;
    }

    private OptionalInt mostContrast() {
        double best = 0;
        OptionalInt farthest = OptionalInt.empty();
        Set<Integer> measured = timings.runs().stream().map(TimedRun::n).collect(Collectors.toSet());
        for (int n : candidates(FARTHEST * most)) {
            if (measured.contains(n)) {
                continue;
            }
            double contrast = contrast(n);
            // A measurement on fewer executors that tells as much is cheaper.
            if (contrast > 1.05 * best) {
                best = contrast;
                farthest = OptionalInt.of(n);
            }
        }
        // Where the laws differ by less than their error everywhere, the longest lever within reach tells most.
        return farthest.isPresent() && best < 1 ? OptionalInt.of(2 * most) : farthest;
    }

    private double contrast(int n) {
        double most = 0;
        List<LawFit> compared = plausible().size() > 1 ? plausible() : laws;
        double[] errors = compared.stream().mapToDouble(law -> law.logError(n)).toArray();
        for (int i = 0; i < errors.length; i++) {
            for (int k = 0; k < i; k++) {
                double difference = Math.abs(
                        Math.log(compared.get(i).seconds(n) / compared.get(k).seconds(n)));
                double error = Math.hypot(Math.hypot(errors[i], errors[k]), best().scatter());
                most = Math.max(most, difference / (error + 1e-9));
            }
        }
        return most;
    }

    private static List<Integer> candidates(int most) {
        TreeSet<Integer> candidates = new TreeSet<>();
        for (int i = 0; i <= MOST_CANDIDATES; i++) {
            candidates.add((int) Math.round(Math.pow(most, (double) i / MOST_CANDIDATES)));
        }
        return List.copyOf(candidates);
    }
}
