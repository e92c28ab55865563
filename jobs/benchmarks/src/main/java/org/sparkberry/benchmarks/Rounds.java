package org.sparkberry.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures every kernel once a round, in fresh processes, Java and C in turn, so that what disturbs the machine for a
 * while disturbs all of them; then compares the rounds.
 */
public final class Rounds {
    private static final Path C = Path.of("target", "c");
    private static final List<String> KERNELS = List.of("pi", "value-at-risk", "european", "asian", "galaxy");
    private static final String SPARK = "pi-as-spark-does";

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    /** Trials per second of processor time, by what was measured. */
    private final Map<String, List<Double>> rates = new LinkedHashMap<>();

    /** Arguments: how many rounds (10), then kernels (all). */
    public static void main(String[] arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(arguments));
        int rounds = words.isEmpty() ? 10 : Integer.parseInt(words.remove(0));
        new Rounds().run(rounds, words.isEmpty() ? KERNELS : words);
    }

    private void run(int rounds, List<String> kernels) throws Exception {
        for (int round = 1; round <= rounds; round++) {
            for (String kernel : kernels) {
                rate(kernel + ", Java", java(kernel));
                rate(kernel + ", C", c(kernel));
                rate(kernel + ", " + vectors(kernel), c(kernel + (isSummed(kernel) ? "-fast" : "-lanes")));
            }
            if (kernels.contains("pi")) {
                rate("pi, as Spark's example", java(SPARK));
            }
            System.err.printf("round %d of %d%n", round, rounds);
        }
        report(kernels);
    }

    /** What gcc can make vectors of as it is, if it may change the order of sums. */
    private static boolean isSummed(String kernel) {
        return kernel.equals("galaxy");
    }

    private static String vectors(String kernel) {
        return isSummed(kernel) ? "C -Ofast" : "C in 8 lanes";
    }

    private void rate(String name, double rate) {
        rates.computeIfAbsent(name, unused -> new ArrayList<>()).add(rate);
    }

    private static double java(String kernel) throws RunnerException {
        RunResult result = new Runner(new OptionsBuilder()
                        .include(KernelBenchmark.class.getName())
                        .param("kernel", kernel)
                        .forks(1)
                        .warmupIterations(1)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(1)
                        .measurementTime(TimeValue.seconds(1))
                        .jvmArgs("--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC")
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .runSingle();
        return result.getSecondaryResults().get("trials").getScore()
                / (result.getSecondaryResults().get("processorNanos").getScore() * 1e-9);
    }

    private static double c(String program) throws IOException, InterruptedException {
        Path file = C.resolve(program);
        if (!Files.isExecutable(file)) {
            throw new IOException(file + " is missing");
        }
        Process process = new ProcessBuilder(file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(program + " failed");
        }
        return Double.parseDouble(text.strip());
    }

    private void report(List<String> kernels) {
        out.printf("%n%-28s %12s  (median; M trials per second of one thread)%n", "", "rate");
        rates.forEach((name, values) -> out.printf("%-28s %12.1f%n", name, median(values) / 1e6));
        out.printf("%n%-44s %s%n", "ratio", "with its 95 % interval");
        for (String kernel : kernels) {
            ratio(kernel + ", Java", kernel + ", C");
            ratio(kernel + ", Java", kernel + ", " + vectors(kernel));
        }
        if (kernels.contains("pi")) {
            ratio("pi, Java", "pi, as Spark's example");
        }
    }

    private void ratio(String name, String base) {
        out.printf("%-44s %s%n", name + " / " + base, Ratio.of(rates.get(name), rates.get(base)));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
