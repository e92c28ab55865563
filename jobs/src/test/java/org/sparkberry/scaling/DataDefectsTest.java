package org.sparkberry.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkberry.record.TimedRun;
import org.sparkberry.record.Timings;

final class DataDefectsTest {
    private static final int[] N = {1, 2, 4, 8, 16};

    private static Timings sound(DoubleUnaryOperator law, double noise, int repeats, int seed) {
        return FitsTest.runs(false, law, noise, repeats, seed, N);
    }

    private static Optional<Finding> find(Timings timings, Finding.Kind kind) {
        return DataDefects.in(Fits.of(timings)).stream()
                .filter(finding -> finding.kind() == kind)
                .findFirst();
    }

    /** Each of the tests is made at 0.2 % or stricter: more than 6 warnings for 150 sound data sets are no chance. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void soundDataAreLeftAlone(int repeats) {
        List<Integer> warned = IntStream.range(0, 150)
                .parallel()
                .filter(seed -> !DataDefects.in(
                                Fits.of(ordered(sound(FitsTest::amdahl, 0.02, repeats, seed), seed), 200))
                        .isEmpty())
                .boxed()
                .toList();

        assertThat(warned).hasSizeLessThanOrEqualTo(6);
    }

    /** In an order that has nothing to do with the times. */
    private static Timings ordered(Timings timings, int seed) {
        List<Integer> order = new ArrayList<>(
                IntStream.rangeClosed(1, timings.runs().size()).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        List<TimedRun> runs = new ArrayList<>();
        for (TimedRun run : timings.runs()) {
            runs.add(new TimedRun(run.n(), run.seconds(), order.get(runs.size())));
        }
        return Timings.of(timings.weak(), runs);
    }

    @ParameterizedTest
    @CsvSource({"1.3, 1", "1.3, 3", "1.15, 3", "0.8, 3"})
    void aBaselineThatIsTooSlowOrTooFast(double factor, int repeats) {
        Finding finding = find(
                        sound(n -> FitsTest.amdahl(n) * (n == 1 ? factor : 1), 0.01, repeats, 1),
                        Finding.Kind.SUSPECT_BASELINE)
                .orElseThrow();

        assertThat(finding.words()).contains("n = 1", "the fit with all points: ", "without n = 1: Amdahl with σ = ");
        assertThat(finding.words().contains("superlinear")).isEqualTo(factor > 1);
        assertThat(finding.next())
                .startsWith("measure n = 1 again together with the others; until then trust the fit without it");
    }

    /** 130 s instead of 100: with T(2) = 52.5 and T(4) = 28.75, speedups 2.48 and 4.52; T(8) = 16.875 makes 7.7. */
    @Test
    void thePointsAboveLinearAreNamed() {
        assertThat(find(sound(n -> FitsTest.amdahl(n) * (n == 1 ? 1.3 : 1), 0, 3, 1), Finding.Kind.SUSPECT_BASELINE)
                        .orElseThrow()
                        .words())
                .startsWith("more speedup than executors (superlinear) at n = 2, 4, so n = 1 was probably slow")
                .contains("without n = 1 and 2: Amdahl with σ = 5");
    }

    @ParameterizedTest
    @CsvSource({"1, 'no speedup at all: from n = 1 to 16'", "4, 'the speedup stops at n = 4: up to 16'"})
    void aFlatJob(int tasks, String words) {
        for (int repeats : new int[] {1, 3}) {
            assertThat(find(sound(n -> 100 / Math.min(n, tasks), 0.01, repeats, 1), Finding.Kind.FEW_TASKS)
                            .orElseThrow()
                            .words())
                    .startsWith(words);
        }
    }

    @Test
    void fewerTasksThanCoresWhereTheyAreCounted() {
        List<TimedRun> runs = sound(FitsTest::amdahl, 0.01, 3, 1).runs();
        Timings timings = new Timings(false, runs, Map.of(1, 12.0, 2, 6.0, 4, 3.0, 8, 1.5, 16, 0.75));

        assertThat(find(timings, Finding.Kind.FEW_TASKS).orElseThrow().words())
                .startsWith("fewer tasks than cores at n = 16");
    }

    /** The same work for each n of a weak series takes the same time: that is what one wants. */
    @Test
    void weakScalingMayBeFlat() {
        assertThat(DataDefects.in(Fits.of(FitsTest.runs(true, n -> 100, 0.01, 3, 1, N))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, -0.1})
    void timesThatDriftWithTheOrderOfTheRuns(double change) {
        Random random = new Random(1);
        List<TimedRun> runs = new ArrayList<>();
        for (int order = 1; order <= 20; order++) {
            int n = N[order % N.length];
            runs.add(new TimedRun(
                    n, FitsTest.amdahl(n) * (1 + change * order / 20) * Math.exp(0.01 * random.nextGaussian()), order));
        }

        assertThat(find(Timings.of(false, runs), Finding.Kind.ORDER_EFFECT)
                        .orElseThrow()
                        .words())
                .contains(change > 0 ? "more time at the end" : "less time at the end");
    }

    @Test
    void aPointThatScattersMoreThanFourTimesTheOthers() {
        List<TimedRun> runs =
                new ArrayList<>(sound(FitsTest::amdahl, 0.01, 5, 1).runs());
        runs.removeIf(run -> run.n() == 4);
        // 20 % apart: a standard deviation of 16 %, where the others have 1 %.
        for (double factor : new double[] {0.8, 0.9, 1, 1.1, 1.2}) {
            runs.add(new TimedRun(4, FitsTest.amdahl(4) * factor, 0));
        }

        assertThat(find(Timings.of(false, runs), Finding.Kind.SCATTERED_POINT)
                        .orElseThrow()
                        .words())
                .startsWith("the runs at n = 4 scatter by 16");
    }

    /** Sweeps often have two or three points: their repeats scatter unevenly by chance. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void fewSoundPointsAreLeftAlone(int points) {
        int[] n = IntStream.range(0, points).map(i -> 1 << i).toArray();
        long warned = IntStream.range(0, 300)
                .filter(seed -> !DataDefects.in(FitsTest.runs(false, FitsTest::amdahl, 0.03, 3, seed, n))
                        .isEmpty())
                .count();

        // At 0.2 % for a test, more than 6 of 300 would come once in 10,000 times.
        assertThat(warned).isLessThanOrEqualTo(6);
    }

    @Test
    void oneRunIsNoDefect() {
        assertThat(DataDefects.in(Timings.of(false, List.of(new TimedRun(1, 10, 1)))))
                .isEmpty();
    }

    /** Slow decline at the end of Amdahl's law with σ = 0.5 is no lack of tasks. */
    @Test
    void aLawsOwnPlateauIsNoLackOfTasks() {
        assertThat(find(
                        FitsTest.runs(false, n -> 100 * (0.5 + 0.5 / n), 0.01, 3, 1, 1, 2, 4, 8, 16, 32, 64, 128),
                        Finding.Kind.FEW_TASKS))
                .isEmpty();
    }
}
