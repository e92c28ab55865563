package org.sparkberry.job;

import java.util.ArrayList;
import java.util.List;
import org.sparkberry.dataflow.Tables;
import org.sparkberry.estimate.ControlledMeans;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Result;
import org.sparkberry.model.OptionSampling;
import org.sparkberry.model.Sampling;
import org.sparkberry.model.Work;

/** The price of an option and its derivatives, by Monte Carlo. */
public final class OptionPricing implements Job {
    /** A power of two, so that Sobol's points are full sets. */
    private static final Option<Long> TRIALS = Option.trials("1048576");

    /** With 32 of these the default trials have a block for each of Sobol's randomisations. */
    private static final int LARGEST_BLOCK = 1 << 15;

    /** How many numbers the paths of a block take in all, or half of it: some milliseconds of work. */
    private static final int NUMBERS_PER_BLOCK = 1 << 17;

    @Override
    public String name() {
        return "options";
    }

    @Override
    public String summary() {
        return "prices of European, Asian, barrier, lookback, American and Heston options";
    }

    @Override
    public Pattern pattern() {
        return Pattern.INDEPENDENT;
    }

    @Override
    public Option<Long> size() {
        return TRIALS;
    }

    @Override
    public long blockSize() {
        return LARGEST_BLOCK;
    }

    @Override
    public List<Option<?>> options() {
        return OptionTerms.all();
    }

    @Override
    public Experiment prepare(Parameters parameters, Tables tables) {
        OptionTerms terms = new OptionTerms(parameters);
        Quoted quoted = Quoted.of(terms, parameters.get(Parameters.SEED));
        Sampling sampling = terms.sampling();
        Work work = new Work(parameters.streams(this), parameters.get(TRIALS), trialsPerBlock(quoted.dimensions()));
        return dataflow -> dataflow.sample(
                new OptionSampling(quoted.valuation().apply(dataflow), sampling),
                work,
                means -> result(means, quoted, sampling, terms.isControlled()));
    }

    private static Result result(ControlledMeans means, Quoted quoted, Sampling sampling, boolean controlled) {
        ControlledMeans.Summary summary =
                sampling == Sampling.SOBOL ? means.randomised(controlled) : means.independent(controlled);
        List<Estimate> estimates = new ArrayList<>();
        for (int i = 0; i < quoted.figures().size(); i++) {
            Quoted.Figure figure = quoted.figures().get(i);
            Estimate estimate = summary.estimate(figure.name(), i);
            estimates.add(figure.known() == null ? estimate : estimate.withReference(figure.known()));
        }
        if (controlled || sampling != Sampling.RANDOM) {
            estimates.add(summary.varianceReduction("variance-reduction", sampling.pathsPerTrial()));
        }
        return new Result(means.trials(), estimates, List.of());
    }

    /** A power of two, of which the largest block is a multiple. */
    private static int trialsPerBlock(int dimensions) {
        int power = Integer.highestOneBit(Math.max(1, 2 * dimensions - 1));
        return Math.min(LARGEST_BLOCK, NUMBERS_PER_BLOCK / power);
    }
}
