package org.sparkberry.job;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sparkberry.dataflow.Dataflow;
import org.sparkberry.model.AmericanOption;
import org.sparkberry.model.AsianOption;
import org.sparkberry.model.Barrier;
import org.sparkberry.model.BarrierFormula;
import org.sparkberry.model.BarrierOption;
import org.sparkberry.model.BlackScholes;
import org.sparkberry.model.Contract;
import org.sparkberry.model.DatedBarrierOption;
import org.sparkberry.model.DatedLookbackOption;
import org.sparkberry.model.EuropeanOption;
import org.sparkberry.model.ExercisePolicy;
import org.sparkberry.model.Heston;
import org.sparkberry.model.HestonFormula;
import org.sparkberry.model.HestonOption;
import org.sparkberry.model.LeastSquaresPolicy;
import org.sparkberry.model.LookbackFormula;
import org.sparkberry.model.LookbackOption;
import org.sparkberry.model.Market;
import org.sparkberry.model.Right;
import org.sparkberry.model.Sampling;
import org.sparkberry.model.Valuation;
import org.sparkberry.model.Work;
import org.sparkberry.random.Streams;

/**
 * An option that is to be valued.
 *
 * @param dimensions how many numbers a path takes
 * @param figures a name, and the known answer where there is one, for each of the valuation's quantities
 * @param valuation makes the valuation, with a pass of its own where it needs one
 */
record Quoted(int dimensions, List<Figure> figures, Function<Dataflow, Valuation> valuation) {
    /** Paths of the pass that makes an exercise policy: with four times as many the price rises by 0.01 %. */
    private static final int POLICY_PATHS = 1 << 14;

    /** One of the quantities. */
    record Figure(String name, @Nullable Double known) {}

    /** @param seed of the pass that makes an exercise policy, which has random streams of its own */
    static Quoted of(OptionTerms terms, long seed) {
        return switch (terms.type()) {
            case EUROPEAN -> european(terms.market(), terms.contract());
            case ASIAN ->
                new Quoted(
                        new AsianOption(terms.market(), terms.contract(), terms.dates(), terms.sampling()),
                        unknown("price"),
                        unknown("delta"),
                        unknown("vega"));
            case BARRIER -> barrier(terms, terms.market(), terms.contract(), terms.barrier());
            case LOOKBACK -> lookback(terms, terms.market(), terms.right());
            case AMERICAN -> american(terms.market(), terms.contract(), terms.dates(), terms.sampling(), seed);
            case HESTON -> heston(terms, terms.heston(), terms.contract());
        };
    }

    private Quoted(Valuation valuation, Figure... figures) {
        this(valuation.dimensions(), List.of(figures), dataflow -> valuation);
    }

    private static Quoted european(Market market, Contract contract) {
        return new Quoted(
                new EuropeanOption(market, contract),
                known("price", BlackScholes.price(market, contract)),
                known("delta", BlackScholes.delta(market, contract)),
                known("vega", BlackScholes.vega(market, contract)));
    }

    private static Quoted barrier(OptionTerms terms, Market market, Contract contract, Barrier barrier) {
        return terms.isMonitoredOnDates()
                ? new Quoted(
                        new DatedBarrierOption(market, contract, barrier, terms.dates(), terms.sampling()),
                        unknown("price"))
                : new Quoted(
                        new BarrierOption(market, contract, barrier),
                        known("price", BarrierFormula.price(market, contract, barrier)),
                        unknown("delta"),
                        unknown("vega"));
    }

    private static Quoted lookback(OptionTerms terms, Market market, Right right) {
        double maturity = terms.maturity();
        if (terms.isMonitoredOnDates()) {
            return new Quoted(
                    new DatedLookbackOption(market, right, maturity, terms.dates(), terms.sampling()),
                    unknown("price"),
                    unknown("delta"),
                    unknown("vega"));
        }
        double price = LookbackFormula.price(market, right, maturity);
        return new Quoted(
                new LookbackOption(market, right, maturity),
                known("price", price),
                // The price is proportional to the spot.
                known("delta", price / market.spot()),
                unknown("vega"));
    }

    private static Quoted american(Market market, Contract contract, int dates, Sampling sampling, long seed) {
        Work pass = new Work(new Streams(seed, "options/policy"), POLICY_PATHS, POLICY_PATHS);
        return new Quoted(dates, List.of(unknown("price")), dataflow -> {
            ExercisePolicy policy = dataflow.estimate(new LeastSquaresPolicy(market, contract, dates), pass);
            return new AmericanOption(market, contract, dates, policy, sampling);
        });
    }

    private static Quoted heston(OptionTerms terms, Heston market, Contract contract) {
        return new Quoted(
                new HestonOption(market, contract, terms.steps(), terms.sampling()),
                known("price", HestonFormula.price(market, contract)),
                known("delta", HestonFormula.delta(market, contract)));
    }

    /** @param answer NaN if it is not known */
    private static Figure known(String name, double answer) {
        return new Figure(name, Double.isNaN(answer) ? null : answer);
    }

    private static Figure unknown(String name) {
        return new Figure(name, null);
    }
}
