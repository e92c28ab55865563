package org.sparkberry.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkberry.estimate.ControlledMeans;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Result;
import org.sparkberry.random.Streams;

/** The bits of those option models that no kernel computes, at a small size, by each way of sampling. */
final class OptionDigests {
    private static final Market MARKET = new Market(100, 0.05, 0.2);
    private static final Contract PUT = new Contract(Right.PUT, 105, 0.5);
    private static final Barrier BARRIER = new Barrier(85, true);
    private static final Heston HESTON = new Heston(100, 0.03, 0.04, 0.05, 1.5, 0.5, -0.7);
    private static final int DATES = 12;
    private static final int POLICY_PATHS = 1 << 10;
    private static final long TRIALS = 1 << 11;

    private OptionDigests() {}

    /** By the name of the model and of the sampling. */
    static Map<String, String> all() {
        Map<String, String> digests = new LinkedHashMap<>();
        for (Sampling sampling : Sampling.values()) {
            valuations(sampling)
                    .forEach((name, valuation) -> digests.put(name + "-" + sampling, digest(valuation, sampling)));
        }
        return digests;
    }

    private static Map<String, Valuation> valuations(Sampling sampling) {
        Map<String, Valuation> valuations = new LinkedHashMap<>();
        if (sampling == Sampling.SOBOL) {
            // By random numbers they have kernels.
            valuations.put("european", new EuropeanOption(MARKET, PUT));
            valuations.put("asian", new AsianOption(MARKET, PUT, DATES, sampling));
        }
        valuations.put("american", american(sampling));
        valuations.put("barrier", new BarrierOption(MARKET, PUT, BARRIER));
        valuations.put("barrier-dates", new DatedBarrierOption(MARKET, PUT, BARRIER, DATES, sampling));
        valuations.put("lookback", new LookbackOption(MARKET, Right.PUT, PUT.maturity()));
        valuations.put("lookback-dates", new DatedLookbackOption(MARKET, Right.PUT, PUT.maturity(), DATES, sampling));
        valuations.put("heston", new HestonOption(HESTON, PUT, DATES, sampling));
        return valuations;
    }

    private static Valuation american(Sampling sampling) {
        LeastSquaresPolicy pass = new LeastSquaresPolicy(MARKET, PUT, DATES);
        ExercisePolicy policy = pass.estimator();
        pass.compute(new Work(new Streams(7, "digests"), POLICY_PATHS, POLICY_PATHS).block(0), policy);
        return new AmericanOption(MARKET, PUT, DATES, policy, sampling);
    }

    private static String digest(Valuation valuation, Sampling sampling) {
        ControlledMeans.Summary summary = Sampled.summary(valuation, sampling, TRIALS, 7);
        List<Estimate> estimates = new ArrayList<>();
        for (int i = 0; i < valuation.quantities(); i++) {
            estimates.add(summary.estimate("quantity-" + i, i));
        }
        return new Result(TRIALS, estimates, List.of()).digest();
    }
}
