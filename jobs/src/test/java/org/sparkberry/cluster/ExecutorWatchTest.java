package org.sparkberry.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Clock;

class ExecutorWatchTest {
    private long seconds;
    private boolean isStarved;
    private int cancelled;

    private final Clock clock = new Clock() {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanos() {
            return seconds * 1_000_000_000L;
        }
    };
    private final ExecutorWatch watch = new ExecutorWatch(
            new ExecutorWatch.Application() {
                @Override
                public boolean isStarved() {
                    return isStarved;
                }

                @Override
                public void cancel() {
                    cancelled++;
                }
            },
            10,
            clock);

    @Test
    void jobsWithoutExecutorsEndAfterTheDeadline() {
        at(0, true);
        at(10, true);
        assertThat(watch.failure()).isEmpty();
        assertThat(cancelled).isZero();
        at(11, true);
        assertThat(watch.failure().orElseThrow())
                .hasMessageStartingWith("the cluster has had no executor for 10 s;")
                .hasMessageContaining("spark.sparkberry.executorDeadline");
        assertThat(cancelled).isEqualTo(1);
    }

    @Test
    void executorsThatComeBackInTimeAreNoFailure() {
        for (int outage = 0; outage < 5; outage++) {
            at(20L * outage, false);
            at(20L * outage + 9, true);
        }
        assertThat(watch.failure()).isEmpty();
        assertThat(cancelled).isZero();
    }

    @Test
    void aJobThatIsSubmittedAfterwardsIsEndedToo() {
        at(11, true);
        at(12, true);
        assertThat(cancelled).isEqualTo(2);
    }

    @Test
    void theDeadlineIsWrittenAsSparkWritesTimes() {
        SparkConf conf = new SparkConf(false);
        assertThat(ExecutorWatch.deadlineSeconds(conf)).isEqualTo(180);
        // spark.apache.org, "Spark Configuration", Spark Properties: a time has a unit, a number alone is in seconds.
        assertThat(ExecutorWatch.deadlineSeconds(conf.set(ExecutorWatch.SETTING, "5m")))
                .isEqualTo(300);
        assertThat(ExecutorWatch.deadlineSeconds(conf.set(ExecutorWatch.SETTING, "7")))
                .isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "", "0s", "-3s", "999999999999d"})
    void anotherDeadlineIsRefused(String text) {
        SparkConf conf = new SparkConf(false).set(ExecutorWatch.SETTING, text);
        assertThatThrownBy(() -> ExecutorWatch.deadlineSeconds(conf))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("spark.sparkberry.executorDeadline: must be a time ")
                .hasMessageEndingWith(", not '" + text + "'");
    }

    private void at(long second, boolean starved) {
        seconds = second;
        isStarved = starved;
        watch.look();
    }
}
