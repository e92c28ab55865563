package org.sparkberry.model;

import org.sparkberry.estimate.ControlledMeans;
import org.sparkberry.random.Streams;

/** A valuation sampled in one thread, for tests: 64 blocks. */
final class Sampled {
    private Sampled() {}

    static ControlledMeans means(Valuation valuation, Sampling sampling, long trials, long seed) {
        OptionSampling model = new OptionSampling(valuation, sampling);
        Work work = new Work(new Streams(seed, "options"), trials, Math.max(1, trials / 64));
        ControlledMeans means = model.estimator();
        for (long block = 0; block < work.blocks(); block++) {
            model.compute(work.block(block), means);
        }
        return means;
    }

    static ControlledMeans.Summary summary(Valuation valuation, Sampling sampling, long trials, long seed) {
        ControlledMeans means = means(valuation, sampling, trials, seed);
        return sampling == Sampling.SOBOL ? means.randomised(true) : means.independent(true);
    }
}
