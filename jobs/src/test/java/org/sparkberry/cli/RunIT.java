package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.record.Json;

/** {@code sparkberry run} as a person starts it, on a Spark of its own. */
final class RunIT {
    /** Seed 7 and 10⁹ trials: found by the first build of the kernel, and by every layout, machine and Java since. */
    private static final String PI_DIGEST = "f11a84104948c88fe49c54b23d700a6dd914ff12f8ab44984a35b5c6f6758027";

    @TempDir
    Path folder;

    @Test
    void piGivesTheSameBitsOnEveryMaster() throws Exception {
        for (String master : List.of("local[1]", "local[2]", "local-cluster[2,1,700]")) {
            JsonNode run = run("pi", "--trials", "1e9", "--seed", "7", "--master", master);

            assertThat(run.path("digest").asText()).as(master).isEqualTo(PI_DIGEST);
            assertThat(run.path("trials").asLong()).isEqualTo(1_000_000_000L);
        }
    }

    @Test
    void theJsonObjectHasEveryField() throws Exception {
        JsonNode run = run("pi", "--trials", "1e7", "--seed", "7");

        assertThat(run.fieldNames())
                .toIterable()
                .contains(
                        "job",
                        "parameters",
                        "seed",
                        "trials",
                        "estimates",
                        "digest",
                        "times",
                        "environment",
                        "outcome");
        assertThat(run.path("job").asText()).isEqualTo("pi");
        assertThat(run.path("parameters").path("trials").asLong()).isEqualTo(10_000_000);
        assertThat(run.path("seed").asLong()).isEqualTo(7);
        assertThat(run.path("outcome").asText()).isEqualTo("completed");
        JsonNode pi = run.path("estimates").path(0);
        assertThat(pi.path("name").asText()).isEqualTo("pi");
        assertThat(pi.path("reference").asDouble()).isEqualTo(Math.PI);
        // √(π(4 − π)/n), from the binomial distribution.
        assertThat(pi.path("standardError").asDouble())
                .isCloseTo(Math.sqrt(Math.PI * (4 - Math.PI) / 1e7), within(1e-6));
        // False alarm with probability 6·10⁻⁵ if the seed were not fixed.
        assertThat(pi.path("z").asDouble()).isBetween(-4.0, 4.0);
        assertThat(pi.path("low").asDouble()).isLessThan(pi.path("value").asDouble());
        assertThat(pi.path("high").asDouble()).isGreaterThan(pi.path("value").asDouble());
    }

    @Test
    void noTrialIsLostWhenBlocksAndTasksDoNotDivide() throws Exception {
        JsonNode run = run("pi", "--trials", "1000000007", "--partitions", "13");

        assertThat(run.path("trials").asLong()).isEqualTo(1_000_000_007L);
    }

    @Test
    void theRunDirectoryHoldsWhatWasPrinted() throws Exception {
        Launched launched =
                Launched.in(folder, "run", "value-at-risk", "--trials", "1e5", "--format", "json", "--results", "here");
        assertThat(launched.exitCode()).as(launched.err()).isZero();

        try (Stream<Path> results = Files.list(folder.resolve("here"))) {
            Path directory = results.toList().get(0);
            assertThat(Files.readString(directory.resolve("run.json")).strip())
                    .isEqualTo(launched.out().strip());
            assertThat(Files.readString(directory.resolve("estimates.csv"))).startsWith("name,value,standardError");
            assertThat(directory.resolve("losses.csv")).isNotEmptyFile();
            assertThat(directory.resolve("losses.parquet")).isNotEmptyFile();
            assertThat(directory.resolve("figures/losses.svg")).isNotEmptyFile();
            assertThat(directory.resolve("figures/losses.png")).isNotEmptyFile();
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("here");
        }
    }

    @Test
    void oneDaysValueAtRiskIsTheQuantileOfTheData() throws Exception {
        JsonNode run = run("value-at-risk", "--days", "1", "--trials", "4e6", "--weights", "0.4,0.3,0.2,0.1");
        double[] losses = losses(new double[] {0.4, 0.3, 0.2, 0.1});

        for (int i = 0; i < 2; i++) {
            JsonNode estimate = run.path("estimates").path(i);
            double p = i == 0 ? 0.95 : 0.99;
            // The bootstrap's distribution is the data's: its quantile is an order statistic. Four million draws
            // put the empirical rank within 5 standard deviations (one in two million), a fraction of a rank step.
            double n = losses.length;
            double rankError = 5 * Math.sqrt(p * (1 - p) / 4e6) * n;
            double low = losses[(int) Math.ceil(p * n - rankError) - 1];
            double high = losses[(int) Math.ceil(p * n + rankError) - 1];
            double resolution = estimate.path("resolution").asDouble();
            assertThat(estimate.path("value").asDouble()).isBetween(low - resolution, high + resolution);
            assertThat(estimate.path("low").asDouble()).isLessThanOrEqualTo(high);
            assertThat(estimate.path("high").asDouble()).isGreaterThanOrEqualTo(low);
        }
        // Expected shortfall of the data themselves: Acerbi and Tasche's formula over the sorted losses.
        for (int i = 2; i < 4; i++) {
            double p = i == 2 ? 0.95 : 0.99;
            double tail = (1 - p) * losses.length;
            int whole = (int) tail;
            double sum = (tail - whole) * losses[losses.length - whole - 1];
            for (int j = 0; j < whole; j++) {
                sum += losses[losses.length - 1 - j];
            }
            JsonNode estimate = run.path("estimates").path(i);
            assertThat(estimate.path("value").asDouble())
                    .isCloseTo(
                            sum / tail,
                            within(4 * estimate.path("standardError").asDouble()));
        }
    }

