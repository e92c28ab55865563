package org.sparkberry.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkberry.record.CoreSeconds;
import org.sparkberry.record.MeasuredRun;
import org.sparkberry.record.SweepSettings;
import org.sparkberry.record.TimedRun;
import org.sparkberry.record.TimingsFile;

final class SweepAnalysisTest {
    private final List<MeasuredRun> runs = new ArrayList<>();
    private double otherLoad = 0.01;

    private static SweepSettings settings(Integer... executors) {
        return new SweepSettings(
                "pi",
                List.of(),
                Map.of(),
                1,
                SweepSettings.EMBEDDED,
                SweepSettings.STRONG,
                List.of(executors),
                1,
                480,
                3,
                2,
                0,
                true,
                1000,
                16);
    }

    /** One iteration; the driver works alone for the serial seconds, the cores compute in the rest. */
    private void run(int order, int executors, int iteration, double seconds, double serial, String digest) {
        CoreSeconds parts = executors == 0
                ? CoreSeconds.onlyCompute(seconds)
                : new CoreSeconds(executors * (seconds - serial), 0, 0, 0, 0, 0, 0, executors * serial);
        runs.add(new MeasuredRun(
                order,
                1 + order / 4,
                executors,
                1,
                iteration,
                false,
                1000,
                seconds,
                "2026-11-21T12:00:00Z",
                executors,
                executors,
                1,
                16,
                0,
                0,
                0,
                parts,
                1.1,
                otherLoad,
                Double.NaN,
                true,
                "",
                digest));
    }

    /** Three invocations with two iterations of Amdahl's law with 10 s in all and 0.4 s serial, evenly 1 % about it. */
    private void amdahl(Integer... executors) {
        int order = 0;
        for (double scatter : new double[] {0.99, 1, 1.01}) {
            for (int n : executors) {
                order++;
                run(order, n, 1, (0.4 + 9.6 / n) * scatter, 0.4 * scatter, "d");
                run(order, n, 2, (0.4 + 9.6 / n) * scatter, 0.4 * scatter, "d");
            }
        }
    }

    private static List<Finding.Kind> kinds(SweepAnalysis analysis) {
        return analysis.findings().stream().map(Finding::kind).toList();
    }

    /** S(4) = 10/2.8 = 3.571, 89.3 %; (1/S − 1/4)/(3/4) = 4 %. The driver's 0.4 s are lost by 3 cores more. */
    @Test
    void theVerdictNamesEfficiencySerialFractionAndLimit() {
        amdahl(1, 2, 4);
        SweepAnalysis analysis = new SweepAnalysis(settings(1, 2, 4), 8, runs);

        assertThat(analysis.verdict())
                .startsWith("89.3 ± ")
                .contains(" % parallel efficiency at 4 executors; serial fraction ")
                .endsWith("; limit: " + Cause.DRIVER.words());
        assertThat(analysis.fits().orElseThrow().best().law()).isEqualTo(Law.AMDAHL);
        assertThat(analysis.refusal()).isEmpty();
        assertThat(kinds(analysis)).doesNotContain(Finding.Kind.OTHER_LOAD, Finding.Kind.OVERSUBSCRIBED);
    }

    @Test
    void twoPointsAreNotFitted() {
        amdahl(1, 2);
        SweepAnalysis analysis = new SweepAnalysis(settings(1, 2), 8, runs);

        assertThat(analysis.fits()).isEmpty();
        assertThat(analysis.refusal()).startsWith("only two distinct n (1, 2)").endsWith("measure n = 4 too");
        assertThat(analysis.verdict()).contains(" parallel efficiency at 2 executors");
    }

    /** On 2 processors 4 executors tell nothing of 4 machines: no law, and the verdict is about 2. */
    @Test
    void oversubscribedPointsAreLeftOutOfLawsAndVerdict() {
        amdahl(1, 2, 4);
        SweepAnalysis analysis = new SweepAnalysis(settings(1, 2, 4), 2, runs);

        assertThat(analysis.points()).hasSize(3);
        assertThat(analysis.fits()).isEmpty();
        assertThat(analysis.verdict()).contains(" at 2 executors");
        assertThat(kinds(analysis)).contains(Finding.Kind.OVERSUBSCRIBED);
    }

    @Test
    void otherProgramsAreNamed() {
        otherLoad = 0.3;
        amdahl(1, 2, 4);

        assertThat(new SweepAnalysis(settings(1, 2, 4), 8, runs).findings())
                .filteredOn(finding -> finding.kind() == Finding.Kind.OTHER_LOAD)
                .singleElement()
                .satisfies(finding -> assertThat(finding.words()).contains("used 30 %"));
    }

    @Test
    void differentBitsAreTheFirstFinding() {
        amdahl(1, 2, 4);
        run(99, 1, 1, 10, 0.4, "another");
        SweepAnalysis analysis = new SweepAnalysis(settings(1, 2, 4), 8, runs);

        assertThat(analysis.sameDigests()).isFalse();
        assertThat(kinds(analysis)).startsWith(Finding.Kind.DIFFERENT_BITS);
    }

    @Test
    void nothingCanBeSaidOfOnePointOrNone() {
        assertThat(new SweepAnalysis(settings(1, 2), 8, runs).verdict()).startsWith("no run is valid");
        amdahl(1);
        assertThat(new SweepAnalysis(settings(1, 2), 8, runs).verdict()).startsWith("one point only (1 executor)");
    }

    /** Without a valid run at the smallest count the next one is the reference. */
    @Test
    void theSmallestCountMayBeMissing() {
        amdahl(2, 4);
        SweepAnalysis analysis = new SweepAnalysis(settings(1, 2, 4), 8, runs);

        // S = T(2)/T(4) = 5.2/2.8 = 1.857 on p = 2.
        assertThat(analysis.points().get(1).speedup().value()).isCloseTo(1.857, within(0.001));
        assertThat(analysis.verdict()).startsWith("92.9 ± ");
    }

    /** An invocation's iterations are one run, with their mean; the baseline is none. */
    @Test
    void theTimingsOfASweepAreTheMeansOfItsInvocations() {
        run(1, 0, 1, 9, 0, "d");
        run(2, 1, 1, 10, 0, "d");
        run(2, 1, 2, 12, 0, "d");
        run(3, 2, 1, 6, 0, "d");

        assertThat(TimingsFile.ofRuns(runs).runs()).containsExactly(new TimedRun(1, 11, 2), new TimedRun(2, 6, 3));
        assertThat(TimingsFile.ofRuns(runs).weak()).isFalse();
        assertThat(TimingsFile.ofRuns(runs).tasksPerCore()).isEqualTo(Map.of(1, 16.0, 2, 8.0));
    }
}
