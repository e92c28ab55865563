package org.sparkberry.benchmarks;

import org.sparkberry.model.AsianOption;
import org.sparkberry.model.Contract;
import org.sparkberry.model.Darts;
import org.sparkberry.model.EuropeanOption;
import org.sparkberry.model.HistoricalBootstrap;
import org.sparkberry.model.Market;
import org.sparkberry.model.OptionSampling;
import org.sparkberry.model.Right;
import org.sparkberry.model.Sampling;
import org.sparkberry.model.galaxy.NBody;
import org.sparkberry.model.galaxy.PlummerSphere;
import org.sparkberry.random.Streams;

/** The same work as that of the C programs. */
final class Workloads {
    /** As many as the default dataset has. */
    private static final int RETURNS = 1859;

    static final int BODIES = 2048;

    private Workloads() {}

    static Darts darts() {
        return new Darts();
    }

    /** Ten days drawn out of 1859 that are roughly as daily returns of stocks are: triangular, ±3 %. */
    static HistoricalBootstrap bootstrap() {
        double[] returns = new double[RETURNS];
        for (int day = 0; day < RETURNS; day++) {
            returns[day] = 0.0004 + 0.03 * (day * 7919 % 1009 / 1008.0 - day * 104729 % 997 / 996.0);
        }
        return new HistoricalBootstrap(returns, 10);
    }

    static OptionSampling european() {
        return new OptionSampling(new EuropeanOption(market(), contract()), Sampling.RANDOM);
    }

    static OptionSampling asian() {
        return new OptionSampling(new AsianOption(market(), contract(), 12, Sampling.RANDOM), Sampling.RANDOM);
    }

    static NBody galaxy() {
        return new NBody(
                PlummerSphere.bodies(BODIES, new Streams(1, "galaxy")), new NBody.Settings(1, 0.02, 0.01, 1, 1, 0));
    }

    private static Market market() {
        return new Market(100, 0.05, 0.2);
    }

    private static Contract contract() {
        return new Contract(Right.CALL, 100, 1);
    }
}
