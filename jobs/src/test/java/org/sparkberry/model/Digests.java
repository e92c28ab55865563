package org.sparkberry.model;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.sparkberry.estimate.Proportion;
import org.sparkberry.estimate.Result;
import org.sparkberry.random.Streams;

/** The bits of every model at a small size, by each of its kernels. */
final class Digests {
    private Digests() {}

    /** By the name of the model. */
    static Map<String, String> scalar() {
        return all(new DartsScalar(), new IndexPairsScalar());
    }

    /** The same by vectors, which need their module. */
    static Map<String, String> vector() {
        return all(new DartsSimd(), new IndexPairsSimd());
    }

    private static Map<String, String> all(DartsKernel darts, IndexPairsKernel indexPairs) {
        Map<String, String> digests = new LinkedHashMap<>();
        Proportion hits = run(
                new Proportion(),
                work(3_000_001, 1 << 20),
                (block, estimator) -> estimator.add(Darts.hits(block, darts), block.trials()));
        digests.put("darts", new Result(hits.trials(), List.of(hits.estimate("pi")), List.of()).digest());
        double[] returns = new double[1859];
        for (int day = 0; day < returns.length; day++) {
            // Some returns within ±5 %.
            returns[day] = (day * 7919 % 1009 - 504) / 10_080.0;
        }
        for (int days : new int[] {1, 10, 250}) {
            HistoricalBootstrap model = new HistoricalBootstrap(returns, days);
            Losses losses = run(
                    model.estimator(),
                    work(150_001, 1 << 16),
                    (block, estimator) -> model.compute(block, estimator, indexPairs));
            digests.put(
                    "historical-bootstrap-" + days,
                    new Result(
                                    losses.moments().count(),
                                    List.of(
                                            losses.moments().estimate("mean"),
                                            losses.quantiles().quantile("quantile", 0.99),
                                            losses.quantiles().tailMean("shortfall", 0.95)),
                                    List.of(losses.histogram().table("losses")))
                            .digest());
        }
        return digests;
    }

    /** What computes in this JVM, then a line for each model. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(Kernels.inUse());
        Map<String, String> digests = Kernels.inUse().equals("scalar") ? scalar() : vector();
        digests.forEach((name, digest) -> out.println(name + " " + digest));
    }

    private static Work work(long trials, long blockSize) {
        return new Work(new Streams(7, "digests"), trials, blockSize);
    }

    private static <E> E run(E estimator, Work work, BiConsumer<Block, E> compute) {
        for (long number = 0; number < work.blocks(); number++) {
            compute.accept(work.block(number), estimator);
        }
        return estimator;
    }
}
