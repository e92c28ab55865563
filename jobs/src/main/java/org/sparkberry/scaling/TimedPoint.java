package org.sparkberry.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sparkberry.record.TimedRun;
import org.sparkberry.record.Timings;

/**
 * The runs on one n. Speedup, efficiency and serial fraction are against the smallest n measured, as in
 * {@link ScalingPoint}.
 *
 * @param n how many executors
 * @param runs how many runs
 * @param seconds their mean
 * @param speedup T(n₁)/T(n); for weak scaling p·T(n₁)/T(n) with p = n/n₁
 * @param efficiency speedup/p
 * @param serialFraction Karp and Flatt's, for weak scaling Gustafson's; not known for n₁
 */
public record TimedPoint(
        int n, int runs, Interval seconds, Interval speedup, Interval efficiency, Interval serialFraction) {

    /** A point for each n, ascending. */
    public static List<TimedPoint> of(Timings timings) {
        Map<Integer, List<Double>> byN = timings.runs().stream()
                .collect(Collectors.groupingBy(
                        TimedRun::n, TreeMap::new, Collectors.mapping(TimedRun::seconds, Collectors.toList())));
        List<TimedPoint> points = new ArrayList<>();
        Map.Entry<Integer, List<Double>> smallest = byN.entrySet().iterator().next();
        Timing reference = Timing.of(smallest.getValue());
        byN.forEach((n, seconds) ->
                points.add(of(n, (double) n / smallest.getKey(), Timing.of(seconds), reference, timings.weak())));
        return points;
    }

    private static TimedPoint of(int n, double p, Timing timing, Timing reference, boolean weak) {
        boolean isFirst = p == 1;
        Interval ratio = isFirst ? new Interval(1, 1, 1) : timing.speedupOver(reference);
        Interval speedup = weak ? ratio.times(p) : ratio;
        return new TimedPoint(
                n,
                timing.invocations(),
                timing.interval(),
                speedup,
                speedup.times(1 / p),
                isFirst ? Interval.UNKNOWN : speedup.serialFraction(p, weak));
    }
}
