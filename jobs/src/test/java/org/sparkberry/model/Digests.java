package org.sparkberry.model;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkberry.dataflow.SingleThread;
import org.sparkberry.estimate.Estimator;
import org.sparkberry.estimate.Proportion;
import org.sparkberry.estimate.Result;
import org.sparkberry.random.Streams;

/** The bits of every model at a small size, whichever kernels compute them. */
final class Digests {
    private Digests() {}

    /** By the name of the model. */
    static Map<String, String> all() {
        Map<String, String> digests = new LinkedHashMap<>();
        Proportion hits = run(new Darts(), 3_000_001, 1 << 20);
        digests.put("darts", new Result(hits.trials(), List.of(hits.estimate("pi")), List.of()).digest());
        double[] returns = new double[1859];
        for (int day = 0; day < returns.length; day++) {
            // Some returns within ±5 %.
            returns[day] = (day * 7919 % 1009 - 504) / 10_080.0;
        }
        for (int days : new int[] {1, 10, 250}) {
            Losses losses = run(new HistoricalBootstrap(returns, days), 150_001, 1 << 16);
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

    /** What computes, then a line for each model. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(Kernels.inUse());
        all().forEach((name, digest) -> out.println(name + " " + digest));
    }

    private static <E extends Estimator<E>> E run(Model<E> model, long trials, long blockSize) {
        return new SingleThread().estimate(model, new Work(new Streams(7, "digests"), trials, blockSize));
    }
}
