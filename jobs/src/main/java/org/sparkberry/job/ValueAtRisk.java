package org.sparkberry.job;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.sparkberry.dataflow.Numbers;
import org.sparkberry.dataflow.Tables;
import org.sparkberry.estimate.Result;
import org.sparkberry.model.HistoricalBootstrap;
import org.sparkberry.model.Losses;
import org.sparkberry.model.Work;
import org.sparkberry.record.Axis;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Chart;
import org.sparkberry.record.Layer;
import org.sparkberry.record.Panel;

/** Value at risk and expected shortfall of a portfolio of indices, by historical bootstrap over real daily levels. */
public final class ValueAtRisk implements Job {
    private static final Option<Long> TRIALS = Option.trials("1e7");
    private static final Option<String> LEVELS = Option.text(
            "levels",
            "FILE.csv",
            "datasets/markets/eu-stock-indices-1991-1998.csv",
            "daily levels: a header, a column per index, a line per day, the oldest first");
    private static final Option<List<String>> COLUMNS =
            Option.list("columns", "NAME,…", "DAX,SMI,CAC,FTSE", "the indices that the portfolio holds", name -> name);
    private static final Option<List<Double>> WEIGHTS = Option.list(
            "weights",
            "W,…",
            null,
            "each index's share of the portfolio, in the order of --columns, 1 in all (default: equal)",
            text -> Quantity.real("weights", text, -100, 100));
    private static final Option<Long> DAYS = Option.whole("days", "DAYS", 1, 2500, "10", "the horizon in trading days");

    /** Shares are typed in decimals: a third is 0.333333. */
    private static final double WEIGHTS_TOLERANCE = 1e-5;

    /** Levels that rise more than a millionfold within the horizon are no index. */
    private static final double LARGEST_MEAN_LOSS = 1e6;

    @Override
    public String name() {
        return "value-at-risk";
    }

    @Override
    public String summary() {
        return "what a portfolio may lose: value at risk and expected shortfall from real index data";
    }

    @Override
    public Option<Long> size() {
        return TRIALS;
    }

    @Override
    public long blockSize() {
        return 1 << 16;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(LEVELS, COLUMNS, WEIGHTS, DAYS);
    }

    @Override
    public List<Chart> charts() {
        return List.of(Chart.of(
                "losses",
                "What the portfolio may lose",
                "The density of the loss within the horizon, as a share of the portfolio; a loss below 0 is a gain. 5 in"
                        + " 100 losses are beyond the first line, 1 in 100 beyond the second.",
                Panel.of(
                        Axis.linear("loss (share of the portfolio)"),
                        Axis.linear("density"),
                        Layer.bars("losses", "low", "high", "density"),
                        Layer.rule("value-at-risk.95").named("value at risk, 95 %"),
                        Layer.rule("value-at-risk.99").named("value at risk, 99 %"))));
    }

    @Override
    public Experiment prepare(Parameters parameters, Tables tables) {
        List<String> columns = parameters.get(COLUMNS);
        List<Double> weights =
                parameters.find(WEIGHTS).orElseGet(() -> Collections.nCopies(columns.size(), 1.0 / columns.size()));
        if (Set.copyOf(columns).size() < columns.size()) {
            throw new BadInput("--columns: a column stands twice: " + String.join(",", columns));
        }
        checkWeights(weights, columns);
        Numbers levels = tables.numbers(parameters.get(LEVELS), columns);
        HistoricalBootstrap model = new HistoricalBootstrap(
                returns(parameters.get(LEVELS), levels, weights), Math.toIntExact(parameters.get(DAYS)));
        if (!(Math.abs(model.meanLoss()) <= LARGEST_MEAN_LOSS)) {
            throw new BadInput("--days: within " + parameters.get(DAYS) + " days these levels rise more than a"
                    + " millionfold; check " + parameters.get(LEVELS) + ", or set --days lower");
        }
        Work work = parameters.work(this);
        return dataflow -> dataflow.sample(model, work, losses -> result(losses, model));
    }

    private static Result result(Losses losses, HistoricalBootstrap model) {
        return new Result(
                losses.moments().count(),
                List.of(
                        losses.quantiles().quantile("value-at-risk.95", 0.95),
                        losses.quantiles().quantile("value-at-risk.99", 0.99),
                        losses.quantiles().tailMean("expected-shortfall.95", 0.95),
                        losses.quantiles().tailMean("expected-shortfall.99", 0.99),
                        losses.moments().estimate("mean-loss").withReference(model.meanLoss())),
                List.of(losses.histogram().table("losses")));
    }

    private static void checkWeights(List<Double> weights, List<String> columns) {
        if (weights.size() != columns.size()) {
            throw new BadInput("--weights: must be " + columns.size() + " numbers, one for each of "
                    + String.join(", ", columns) + ", not " + weights.size());
        }
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        if (!(Math.abs(sum - 1) <= WEIGHTS_TOLERANCE)) {
            throw new BadInput("--weights: must sum to 1, not "
                    + BigDecimal.valueOf(sum)
                            .round(new MathContext(7))
                            .stripTrailingZeros()
                            .toPlainString());
        }
    }

    /** The portfolio's simple return on each day but the first. */
    private static double[] returns(String file, Numbers levels, List<Double> weights) {
        for (int day = 0; day < levels.rows(); day++) {
            for (int column = 0; column < weights.size(); column++) {
                double level = levels.at(day, column);
                if (!(level > 0 && level <= Double.MAX_VALUE)) {
                    throw new BadInput(levels.where(day) + ": the level of "
                            + levels.columns().get(column) + " must be a finite number above 0, not "
                            + Quantity.plain(level));
                }
            }
        }
        if (levels.rows() < 3) {
            throw new BadInput(file + ": has " + levels.rows() + (levels.rows() == 1 ? " day" : " days")
                    + " of levels; at least 3 are needed, which give 2 returns");
        }
        if (levels.rows() - 1 > HistoricalBootstrap.MAX_RETURNS) {
            throw new BadInput(file + ": has " + levels.rows() + " days of levels; at most "
                    + (HistoricalBootstrap.MAX_RETURNS + 1) + " can be used, so cut off the oldest");
        }
        double[] returns = new double[levels.rows() - 1];
        for (int day = 1; day < levels.rows(); day++) {
            double sum = 0;
            for (int column = 0; column < weights.size(); column++) {
                sum += weights.get(column) * (levels.at(day, column) / levels.at(day - 1, column) - 1);
            }
            if (!(sum > -1 && sum <= Double.MAX_VALUE)) {
                throw new BadInput(levels.where(day) + ": the portfolio's return on this day must be a finite number"
                        + " above -1, not " + Quantity.plain(sum) + "; check --weights and the levels");
            }
            returns[day - 1] = sum;
        }
        return returns;
    }
}
