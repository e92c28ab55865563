package org.sparkberry.report;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkberry.record.CoreSeconds;
import org.sparkberry.record.MeasuredRun;
import org.sparkberry.record.MeasuredTask;
import org.sparkberry.record.ResultsFolder;
import org.sparkberry.record.SweepDirectory;
import org.sparkberry.record.SweepSettings;
import org.sparkberry.report.ReportContent.Curve;
import org.sparkberry.report.ReportContent.LawParameter;
import org.sparkberry.report.ReportContent.TaskRun;
import org.sparkberry.scaling.Cause;
import org.sparkberry.scaling.Finding;
import org.sparkberry.scaling.Interval;
import org.sparkberry.scaling.Limit;
import org.sparkberry.scaling.Part;
import org.sparkberry.scaling.ScalingPoint;

/** Content of a report with everything in it, made of closed forms. Nothing of it was measured. */
public final class MadeUpSweep {
    static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    /** Amdahl 1967: S(n) = n / (1 + σ(n − 1)). */
    static final double SIGMA = 0.04;

    private static final double SECONDS = 32;
    private static final int ITERATIONS = 4;

    private MadeUpSweep() {}

    static double amdahl(double n) {
        return n / (1 + SIGMA * (n - 1));
    }

    /** With these executor counts, ascending. */
    public static ReportContent of(Integer... executors) {
        List<Integer> counts = List.of(executors);
        return new ReportContent(
                "pi on a made-up cluster",
                "pi",
                Optional.of(settings(counts)),
                Optional.of(new Interval(31, 30.8, 31.3)),
                counts.stream().map(MadeUpSweep::point).toList(),
                counts.size() < 3 ? List.of() : curves(counts.get(counts.size() - 1)),
                counts.size() < 3
                        ? List.of()
                        : List.of(
                                new LawParameter("Amdahl", "serial fraction σ", new Interval(0.04, 0.035, 0.046), ""),
                                new LawParameter("USL", "contention σ", new Interval(0.038, 0.03, 0.047), ""),
                                new LawParameter("USL", "crosstalk κ", new Interval(1e-4, 0, 4e-4), "")),
                counts.size() < 3 ? "" : "Amdahl: more than 25 times one executor is out of reach",
                "71.4 ± 1.3 % parallel efficiency at 16 executors",
                List.of(
                        new Finding(
                                Finding.Kind.LAWS_DISAGREE,
                                "laws that fit as well expect 16.2 and 18.9 times on 32 executors",
                                "measure 32 executors"),
                        new Finding(
                                Finding.Kind.FEW_TASKS, "16 executors had four tasks each", "raise the partitions")),
                runs(counts),
                counts.stream().map(MadeUpSweep::taskRun).toList(),
                counts.stream().map(MadeUpSweep::limit).toList(),
                environment());
    }

    /** The same as a sweep's directory, without tasks. */
    public static SweepDirectory directory(Path results, Integer... executors) {
        ReportContent made = of(executors);
        Map<String, Object> environment = new LinkedHashMap<>(Map.of("processors", 4, "machine", "Pi"));
        SweepDirectory sweep = SweepDirectory.create(
                ResultsFolder.open(results), made.settings().orElseThrow(), environment, START);
        made.runs().forEach(run -> sweep.append(run, List.of()));
        return sweep;
    }

    /** The same, but for these runs. */
    static ReportContent withRuns(List<MeasuredRun> runs) {
        ReportContent all = of(1, 2);
        return new ReportContent(
                all.title(),
                all.job(),
                all.settings(),
                all.baselineSeconds(),
                all.points(),
                all.curves(),
                all.laws(),
                all.lawVerdict(),
                all.verdict(),
                all.findings(),
                runs,
                all.tasks(),
                all.limits(),
                all.environment());
    }

    private static SweepSettings settings(List<Integer> counts) {
        return new SweepSettings(
                "pi",
                List.of(),
                Map.of("days", "10"),
                7,
                "spark://pi1:7077",
                SweepSettings.STRONG,
                counts,
                1,
                480,
                3,
                ITERATIONS - 1,
                1,
                false,
                1_000_000_000L,
                64);
    }

    static ScalingPoint point(int n) {
        double s = amdahl(n);
        Interval speedup = n == 1 ? new Interval(1, 1, 1) : new Interval(s, 0.95 * s, 1.08 * s);
        Interval efficiency = new Interval(speedup.value() / n, speedup.low() / n, speedup.high() / n);
        double t = SECONDS / s;
        return new ScalingPoint(
                n,
                n,
                1_000_000_000L,
                3,
                9,
                0,
                new Interval(t, 0.96 * t, 1.04 * t),
                speedup,
                efficiency,
                n == 1 ? Interval.UNKNOWN : new Interval(SIGMA, 0.8 * SIGMA, 1.2 * SIGMA),
                new Interval(t / 31, 0.95 * t / 31, 1.05 * t / 31),
                false);
    }

