package org.sparkberry.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkberry.dataflow.Dataflow;
import org.sparkberry.dataflow.SingleThread;
import org.sparkberry.dataflow.Tables;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Estimator;
import org.sparkberry.estimate.Result;
import org.sparkberry.model.Course;
import org.sparkberry.model.Model;
import org.sparkberry.model.Simulation;
import org.sparkberry.model.Work;
import org.sparkberry.random.Streams;

/**
 * Error bars mean what they say: thousands of small runs of every job, each with a seed of its own, against the known
 * answer of every estimate that has one. A job of {@link Jobs#all}, and the example of a user's own, is here by itself.
 *
 * <p>The z-scores must be standard normal by the Kolmogorov–Smirnov test and by their sum of squares (χ² with a degree
 * of freedom for each run), and the 95 % intervals must hold the answer in 95 % of the runs (binomial), each at level
 * 10⁻⁴, two-sided: other seeds would raise a false alarm once in 10,000 times for each estimate and test, and these
 * seeds are fixed. The sum of squares, divided by the runs, must be within 0.92 and 1.09; with standard errors that are
 * 10 % too large or too small it is 0.83 or 1.23, with a standard deviation of 2 to 3 %. (1000 runs would see standard
 * errors that are 10 % too large only 56 times in 100.)
 */
final class ErrorBarsTest {
    private static final int RUNS = 4000;
    private static final double LEVEL = 1e-4;

    @TempDir
    static Path folder;

    private static @Nullable SparkSession spark;
    private static @Nullable ClassLoader before;

    /** A job's estimates that have a known answer, of every run. */
    private static final Map<String, Map<String, List<Estimate>>> ESTIMATES = new LinkedHashMap<>();

    /** Spark reads the input of jobs that have some, once, and computes nothing. */
    @BeforeAll
    static void run() throws IOException {
        System.setProperty("log4j2.configurationFile", "classpath:org/sparkberry/cli/log4j2-quiet.properties");
        Configurator.setRootLevel(Level.OFF);
        before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(withExample(Objects.requireNonNull(before)));
        Path root = Path.of(System.getProperty("sparkberry.root"));
        for (Job job : Jobs.all()) {
            if (job.pattern() != Job.Pattern.INDEPENDENT || job instanceof GravitationalWaves) {
                continue; // No trials: what their error bars are of is tested where they are made.
            }
            Job.Experiment experiment =
                    job.prepare(new Parameters(Jobs.options(job), small(job)), new Tables(ErrorBarsTest::spark, root));
            Map<String, List<Estimate>> byName = new LinkedHashMap<>();
            List<Result> results = IntStream.rangeClosed(1, RUNS)
                    .parallel()
                    .mapToObj(seed -> experiment.run(new Reseeded(seed, job)))
                    .toList();
            results.stream()
                    .flatMap(result -> result.estimates().stream())
                    .filter(estimate -> estimate.reference() != null)
                    .forEach(estimate -> byName.computeIfAbsent(estimate.name(), name -> new ArrayList<>())
                            .add(estimate));
            ESTIMATES.put(job.name(), byName);
        }
    }

    /**
     * The work of a run: so much that an estimate is nearly normal, and one that counts takes so many values that their
     * steps do not show. They add up to 0.2/σ to the largest distance of the distributions, σ the standard deviation of
     * the count: 0.005 for π, 0.009 for the birthdays; 0.035 would be too much.
     */
    private static Map<String, String> small(Job job) throws IOException {
        return switch (job.name()) {
            case "pi" -> Map.of("trials", "10k");
            case "birthday" -> Map.of("trials", "2k");
            // Returns of 1 % and −1 %: their losses need a fifth of the bins of real ones, and of the time.
            case "value-at-risk" ->
                Map.of(
                        "trials",
                        "1k",
                        "columns",
                        "A",
                        "levels",
                        Files.writeString(folder.resolve("levels.csv"), "A\n100\n101\n99.99\n")
                                .toString());
            default -> Map.of(job.size().name(), "4k");
        };
    }

    @AfterAll
    static void stop() {
        Thread.currentThread().setContextClassLoader(before);
        if (spark != null) {
            spark.stop();
        }
    }

    private static SparkSession spark() {
        SparkSession session = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
        spark = session;
        return session;
    }

