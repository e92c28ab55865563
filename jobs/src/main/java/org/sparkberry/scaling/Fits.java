package org.sparkberry.scaling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.TimedRun;
import org.sparkberry.record.Timings;

/**
 * All laws fitted to the same runs, side by side, and what they say together.
 *
 * <p>Laws are compared by Akaike's criterion, corrected for small samples. Laws within 4 of the best are plausible
 * (Burnham and Anderson 2002, section 2.6: beyond 4 there is considerably less support): a prediction is their weighted
 * mean, in logarithms, and its interval holds the interval of each.
 */
public final class Fits {
    /** Distinct n below which no law can be fitted and checked. */
    private static final int LEAST_POINTS = 3;

    private static final double PLAUSIBLE = 4;
    /** No advice to measure on more than so many times the largest n. */
    private static final int FARTHEST = 4;

    private static final int MOST_CANDIDATES = 64;

    private final Timings timings;
    private final LogTimes times;
    private final List<LawFit> laws;
    private final List<Law> leftOut;

    private Fits(Timings timings, LogTimes times, List<LawFit> laws, List<Law> leftOut) {
        this.timings = timings;
        this.times = times;
        this.laws = laws;
        this.leftOut = leftOut;
    }

    /**
     * Fits every law that the runs allow.
     *
     * @throws BadInput if they allow none, with what to measure
     */
    public static Fits of(Timings timings) {
        LogTimes times = LogTimes.of(timings.runs());
        if (times.points() < LEAST_POINTS) {
            throw new BadInput(refusal(timings));
        }
        List<LawFit> laws = new ArrayList<>();
        List<Law> leftOut = new ArrayList<>();
        List<Law> candidates = Law.candidates(timings.weak());
        for (Law law : candidates) {
            boolean comparable = times.points() >= law.size() && times.totalRuns() > law.size() + 2;
            // The simplest law is fitted even where the runs are too few to compare it with another.
            if (comparable || law == candidates.get(0)) {
                laws.add(LawFit.of(law, times));
            } else {
                leftOut.add(law);
            }
        }
        laws.sort(Comparator.comparingDouble(LawFit::aicc));
        return new Fits(timings, times, List.copyOf(laws), List.copyOf(leftOut));
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

    /** Laws for which the runs are too few. */
    public List<Law> leftOut() {
        return leftOut;
    }

    /** Those that fit about as well as the best. */
    public List<LawFit> plausible() {
        return laws.stream()
                .filter(law -> law == best() || distance(law) <= PLAUSIBLE)
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
        return law.aicc() - best().aicc();
    }

    /** What the plausible laws say together of n executors. */
    public Prediction predict(int n) {
        Interval seconds = together(law -> law.seconds(n), law -> law.seconds(n, 0.95));
        Interval speedup = together(
                law -> speedup(law.seconds(1), law.seconds(n), n),
                law -> law.of(c -> speedup(law.law().seconds(1, c), law.law().seconds(n, c), n), 0.95));
        return new Prediction(n, seconds, speedup, speedup.times(1.0 / n), n > most());
    }

    private double speedup(double one, double many, int n) {
        return (timings.weak() ? n : 1) * one / many;
    }

    /** The mean of so many new runs at n, with an interval that holds it with this probability. */
    Interval newRuns(int n, int runs, double level) {
        return together(law -> law.seconds(n), law -> law.newRuns(n, runs, level));
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

    /** The largest n measured. */
    int most() {
        return timings.runs().stream().mapToInt(TimedRun::n).max().orElseThrow();
    }

    /**
     * The n whose measurement would tell most: where two laws' predictions differ most against their error. All laws
     * count that are fitted, not only the plausible.
     */
    public OptionalInt nextMeasurement() {
        double best = 0;
        OptionalInt next = OptionalInt.empty();
        for (int n : candidates(FARTHEST * most())) {
            double contrast = contrast(n);
            // A measurement on fewer executors that tells as much is cheaper.
            if (contrast > 1.05 * best) {
                best = contrast;
                next = OptionalInt.of(n);
            }
        }
        return next;
    }

    private double contrast(int n) {
        double most = 0;
        List<LawFit> compared = plausible().size() > 1 ? plausible() : laws;
        for (LawFit a : compared) {
            for (LawFit b : compared) {
                double difference = Math.log(a.seconds(n) / b.seconds(n));
                double error = Math.hypot(Math.hypot(a.logError(n), b.logError(n)), best().scatter());
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