    @Test
    void tenDaysValueAtRiskAgreesWithAnotherGeneratorAndAnotherMethod() throws Exception {
        JsonNode run = run("value-at-risk", "--trials", "2e6");
        double[] losses = losses(new double[] {0.25, 0.25, 0.25, 0.25});
        // The JDK's own generator, a plain loop, a sorted array: nothing of ours but the data.
        java.util.SplittableRandom random = new java.util.SplittableRandom(20261121);
        int trials = 400_000;
        double[] tenDays = new double[trials];
        for (int i = 0; i < trials; i++) {
            double value = 1;
            for (int day = 0; day < 10; day++) {
                value *= 1 - losses[random.nextInt(losses.length)];
            }
            tenDays[i] = 1 - value;
        }
        Arrays.sort(tenDays);

        for (int i = 0; i < 2; i++) {
            JsonNode estimate = run.path("estimates").path(i);
            double p = i == 0 ? 0.95 : 0.99;
            double plain = tenDays[(int) Math.ceil(p * trials) - 1];
            // The plain loop has a fifth of the trials, so √5 of the error: 5 of both together is 6·10⁻⁷.
            double both = estimate.path("standardError").asDouble() * Math.sqrt(6);
            assertThat(estimate.path("value").asDouble()).isCloseTo(plain, within(5 * both));
        }
    }

    @Test
    void sparkSubmitIsTheSameThing() throws Exception {
        Path home = Launched.root().resolve("cluster-setup/runtime/target/spark");
        Launched launched = Launched.of(
                folder,
                Map.of(),
                List.of(
                        home.resolve("bin/spark-submit").toString(),
                        "--master",
                        "local[2]",
                        Launched.root().resolve("jobs/target/sparkberry.jar").toString(),
                        "run",
                        "pi",
                        "--trials",
                        "1e9",
                        "--seed",
                        "7",
                        "--format",
                        "json"));

        assertThat(launched.exitCode()).as(launched.err()).isZero();
        assertThat(Json.tree(launched.out()).path("digest").asText()).isEqualTo(PI_DIGEST);
    }

    @Test
    void anotherJavaGivesTheSameBits() throws Exception {
        List<Path> others = otherJdks();
        if (others.isEmpty()) {
            System.out.println("skipped: no second JDK 17 or newer under /usr/lib/jvm");
        }
        Assumptions.assumeFalse(others.isEmpty(), "no second JDK");
        for (Path jdk : others) {
            Launched launched = Launched.in(
                    folder,
                    Map.of("JAVA_HOME", jdk.toString()),
                    "run",
                    "pi",
                    "--trials",
                    "1e9",
                    "--seed",
                    "7",
                    "--format",
                    "json");

            assertThat(launched.exitCode()).as(launched.err()).isZero();
            assertThat(Json.tree(launched.out()).path("digest").asText())
                    .as(jdk.toString())
                    .isEqualTo(PI_DIGEST);
        }
    }

    private JsonNode run(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(words));
        all.addAll(List.of("--format", "json"));
        Launched launched = Launched.in(folder, all.toArray(String[]::new));
        assertThat(launched.exitCode()).as(launched.err()).isZero();
        return Json.tree(launched.out());
    }

    /** The portfolio's losses on every day of the data, sorted: read without Spark. */
    private static double[] losses(double[] weights) throws IOException {
        List<double[]> levels =
                Files.readAllLines(Launched.root().resolve("datasets/markets/eu-stock-indices-1991-1998.csv")).stream()
                        .skip(1)
                        .map(line -> Arrays.stream(line.split(",", -1))
                                .mapToDouble(Double::parseDouble)
                                .toArray())
                        .toList();
        double[] losses = new double[levels.size() - 1];
        for (int day = 1; day < levels.size(); day++) {
            for (int i = 0; i < weights.length; i++) {
                losses[day - 1] -= weights[i] * (levels.get(day)[i] / levels.get(day - 1)[i] - 1);
            }
        }
        Arrays.sort(losses);
        return losses;
    }

    private static List<Path> otherJdks() throws IOException {
        Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (Stream<Path> jdks = Files.list(all)) {
            List<Path> others = new ArrayList<>();
            for (Path jdk : jdks.filter(path -> !Files.isSymbolicLink(path)).toList()) {
                Path release = jdk.resolve("release");
                if (Files.isExecutable(jdk.resolve("bin/javac"))
                        && Files.isReadable(release)
                        && feature(Files.readString(release)) >= 17
                        && feature(Files.readString(release))
                                != Runtime.version().feature()) {
                    others.add(jdk);
                }
            }
            return others;
        }
    }

    /** The 25 of {@code JAVA_VERSION="25.0.1"}. */
    private static int feature(String release) {
        return release.lines()
                .filter(line -> line.startsWith("JAVA_VERSION=\""))
                .map(line -> line.replaceAll("^JAVA_VERSION=\"(\\d+).*", "$1"))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(0);
    }
}
