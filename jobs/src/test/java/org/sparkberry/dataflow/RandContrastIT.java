package org.sparkberry.dataflow;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.rand;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Why Sparkberry has random streams of its own: what Spark's {@code rand()} does when the partitions change. */
final class RandContrastIT {
    private static final List<Integer> PARTITIONS = List.of(1, 2, 3, 7, 16, 64);
    private static final long DARTS = 1_000_000;
    private static final long SEED = 7;

    @Test
    void sparksRandGivesAnotherAnswerForEveryNumberOfPartitionsAsTheReadmeSays() throws Exception {
        List<String> rows = new ArrayList<>();
        TreeSet<Long> answers = new TreeSet<>();
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.log.level", "OFF")
                .getOrCreate()) {
            for (int partitions : PARTITIONS) {
                long hits = spark.range(0, DARTS, 1, partitions)
                        .select(rand(SEED).as("x"), rand(SEED + 1).as("y"))
                        .filter(expr("x * x + y * y < 1"))
                        .count();
                answers.add(hits);
                rows.add(String.format(Locale.ROOT, "| %d | %.6f |", partitions, 4.0 * hits / DARTS));
            }
        }
        rows.forEach(System.out::println);

        assertThat(answers).hasSize(PARTITIONS.size());
        assertThat(Files.readAllLines(Path.of(System.getProperty("sparkberry.root"), "jobs/README.md")))
                .containsAll(rows);
    }
}