    private static ClassLoader withExample(ClassLoader parent) throws IOException {
        Path example = Path.of(System.getProperty("sparkberry.root"), "jobs/example/src/main");
        String services = "META-INF/services/org.sparkberry.job.Job";
        Files.createDirectories(folder.resolve(services).getParent());
        Files.copy(example.resolve("resources").resolve(services), folder.resolve(services));
        Path here = Path.of("").toAbsolutePath().resolve("target/classes");
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-cp",
                        here.toString(),
                        "-d",
                        folder.toString(),
                        example.resolve("java/example/Birthday.java").toString());
        assertThat(exit).isZero();
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, parent);
    }

    /**
     * One thread, with the random streams of another seed: the input need not be read again. A pass before the last one
     * has streams of its own.
     */
    private static final class Reseeded implements Dataflow {
        private final int seed;
        private final Job job;
        private int passes;

        Reseeded(int seed, Job job) {
            this.seed = seed;
            this.job = job;
        }

        @Override
        public <E extends Estimator<E>> E estimate(Model<E> model, Work work) {
            String name = passes++ == 0 ? job.name() : job.name() + "/" + passes;
            return new SingleThread()
                    .estimate(model, new Work(new Streams(seed, name), work.trials(), work.trialsPerBlock()));
        }

        @Override
        public Course simulate(Simulation simulation) {
            throw new UnsupportedOperationException("simulations have no trials");
        }
    }

    /**
     * An estimate of a job.
     *
     * @param estimates of all runs
     */
    private record Known(String job, String name, List<Estimate> estimates) {
        double[] zScores() {
            return estimates.stream().mapToDouble(e -> e.z().orElseThrow()).toArray();
        }

        /** In how many runs the interval, times a factor, holds the known answer. */
        int held(double factor) {
            return (int) estimates.stream()
                    .filter(e -> {
                        double reference = Objects.requireNonNull(e.reference());
                        return e.value() - factor * (e.value() - e.low()) <= reference
                                && reference <= e.value() + factor * (e.high() - e.value());
                    })
                    .count();
        }

        @Override
        public String toString() {
            return job + " " + name;
        }
    }

    static Stream<Known> known() {
        return ESTIMATES.entrySet().stream().flatMap(job -> job.getValue().entrySet().stream()
                .map(estimate -> new Known(job.getKey(), estimate.getKey(), estimate.getValue())));
    }

    @ParameterizedTest
    @MethodSource("known")
    void zScoresAreStandardNormal(Known known) {
        double[] z = known.zScores();

        assertThat(z).hasSize(RUNS);
        assertThat(kolmogorovSmirnov(z)).isGreaterThan(LEVEL);
        assertThat(chiSquared(z)).isGreaterThan(LEVEL);
    }

    @ParameterizedTest
    @MethodSource("known")
    void intervalsHoldTheAnswerIn95PercentOfRuns(Known known) {
        assertThat(binomial(known.held(1))).isGreaterThan(LEVEL);
    }

    /** What the tests above are worth. */
    @ParameterizedTest
    @MethodSource("known")
    void standardErrorsThatAreTenPercentWrongWouldBeSeen(Known known) {
        for (double factor : new double[] {0.9, 1.1}) {
            assertThat(chiSquared(scaled(known.zScores(), z -> z / factor))).isLessThan(LEVEL);
            assertThat(binomial(known.held(factor))).isLessThan(LEVEL);
        }
        // So much bias that the largest distance of the distributions is 0.08.
        assertThat(kolmogorovSmirnov(scaled(known.zScores(), z -> z + 0.2))).isLessThan(LEVEL);
    }

    @ParameterizedTest
    @MethodSource("known")
    void everyRunHasNumbersOfItsOwn(Known known) {
        assertThat(known.estimates().stream().map(Estimate::value).distinct().count())
                .isGreaterThan(50);
    }

    private static double kolmogorovSmirnov(double[] z) {
        return new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new NormalDistribution(0, 1), z);
    }

    private static double chiSquared(double[] z) {
        double sum = 0;
        for (double score : z) {
            sum += score * score;
        }
        ChiSquaredDistribution distribution = ChiSquaredDistribution.of(z.length);
        return 2 * Math.min(distribution.cumulativeProbability(sum), distribution.survivalProbability(sum));
    }

    private static double binomial(int held) {
        BinomialDistribution distribution = BinomialDistribution.of(RUNS, 0.95);
        return 2 * Math.min(distribution.cumulativeProbability(held), distribution.survivalProbability(held - 1));
    }

    private static double[] scaled(double[] z, DoubleUnaryOperator operator) {
        return Arrays.stream(z).map(operator).toArray();
    }
}
