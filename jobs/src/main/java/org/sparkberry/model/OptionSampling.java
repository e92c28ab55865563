package org.sparkberry.model;

import org.sparkberry.estimate.ControlledMeans;
import org.sparkberry.random.Gaussian;
import org.sparkberry.random.RandomStream;
import org.sparkberry.random.ScrambledSobol;

/**
 * The sums over a valuation's paths that its estimates rest on.
 *
 * <p>Random and antithetic trials are dealt out to {@value #LANES} lanes in turn, each with its random stream, from
 * which a path takes its numbers in order; the sums of a lane are those of its trials in order. Lane l of block b is of
 * replicate ({@value #LANES}b + l) mod {@value ControlledMeans#REPLICATES}.
 *
 * <p>In Sobol sampling a replicate is a randomisation, and a block holds the next points of one: block b of randomisation
 * b mod {@value ControlledMeans#REPLICATES}, from point ⌊b/{@value ControlledMeans#REPLICATES}⌋ times the block's size on.
 */
public final class OptionSampling implements Model<ControlledMeans> {
    private static final long serialVersionUID = 1;

    static final int LANES = Kernels.LANES;

    private final Valuation valuation;
    private final Sampling sampling;

    public OptionSampling(Valuation valuation, Sampling sampling) {
        this.valuation = valuation;
        this.sampling = sampling;
    }

    @Override
    public ControlledMeans estimator() {
        return new ControlledMeans(valuation.quantities());
    }

    @Override
    public void compute(Block block, ControlledMeans means) {
        if (sampling == Sampling.SOBOL) {
            int replicate = (int) (block.number() % ControlledMeans.REPLICATES);
            means.add(replicate, block.trials(), sobol(block, replicate));
            return;
        }
        double[][] sums = valuation
                .lanes(sampling == Sampling.ANTITHETIC)
                .map(lanes -> random(block, lanes))
                .orElseGet(() -> random(block));
        for (int lane = 0; lane < LANES; lane++) {
            int replicate = (int) ((block.number() * LANES + lane) % ControlledMeans.REPLICATES);
            means.add(replicate, block.trialsOfLane(lane, LANES), sums[lane]);
        }
    }

    /** The sums of each lane, one lane after the other. */
    double[][] random(Block block) {
        double[][] sums = new double[LANES][];
        for (int lane = 0; lane < LANES; lane++) {
            RandomStream random = block.streams().stream(block.number(), lane);
            sums[lane] = random(random, block.trialsOfLane(lane, LANES));
        }
        return sums;
    }

    /** The same, side by side. */
    double[][] random(Block block, LaneSums lanes) {
        int length = ControlledMeans.sumsOf(valuation.quantities());
        long[] states = block.streams().states(block.number(), LANES);
        double[] whole = new double[length * LANES];
        lanes.add(states, block.trials() / LANES, whole);
        int left = (int) (block.trials() % LANES);
        double[] withLast = whole.clone();
        if (left > 0) {
            lanes.add(states, 1, withLast);
        }
        double[][] sums = new double[LANES][length];
        for (int lane = 0; lane < LANES; lane++) {
            for (int i = 0; i < length; i++) {
                sums[lane][i] = (lane < left ? withLast : whole)[i * LANES + lane];
            }
        }
        return sums;
    }

    private double[] random(RandomStream random, long trials) {
        Paths paths = new Paths();
        for (long trial = 0; trial < trials; trial++) {
            for (int i = 0; i < paths.centred.length; i++) {
                paths.centred[i] = Gaussian.centred(random.nextLong());
            }
            paths.add();
        }
        return paths.sums;
    }

    private double[] sobol(Block block, int replicate) {
        // All blocks before this one are full.
        long blockSize = block.number() == 0 ? block.trials() : block.firstTrial() / block.number();
        long first = block.number() / ControlledMeans.REPLICATES * blockSize;
        ScrambledSobol points =
                new ScrambledSobol(block.streams(), replicate, valuation.dimensions(), first, block.trials());
        Paths paths = new Paths();
        for (long trial = 0; trial < block.trials(); trial++) {
            points.next(paths.centred);
            paths.add();
        }
        return paths.sums;
    }

    /** Sums over paths in order. */
    private final class Paths {
        final double[] centred = new double[valuation.dimensions()];
        final double[] sums = new double[ControlledMeans.sumsOf(valuation.quantities())];
        private final Valuation.Trial trial = valuation.trial();
        private final double[] sample = new double[1 + valuation.quantities()];
        private final double[] mirrored = new double[1 + valuation.quantities()];

        void add() {
            trial.draw(centred);
            trial.value(1, sample);
            double plainSquared = sample[1] * sample[1];
            if (sampling == Sampling.ANTITHETIC) {
                trial.value(-1, mirrored);
                plainSquared = 0.5 * Math.fma(mirrored[1], mirrored[1], plainSquared);
                for (int i = 0; i < sample.length; i++) {
                    sample[i] = 0.5 * (sample[i] + mirrored[i]);
                }
            }
            double control = sample[0];
            sums[ControlledMeans.CONTROL] += control;
            sums[ControlledMeans.CONTROL_SQUARED] = Math.fma(control, control, sums[ControlledMeans.CONTROL_SQUARED]);
            sums[ControlledMeans.PLAIN_SQUARED] += plainSquared;
            int at = ControlledMeans.QUANTITY;
            for (int i = 1; i < sample.length; i++) {
                double value = sample[i];
                sums[at] += value;
                sums[at + 1] = Math.fma(value, value, sums[at + 1]);
                sums[at + 2] = Math.fma(value, control, sums[at + 2]);
                at += ControlledMeans.PER_QUANTITY;
            }
        }
    }
}
