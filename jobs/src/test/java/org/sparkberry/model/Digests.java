package org.sparkberry.model;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.sparkberry.estimate.ControlledMeans;
import org.sparkberry.estimate.Proportion;
import org.sparkberry.estimate.Result;
import org.sparkberry.model.galaxy.GalaxyDigests;
import org.sparkberry.model.waves.WaveDigests;
import org.sparkberry.random.Streams;

/** The bits of every model at a small size, by each of its kernels. */
final class Digests {
    private Digests() {}

    /** By the name of the model. */
    static Map<String, String> scalar() {
        return all(false);
    }

    /** The same by vectors, which need their module. */
    static Map<String, String> vector() {
        return all(true);
    }

    private static Map<String, String> all(boolean vector) {
        DartsKernel darts = vector ? new DartsSimd() : new DartsScalar();
        IndexPairsKernel indexPairs = vector ? new IndexPairsSimd() : new IndexPairsScalar();
        Map<String, String> digests = new LinkedHashMap<>();
        Proportion hits = run(
                new Proportion(),
                work(400_001, 1 << 17),
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
                    work(30_001, 1 << 14),
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
        Market market = new Market(100, 0.05, 0.2);
        Contract contract = new Contract(Right.CALL, 105, 0.5);
        for (Sampling sampling : List.of(Sampling.RANDOM, Sampling.ANTITHETIC)) {
            boolean antithetic = sampling == Sampling.ANTITHETIC;
            EuropeanOption european = new EuropeanOption(market, contract);
            AsianOption asian = new AsianOption(market, contract, 12, sampling);
            digests.put(
                    "european-" + sampling,
                    option(
                            new OptionSampling(european, sampling),
                            vector ? european.lanes(new EuropeanOptionSimd(), antithetic) : null));
            digests.put(
                    "asian-" + sampling,
                    option(
                            new OptionSampling(asian, sampling),
                            vector ? asian.lanes(new AsianOptionSimd(), antithetic) : null));
        }
        digests.putAll(OptionDigests.all());
        digests.putAll(GalaxyDigests.all(vector));
        digests.putAll(WaveDigests.all());
        return digests;
    }

    private static String option(OptionSampling model, @Nullable LaneSums lanes) {
        ControlledMeans means = run(model.estimator(), work(8_001, 1 << 11), (block, estimator) -> {
            double[][] sums = lanes == null ? model.random(block) : model.random(block, lanes);
            for (int lane = 0; lane < sums.length; lane++) {
                estimator.add((int) block.number(), block.trialsOfLane(lane, sums.length), sums[lane]);
            }
        });
        ControlledMeans.Summary summary = means.independent(true);
        return new Result(
                        means.trials(),
                        List.of(
                                summary.estimate("price", 0),
                                summary.estimate("delta", 1),
                                summary.estimate("vega", 2)),
                        List.of())
                .digest();
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
