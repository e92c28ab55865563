package org.sparkberry.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkberry.estimate.Table;
import org.sparkberry.record.CoreSeconds;
import org.sparkberry.record.Json;
import org.sparkberry.record.MeasuredRun;
import org.sparkberry.record.SweepSettings;

class ScalingTest {
    private static final int PROCESSORS = 4;

    /** The order of the next invocation. */
    private int order;

    private final List<MeasuredRun> runs = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        // Quinn, "Parallel Programming in C with MPI and OpenMP", 2004, section 7.5: speedups that level off because of
        // a serial fraction which is 0.1 throughout.
        "2, 1.82, 0.1",
        "3, 2.50, 0.1",
        "4, 3.08, 0.1",
        "5, 3.57, 0.1",
        "6, 4.00, 0.1",
        "7, 4.38, 0.1",
        "8, 4.71, 0.1",
        // The same section: speedups that level off because of overhead, which the fraction shows by growing.
        "2, 1.87, 0.070",
        "3, 2.61, 0.075",
        "4, 3.23, 0.080",
        "5, 3.73, 0.085",
        "6, 4.14, 0.090",
        "7, 4.46, 0.095",
        "8, 4.71, 0.100"
    })
    void serialFractionIsThatOfKarpAndFlatt(int processors, double speedup, double serialFraction) {
        measure(1, 1);
        measure(processors, 1 / speedup);
        ScalingPoint point = last(strong(1, processors));
        assertThat(point.speedup().value()).isCloseTo(speedup, within(1e-12));
        // The speedups are printed to two decimals: for 2 processors that is 0.003 of the fraction.
        assertThat(point.serialFraction().value()).isCloseTo(serialFraction, within(0.003));
    }

    @Test
    void inWeakModeSpeedupAndSerialFractionAreGustafsons() {
        // Quinn 2004, section 7.4: 10 processors, 3 % of the time in serial code: scaled speedup 10 + (1 − 10)(0.03) =
        // 9.73. Here: ten times the work in 10/9.73 of the time.
        measure(1, 1);
        measure(10, 10 / 9.73);
        ScalingPoint point = last(weak(1, 10));
        assertThat(point.trials()).isEqualTo(10_000);
        assertThat(point.speedup().value()).isCloseTo(9.73, within(1e-12));
        assertThat(point.efficiency().value()).isCloseTo(0.973, within(1e-12));
        assertThat(point.serialFraction().value()).isCloseTo(0.03, within(1e-12));
    }

    @Test
    void theBeowulfOf1994HadASpeedupOf13AndAnEfficiencyOf83Percent() {
        // 16 nodes of 4.5 MFLOPS gave 60 MFLOPS together: speedup 60/4.5 = 13.33, efficiency 83 %; Karp and Flatt's
        // fraction is (0.075 − 0.0625)/(1 − 0.0625) = 1/75.
        double megaflop = 1000;
        measure(1, megaflop / 4.5);
        measure(16, megaflop / 60);
        ScalingPoint point = last(strong(1, 16));
        assertThat(point.speedup().value()).isCloseTo(13.33, within(0.005));
        assertThat(point.efficiency().value()).isCloseTo(0.8333, within(0.00005));
        assertThat(point.serialFraction().value()).isCloseTo(1.0 / 75, within(1e-12));
    }

    @Test
    void theFirstPointIsTheUnitOfTheOthers() {
        // A sweep of 2, 4 and 6 executors: p is 1, 2 and 3. Amdahl 1967 with a serial share of 0.2 in units of the
        // first
        // point: T(p) = 0.2 + 0.8/p.
        measure(2, 1);
        measure(4, 0.6);
        measure(6, 0.2 + 0.8 / 3);
        List<ScalingPoint> points = strong(2, 4, 6);
        assertThat(points).extracting(ScalingPoint::executors).containsExactly(2, 4, 6);
        assertThat(points.get(0).speedup()).isEqualTo(new Interval(1, 1, 1));
        assertThat(points.get(0).efficiency()).isEqualTo(new Interval(1, 1, 1));
        assertThat(points.get(0).serialFraction()).isEqualTo(Interval.UNKNOWN);
        assertThat(points.get(1).speedup().value()).isCloseTo(1 / 0.6, within(1e-12));
        assertThat(points.get(1).efficiency().value()).isCloseTo(1 / 1.2, within(1e-12));
        assertThat(points.get(1).serialFraction().value()).isCloseTo(0.2, within(1e-12));
        assertThat(points.get(2).serialFraction().value()).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void thePointsTimeIsTheMeanOverInvocationsOfTheirMeanIteration() {
        // (mean(1, 2, 3) + mean(6))/2 = (2 + 6)/2: an invocation with more valid iterations weighs no more.
        invocation(1, 1, 2, 3);
        invocation(1, 6);
        ScalingPoint point = strong(1).get(0);
        assertThat(point.seconds().value()).isEqualTo(4);
        assertThat(point.invocations()).isEqualTo(2);
        assertThat(point.runs()).isEqualTo(4);
        assertThat(point.trialsPerSecond()).isEqualTo(250);
    }

    @Test
    void warmUpAndInvalidRunsAreLeftOutAndInvalidOnesCounted() {
        order++;
        runs.add(run(1, 1, true, 100, true));
        runs.add(run(1, 2, true, 100, false));
        runs.add(run(1, 3, false, 100, false));
        runs.add(run(1, 4, false, 2, true));
        runs.add(run(1, 5, false, 4, true));
        ScalingPoint point = strong(1).get(0);
        assertThat(point.seconds().value()).isEqualTo(3);
        assertThat(point.runs()).isEqualTo(2);
        assertThat(point.invalidRuns()).isEqualTo(1);
    }

    @Test
    void aPointWithoutAValidRunIsLeftOut() {
        measure(1, 4);
        order++;
        runs.add(run(2, 1, false, 2, false));
        measure(4, 1);
        assertThat(strong(1, 2, 4)).extracting(ScalingPoint::executors).containsExactly(1, 4);
    }

    @Test
    void withoutAValidFirstPointTheNextIsTheReference() {
        order++;
        runs.add(run(1, 1, false, 4, false));
        measure(2, 2);
        measure(0, 4);
        ScalingPoint point = strong(1, 2).get(0);
        assertThat(point.executors()).isEqualTo(2);
        assertThat(point.seconds().value()).isEqualTo(2);
        assertThat(point.speedup()).isEqualTo(new Interval(1, 1, 1));
        assertThat(point.efficiency()).isEqualTo(new Interval(1, 1, 1));
        assertThat(point.serialFraction()).isEqualTo(Interval.UNKNOWN);
        assertThat(point.baselineRatio().value()).isEqualTo(0.5);
    }

    @Test
    void inStrongModeTheBaselineDoesTheSameWork() {
        measure(0, 10);
        measure(1, 12);
        measure(4, 4);
        List<ScalingPoint> points = strong(1, 4);
        assertThat(scaling(SweepSettings.STRONG, 1, 4)
                        .baselineSeconds()
                        .orElseThrow()
                        .value())
                .isEqualTo(10);
        assertThat(points.get(0).baselineRatio().value()).isCloseTo(1.2, within(1e-12));
        assertThat(points.get(1).baselineRatio().value()).isCloseTo(0.4, within(1e-12));
    }

    @Test
    void inWeakModeTheBaselineIsScaledToTheSameWork() {
        // One thread takes 10 s for the work of one executor, so 40 s for that of four, which take 13 s: 13/40.
        measure(0, 10);
        measure(1, 12);
        measure(4, 13);
        List<ScalingPoint> points = weak(1, 4);
        assertThat(points.get(0).baselineRatio().value()).isCloseTo(1.2, within(1e-12));
        assertThat(points.get(1).baselineRatio().value()).isCloseTo(13.0 / 40, within(1e-12));
    }

    @Test
    void withoutABaselineItsRatioIsNotKnown() {
        measure(1, 12);
        assertThat(scaling(SweepSettings.STRONG, 1).baselineSeconds()).isEmpty();
        assertThat(strong(1).get(0).baselineRatio()).isEqualTo(Interval.UNKNOWN);
    }

    @Test
    void aSingleInvocationHasNoIntervals() {
        invocation(0, 10, 11);
        invocation(1, 12, 13);
        invocation(2, 6, 7);
        ScalingPoint point = last(strong(1, 2));
        for (Interval interval : List.of(
                point.seconds(), point.speedup(), point.efficiency(), point.serialFraction(), point.baselineRatio())) {
            assertThat(interval.isKnown()).isFalse();
            assertThat(interval.value()).isNotNaN();
        }
    }

    @Test
    void allIntervalsGoTheSameWayAsTheirSpeedups() {
        for (double luck : new double[] {0.99, 1, 1.01}) {
            measure(0, 10 * luck);
            measure(1, 11 / luck);
            measure(4, 3.5 * luck * luck);
        }
        for (List<ScalingPoint> points : List.of(strong(1, 4), weak(1, 4))) {
            ScalingPoint point = last(points);
            for (Interval interval : List.of(
                    point.seconds(),
                    point.speedup(),
                    point.efficiency(),
                    point.serialFraction(),
                    point.baselineRatio())) {
                assertThat(interval.low()).isLessThan(interval.value());
                assertThat(interval.high()).isGreaterThan(interval.value());
            }
            assertThat(point.efficiency().low()).isCloseTo(point.speedup().low() / 4, within(1e-12));
        }
        // Karp and Flatt's fraction at the ends of the speedup's interval, the high one at the low one.
        ScalingPoint strong = last(strong(1, 4));
        assertThat(strong.serialFraction().high())
                .isCloseTo((1 / strong.speedup().low() - 0.25) / 0.75, within(1e-12));
        // Gustafson's likewise: (p − S)/(p − 1).
        ScalingPoint weak = last(weak(1, 4));
        assertThat(weak.serialFraction().high()).isCloseTo((4 - weak.speedup().low()) / 3, within(1e-12));
    }

    @Test
    void aPointWithMoreCoresThanTheMachineIsMarked() {
        measure(2, 1);
        measure(3, 1);
        List<ScalingPoint> points = new Scaling(settings(SweepSettings.STRONG, 2, 2, 3), PROCESSORS, runs).points();
        assertThat(points).extracting(ScalingPoint::cores).containsExactly(4, 6);
        assertThat(points).extracting(ScalingPoint::oversubscribed).containsExactly(false, true);
    }

    @Test
    void theTableHasEveryNumberWithItsInterval() {
        measure(1, 12);
        measure(8, 2);
        Table table = Scaling.table(strong(1, 8));
        assertThat(table.name()).isEqualTo("scaling");
        assertThat(table.columns())
                .extracting(Table.Column::name)
                .containsExactly(
                        "executors",
                        "cores",
                        "trials",
                        "invocations",
                        "runs",
                        "invalidRuns",
                        "seconds",
                        "secondsLow",
                        "secondsHigh",
                        "speedup",
                        "speedupLow",
                        "speedupHigh",
                        "efficiency",
                        "efficiencyLow",
                        "efficiencyHigh",
                        "serialFraction",
                        "serialFractionLow",
                        "serialFractionHigh",
                        "baselineRatio",
                        "baselineRatioLow",
                        "baselineRatioHigh",
                        "trialsPerSecond",
                        "oversubscribed");
        // 12 s to 2 s with 8 times the executors: speedup 6, efficiency 3/4, fraction (1/6 − 1/8)/(7/8) = 1/21.
        List<Object> row = table.rows().get(1);
        assertThat(row.subList(0, 8)).containsExactly(8L, 8L, 1000L, 1L, 1L, 0L, 2.0, Double.NaN);
        assertThat((double) row.get(9)).isCloseTo(6, within(1e-12));
        assertThat((double) row.get(12)).isCloseTo(0.75, within(1e-12));
        assertThat((double) row.get(15)).isCloseTo(1.0 / 21, within(1e-12));
        assertThat(row.subList(18, 23)).containsExactly(Double.NaN, Double.NaN, Double.NaN, 500.0, "true");
    }

    @Test
    void inTheTableEachLowEndStandsBeforeItsHighEnd() {
        for (double seconds : new double[] {9, 10, 11}) {
            measure(1, seconds);
        }
        Interval interval = strong(1).get(0).seconds();
        assertThat(Scaling.table(strong(1)).rows().get(0).subList(6, 9))
                .containsExactly(interval.value(), interval.low(), interval.high());
    }

    @Test
    void jsonHasTheSameNumbersAndNullForWhatIsNotKnown() {
        measure(1, 12);
        measure(2, 8);
        assertThat(Json.line(Scaling.json(last(strong(1, 2)))))
                .isEqualTo("{\"executors\":2,\"cores\":2,\"trials\":1000,\"invocations\":1,\"runs\":1,"
                        + "\"invalidRuns\":0,\"seconds\":{\"value\":8.0,\"low\":null,\"high\":null},"
                        + "\"trialsPerSecond\":125.0,\"speedup\":{\"value\":1.5,\"low\":null,\"high\":null},"
                        + "\"efficiency\":{\"value\":0.75,\"low\":null,\"high\":null},"
                        // (1/1.5 − 1/2)/(1/2) = 1/3
                        + "\"serialFraction\":{\"value\":0.33333333333333326,\"low\":null,\"high\":null},"
                        + "\"baselineRatio\":{\"value\":null,\"low\":null,\"high\":null},\"oversubscribed\":false}");
    }

    /** An invocation of one iteration. */
    private void measure(int executors, double seconds) {
        invocation(executors, seconds);
    }

    private void invocation(int executors, double... iterations) {
        order++;
        for (int i = 0; i < iterations.length; i++) {
            runs.add(run(executors, i + 1, false, iterations[i], true));
        }
    }

    private MeasuredRun run(int executors, int iteration, boolean warmup, double seconds, boolean valid) {
        return new MeasuredRun(
                order,
                1,
                executors,
                1,
                iteration,
                warmup,
                1000,
                seconds,
                "2026-11-21T09:43:00Z",
                executors,
                executors,
                1,
                8,
                0,
                0,
                0,
                CoreSeconds.UNKNOWN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                valid,
                valid ? "" : "lost executors: 1",
                "0123abcd");
    }

    private List<ScalingPoint> strong(Integer... executors) {
        return scaling(SweepSettings.STRONG, executors).points();
    }

    private List<ScalingPoint> weak(Integer... executors) {
        return scaling(SweepSettings.WEAK, executors).points();
    }

    private Scaling scaling(String mode, Integer... executors) {
        return new Scaling(settings(mode, 1, executors), PROCESSORS, runs);
    }

    private static SweepSettings settings(String mode, int coresPerExecutor, Integer... executors) {
        return new SweepSettings(
                "pi",
                List.of(),
                Map.of(),
                1,
                SweepSettings.EMBEDDED,
                mode,
                List.of(executors),
                coresPerExecutor,
                480,
                3,
                5,
                2,
                false,
                1000,
                8);
    }

    private static ScalingPoint last(List<ScalingPoint> points) {
        return points.get(points.size() - 1);
    }
}