    private static List<Curve> curves(int most) {
        List<Double> n = new ArrayList<>();
        List<Interval> amdahl = new ArrayList<>();
        List<Interval> amdahlEfficiency = new ArrayList<>();
        List<Interval> usl = new ArrayList<>();
        List<Interval> uslEfficiency = new ArrayList<>();
        for (double x = 1; x <= most * 1.0001; x *= Math.pow(most, 1 / 40.0)) {
            n.add(x);
            double share = 0.004 * x;
            double s = amdahl(x);
            double u = x / (1 + 0.038 * (x - 1) + 1e-3 * x * (x - 1));
            amdahl.add(new Interval(s, s * (1 - share), s * (1 + share)));
            amdahlEfficiency.add(new Interval(s / x, s * (1 - share) / x, s * (1 + share) / x));
            usl.add(new Interval(u, u * (1 - 2 * share), u * (1 + 2 * share)));
            uslEfficiency.add(new Interval(u / x, u * (1 - 2 * share) / x, u * (1 + 2 * share) / x));
        }
        return List.of(
                new Curve("Amdahl", true, n, amdahl, amdahlEfficiency), new Curve("USL", false, n, usl, uslEfficiency));
    }

    static List<MeasuredRun> runs(List<Integer> counts) {
        List<Integer> points = new ArrayList<>(List.of(0));
        points.addAll(counts);
        List<MeasuredRun> runs = new ArrayList<>();
        double clock = 0;
        int order = 0;
        for (int block = 1; block <= 3; block++) {
            for (int executors : points) {
                order++;
                for (int iteration = 1; iteration <= ITERATIONS; iteration++) {
                    double wobble = 1 + 0.02 * Math.sin(7 * order + iteration) + (iteration == 1 ? 0.1 : 0);
                    double seconds = (executors == 0 ? 31 : SECONDS / amdahl(executors)) * wobble;
                    boolean valid = !(block == 2 && executors == 2 && iteration == 3);
                    runs.add(run(order, block, executors, iteration, clock, seconds, valid));
                    clock += seconds + 1;
                }
            }
        }
        return runs;
    }

    /** @param clock when it began, in seconds after {@link #START} */
    static MeasuredRun run(
            int order, int block, int executors, int iteration, double clock, double seconds, boolean valid) {
        return new MeasuredRun(
                order,
                block,
                executors,
                1,
                iteration,
                iteration == 1,
                1_000_000_000L,
                seconds,
                START.plusMillis((long) (1000 * clock)).toString(),
                executors,
                executors,
                executors,
                64,
                0,
                0,
                valid ? 0 : 1,
                CoreSeconds.UNKNOWN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                valid,
                valid ? "" : "1 executor lost",
                "d7b84433");
    }

    private static TaskRun taskRun(int executors) {
        double seconds = SECONDS / amdahl(executors);
        MeasuredRun run = run(1, 1, executors, 2, 0, seconds, true);
        List<MeasuredTask> tasks = new ArrayList<>();
        int rounds = 64 / executors;
        double each = (seconds - 1) / rounds;
        for (int task = 0; task < 64; task++) {
            int round = task / executors;
            double launched = 0.5 + round * each;
            tasks.add(new MeasuredTask(
                    1,
                    2,
                    0,
                    task,
                    0,
                    "" + task % executors,
                    "pi" + (task % executors + 1),
                    START.plusMillis((long) (1000 * launched)).toEpochMilli(),
                    0.98 * each * (task == 63 ? 0.6 : 1),
                    0.9 * each * (task == 63 ? 0.6 : 1),
                    0.03 * each,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    900,
                    false,
                    false));
        }
        return new TaskRun(run, tasks);
    }

    private static Limit limit(int n) {
        Map<Part, Interval> seconds = new EnumMap<>(Part.class);
        seconds.put(Part.COMPUTE, about(30));
        seconds.put(Part.GARBAGE_COLLECTION, about(0.2));
        seconds.put(Part.DESERIALIZATION, about(0.3 + 0.02 * n));
        seconds.put(Part.SCHEDULER_DELAY, about(0.2 + 0.05 * n));
        seconds.put(Part.SHUFFLE, about(0));
        seconds.put(Part.RESULT, about(0.1 * n));
        seconds.put(Part.IDLE_CORES, about(0.3 * n));
        seconds.put(Part.DRIVER, about(0.6 * n));
        Interval loss = n == 1 ? about(0) : about(1 - amdahl(n) / n);
        return new Limit(n, 9, 0, seconds, Map.of(Part.DRIVER, loss), loss, n == 1 ? Cause.NO_LOSS : Cause.DRIVER);
    }

    private static Interval about(double value) {
        return new Interval(value, 0.9 * value, 1.1 * value);
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("machine", "Raspberry Pi 5 Model B Rev 1.0");
        environment.put("processors", "4");
        environment.put("java", "OpenJDK 64-Bit Server VM 17.0.15+6");
        environment.put("spark", "4.2.0");
        return environment;
    }
}
