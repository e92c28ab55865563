package org.sparkberry.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparkberry.record.SweepSettings;
import org.sparkberry.scaling.Interval;
import org.sparkberry.scaling.ScalingPoint;

/** The numbers are those of the README's sweep of pi: one thread 5.123 s, one executor 5.262 s, two 2.980 s. */
class PlainWordsTest {
    private static final ScalingPoint ONE = point(1, new Interval(1, 1, 1), new Interval(1.027, 1.013, 1.042));

    @Test
    void threeSentencesSayWhatTheNumbersMean() {
        ScalingPoint two = point(2, new Interval(1.766, 1.740, 1.792), new Interval(0.5817, 0.5745, 0.5890));

        // 1/0.5817 = 1.719, 1/0.5890 = 1.698, 1/0.5745 = 1.741.
        assertThat(sentences(false, ONE, two))
                .containsExactly(
                        "Two executors did the work 1.77 times (between 1.74 and 1.79) as fast as one executor.",
                        "Ideal would be 2 times; this is 88 % of that: of every 100 seconds that the cluster worked,"
                                + " 12 were lost to waiting and to being slower together.",
                        "A plain program on one core, without Spark, would need 1.72 times (between 1.70 and 1.74) as"
                                + " long as they do: sharing the work was worth it.");
    }

    @Test
    void whatTheRepeatsCannotTellIsNotClaimed() {
        ScalingPoint two = point(2, new Interval(1.95, 1.8, 2.1), new Interval(1.01, 0.9, 1.1));

        assertThat(sentences(false, ONE, two).get(1)).endsWith("which these repeats cannot tell from ideal.");
        assertThat(sentences(false, ONE, two).get(2)).endsWith("it makes no clear difference.");
    }

    @Test
    void aClusterThatIsSlowerThanOneCoreIsCalledSo() {
        ScalingPoint two = point(2, new Interval(1.5, 1.4, 1.6), new Interval(1.2, 1.1, 1.3));

        assertThat(sentences(false, ONE, two).get(2)).endsWith("one core alone is the better choice.");
    }

    @Test
    void oneMeasurementHasNoInterval() {
        ScalingPoint two =
                point(2, new Interval(1.766, Double.NaN, Double.NaN), new Interval(0.58, Double.NaN, Double.NaN));

        assertThat(sentences(false, ONE, two))
                .anySatisfy(sentence -> assertThat(sentence).contains("1.77 times as fast as one executor"))
                .anySatisfy(sentence -> assertThat(sentence).contains("measured only once"));
    }

    @Test
    void weakScalingDoesMoreInTheSameTime() {
        ScalingPoint two = point(2, new Interval(1.9, 1.85, 1.95), Interval.UNKNOWN);

        assertThat(sentences(true, ONE, two).get(0))
                .isEqualTo("Two executors did 1.90 times (between 1.85 and 1.95) as much as one executor in the same"
                        + " time.");
        assertThat(sentences(true, ONE, two).get(2)).contains("was not measured");
    }

    @Test
    void onAClusterOneCoreIsThatOfTheMachineThatStartedTheSweep() {
        ScalingPoint two = point(2, new Interval(1.95, 1.9, 2.0), new Interval(0.5, 0.4, 0.6));

        assertThat(sentences("spark://pi1:7077", false, ONE, two).get(2))
                .startsWith("A plain program on one core of the machine that started the sweep, without Spark, would");
    }

    private static List<String> sentences(boolean weak, ScalingPoint... points) {
        return sentences(SweepSettings.EMBEDDED, weak, points);
    }

    private static List<String> sentences(String master, boolean weak, ScalingPoint... points) {
        ReportContent made = MadeUpSweep.of(1, 2);
        SweepSettings settings = made.settings().orElseThrow();
        SweepSettings mode = new SweepSettings(
                settings.job(),
                settings.jars(),
                settings.options(),
                settings.seed(),
                master,
                weak ? SweepSettings.WEAK : SweepSettings.STRONG,
                settings.executors(),
                settings.coresPerExecutor(),
                settings.executorMebibytes(),
                settings.invocations(),
                settings.iterations(),
                settings.warmup(),
                settings.oversubscribe(),
                settings.trials(),
                settings.partitions());
        return new PlainWords(new ReportContent(
                        made.title(),
                        made.job(),
                        Optional.of(mode),
                        made.baselineSeconds(),
                        List.of(points),
                        List.of(),
                        List.of(),
                        "",
                        "",
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        made.environment()))
                .sentences();
    }

    private static ScalingPoint point(int n, Interval speedup, Interval baselineRatio) {
        return new ScalingPoint(
                n,
                n,
                1,
                3,
                15,
                0,
                new Interval(5.262 / speedup.value(), Double.NaN, Double.NaN),
                speedup,
                new Interval(speedup.value() / n, speedup.low() / n, speedup.high() / n),
                Interval.UNKNOWN,
                baselineRatio,
                false);
    }
}
