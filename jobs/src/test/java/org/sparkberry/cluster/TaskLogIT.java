package org.sparkberry.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.sparkberry.record.MeasuredTask;

/** What Spark reports of a job with a shuffle: three tasks write, two read and write, one counts. */
final class TaskLogIT {
    @Test
    void everyTaskOfTheIterationIsReportedWithItsStageAndWhereItsTimeWent() throws Exception {
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.log.level", "OFF")
                // One job for a query, not one for each of its stages.
                .config("spark.sql.adaptive.enabled", "false")
                .getOrCreate()) {
            TaskLog log = new TaskLog(spark.sparkContext());
            spark.range(10).count();
            log.begin();
            spark.range(0, 2_000_000, 1, 3).repartition(2).count();

            assertThat(log.end(1)).isTrue();
            check(log.tasks());

            log.begin();
            assertThat(log.end(1)).as("a job that never was has ended").isFalse();
        }
    }

    private static void check(List<MeasuredTask> tasks) {
        assertThat(tasks.stream().map(MeasuredTask::stage).distinct()).hasSize(3);
        assertThat(tasks).hasSize(3 + 2 + 1);
        for (MeasuredTask task : tasks) {
            // The definition of Spark's own web page.
            double delay = task.durationSeconds()
                    - task.runSeconds()
                    - task.deserializeSeconds()
                    - task.resultSerializeSeconds()
                    - task.resultFetchSeconds();
            assertThat(task.schedulerDelaySeconds()).isNotNegative().isCloseTo(delay, within(0.01));
            // Both happen while the task runs; Spark counts the writing in another unit than the run.
            assertThat(task.shuffleWriteSeconds() + task.shuffleFetchWaitSeconds())
                    .isBetween(0.0, task.runSeconds() + 0.01);
        }
        assertThat(tasks.stream().mapToDouble(MeasuredTask::shuffleWriteSeconds).sum())
                .isGreaterThan(1e-5);
    }
}
