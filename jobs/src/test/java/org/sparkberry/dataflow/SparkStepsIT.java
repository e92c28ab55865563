package org.sparkberry.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkberry.model.Course;
import org.sparkberry.model.Observation;
import org.sparkberry.model.Simulation;

/** Simulations as Spark jobs: the bits of one thread, however the blocks are cut into tasks. */
class SparkStepsIT {
    private static SparkSession spark;

    private final List<Long> told = new ArrayList<>();

    @BeforeAll
    static void start() {
        spark = SparkSession.builder()
                .master("local[3]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.log.level", "OFF")
                .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .config("spark.kryo.registrationRequired", "true")
                .config("spark.kryo.registrator", "org.sparkberry.cluster.Registration")
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "5, true", "1, false", "2, false", "3, false", "64, false"})
    void theBitsDoNotDependOnTheTasks(int tasks, boolean isAllNeeded) {
        Rod rod = new Rod(18, 30, isAllNeeded);

        SparkTasks dataflow = dataflow(tasks);
        assertSame(dataflow.simulate(rod), new SingleThread().simulate(rod));

        assertThat(told)
                .isEqualTo(IntStream.rangeClosed(1, 31)
                        .mapToObj(step -> (long) step)
                        .toList());
        assertThat(dataflow.jobs()).as("a Spark job for each step").isEqualTo(31);
    }

    /** 1.2 MB are shown in every step, more than goes along with a task. */
    @Test
    void whatIsLargeIsSentBeforehand() {
        Rod rod = new Rod(200_000, 3, true);
        assertSame(dataflow(3).simulate(rod), new SingleThread().simulate(rod));
    }

    @Test
    void aTaskSeesNoMoreThanItsBlocksNeed() {
        // Of four blocks in two tasks: 0 and 1 need 0, 1, 2; 2 and 3 need 1, 2, 3.
        assertThat(dataflow(2).simulate(new Onlooker()).states())
                .containsExactly(
                        new double[] {0, 1, 2}, new double[] {0, 1, 2}, new double[] {1, 2, 3}, new double[] {1, 2, 3});
    }

    /** Its blocks' states are the numbers of the blocks that they see. */
    private record Onlooker() implements Simulation {
        @Override
        public int blocks() {
            return 4;
        }

        @Override
        public long steps() {
            return 0;
        }

        @Override
        public double[] initial(int block) {
            return new double[0];
        }

        @Override
        public double[] shown(int block, double[] state, long step) {
            return new double[] {block};
        }

        @Override
        public Optional<int[]> needs(int block) {
            return Optional.of(IntStream.rangeClosed(Math.max(0, block - 1), Math.min(3, block + 1))
                    .toArray());
        }

        @Override
        public double[] step(int block, long step, double[] state, double[][] shown) {
            return Arrays.stream(shown)
                    .filter(Objects::nonNull)
                    .mapToDouble(other -> other[0])
                    .toArray();
        }

        @Override
        public List<Observation> observe(long step, List<double[]> states) {
            return List.of();
        }
    }

    private static void assertSame(Course one, Course other) {
        assertThat(Arrays.deepEquals(
                        one.states().toArray(double[][]::new), other.states().toArray(double[][]::new)))
                .isTrue();
        assertThat(one.observations()).usingRecursiveComparison().isEqualTo(other.observations());
    }

    private SparkTasks dataflow(int tasks) {
        return new SparkTasks(spark.sparkContext(), tasks, (done, all) -> told.add(done), new SparkTasks.Executors() {
            @Override
            public Map<String, Place> places() {
                return Map.of();
            }

            @Override
            public int cores() {
                return 3;
            }
        });
    }
}
