package org.sparkberry.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepSettingsTest {
    @Test
    void theyComeBackFromJson() throws IOException {
        SweepSettings settings = settings(SweepSettings.WEAK);
        assertThat(Json.parse(Json.line(settings), SweepSettings.class)).isEqualTo(settings);
        assertThat(Json.parse(Json.pretty(settings), SweepSettings.class)).isEqualTo(settings);
    }

    @Test
    void anInvocationsSettingsComeBackFromJson() throws IOException {
        InvocationSettings settings = new InvocationSettings(
                settings(SweepSettings.STRONG),
                InvocationSettings.Task.MEASURE,
                3,
                2,
                4,
                "spark://pi1:7077",
                Map.of("spark.authenticate.secret", "a=\"b\"\nc"));
        String line = Json.line(settings);
        assertThat(line).doesNotContain("\n");
        assertThat(Json.parse(line, InvocationSettings.class)).isEqualTo(settings);
    }

    @Test
    void jsonHasTheComponentsAndNothingElse() throws IOException {
        List<String> names = new ArrayList<>();
        new ObjectMapper()
                .readTree(Json.line(settings(SweepSettings.STRONG)))
                .fieldNames()
                .forEachRemaining(names::add);
        assertThat(names)
                .containsExactly(
                        "job",
                        "jars",
                        "options",
                        "seed",
                        "master",
                        "mode",
                        "executors",
                        "coresPerExecutor",
                        "executorMebibytes",
                        "invocations",
                        "iterations",
                        "warmup",
                        "oversubscribe",
                        "trials",
                        "partitions");
    }

    @Test
    void aJobOfOnesOwnIsTypedWithItsJars() {
        assertThat(settings(SweepSettings.STRONG).jobAsTyped()).isEqualTo("value-at-risk --jars /ä b/own.jar");
    }

    /** With 2, 4 and 8 executors a strong sweep gives each executor a half and a quarter of the work. */
    @Test
    void inAStrongSweepEachExecutorWarmsUpWithTheSameWork() {
        SweepSettings strong = settings(SweepSettings.STRONG);
        int fewest = strong.executors().get(0);
        assertThat(strong.warmupWith(0)).isEqualTo(strong.warmup());
        assertThat(strong.warmupWith(fewest)).isEqualTo(strong.warmup());
        assertThat(strong.warmupWith(2 * fewest)).isEqualTo(2 * strong.warmup());
        assertThat(strong.warmupWith(2 * fewest + 1)).isEqualTo(3 * strong.warmup());
        assertThat(strong.warmupWith(100 * fewest)).isEqualTo(8 * strong.warmup());
        assertThat(settings(SweepSettings.WEAK).warmupWith(100 * fewest)).isEqualTo(strong.warmup());
    }

    @Test
    void strongScalingKeepsTheWorkAndTheTasks() {
        SweepSettings settings = settings(SweepSettings.STRONG);
        assertThat(settings.isWeak()).isFalse();
        for (int executors : List.of(0, 1, 4)) {
            assertThat(settings.trialsWith(executors)).isEqualTo(1000);
            assertThat(settings.partitionsWith(executors)).isEqualTo(8);
        }
    }

    @Test
    void weakScalingGrowsTheWorkAndTheTasksWithTheExecutors() {
        SweepSettings settings = settings(SweepSettings.WEAK);
        assertThat(settings.isWeak()).isTrue();
        assertThat(settings.trialsWith(4)).isEqualTo(4000);
        assertThat(settings.partitionsWith(4)).isEqualTo(32);
        // One thread does what one executor does.
        assertThat(settings.trialsWith(0)).isEqualTo(1000);
        assertThat(settings.partitionsWith(0)).isEqualTo(8);
    }

    @Test
    void workBeyondTheRangeOfALongIsRefusedNotWrappedAround() {
        SweepSettings settings = settings(SweepSettings.WEAK).withTrials(Long.MAX_VALUE / 2);
        assertThatThrownBy(() -> settings.trialsWith(4)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void calibrationChangesTheWorkAlone() throws IOException {
        SweepSettings settings = settings(SweepSettings.STRONG);
        String line = Json.line(settings).replace("\"trials\":1000", "\"trials\":5000");
        assertThat(settings.withTrials(5000)).isEqualTo(Json.parse(line, SweepSettings.class));
    }

    private static SweepSettings settings(String mode) {
        return new SweepSettings(
                "value-at-risk",
                List.of(new JobJar("/ä b/own.jar", "0f".repeat(32))),
                Map.of("columns", "DAX,FTSE", "levels", "ä b.csv"),
                -5,
                SweepSettings.EMBEDDED,
                mode,
                List.of(1, 2, 4),
                1,
                480,
                3,
                5,
                2,
                false,
                1000,
                8);
    }
}
