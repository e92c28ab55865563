package org.sparkberry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.sparkberry.job.Option;
import org.sparkberry.job.Parameters;
import org.sparkberry.record.BadInput;
import org.sparkberry.scaling.Alternative;
import org.sparkberry.scaling.CostModel;
import org.sparkberry.scaling.InWords;
import org.sparkberry.scaling.NodeModel;
import org.sparkberry.scaling.NodeModels;
import org.sparkberry.scaling.Plan;

/** What a plan is asked for. */
final class PlanOptions {
    private static final int MOST_NODES = 10_000;
    private static final double MOST_MONEY = 1e6;
    private static final double MOST_WATTS = 1e5;

    static final Option<List<Integer>> NODES =
            Option.counts("nodes", MOST_NODES, "1..16", "the numbers of nodes to plan for");
    static final Option<Long> EXECUTORS_PER_NODE =
            Option.whole("executors-per-node", "N", 1, 1000, "1", "how many executors of the timings a node runs");
    static final Option<NodeModel> NODE = new Option<>(
            "node", "MODEL", null, "a known model, with its price and watts: pi5-8gb …", text -> NodeModels.load()
                    .find(text));
    static final Option<Double> PRICE = Option.real(
            "price", "AMOUNT", 0, MOST_MONEY, null, "what a node costs (default: as known of --node, in USD)");
    static final Option<Double> WATTS_IDLE = Option.real(
            "watts-idle", "WATTS", 0, MOST_WATTS, null, "what a node takes while it waits (default: of --node)");
    static final Option<Double> WATTS_BUSY = Option.real(
            "watts-busy", "WATTS", 0, MOST_WATTS, null, "what a node takes while it computes (default: of --node)");
    static final Option<Double> DEADLINE = Option.duration("deadline", null, "how long a run may take: 90s, 10m, 2h");
    static final Option<Double> ELECTRICITY =
            Option.rate("electricity", "kWh", 1000, "0.30/kWh", "what electricity costs");
    static final Option<Double> YEARS =
            Option.real("years", "YEARS", 0.01, 100, "3", "how long the hardware lives: its price is spread over that");
    static final Option<Double> UTILISATION = Option.real(
            "utilisation", "SHARE", 0.001, 1, "1", "the share of its life in which it runs jobs, from 0.001 to 1");
    private static final Option<Double> CLOUD_PRICE =
            Option.rate("cloud-price", "h", MOST_MONEY, null, "compare with a rented machine: its price");
    private static final Option<Double> CLOUD_SPEED = speed("cloud-speed", "how many times as fast as one node it is");
    private static final Option<Double> PC_PRICE =
            Option.real("pc-price", "AMOUNT", 0, MOST_MONEY, null, "compare with a PC: its price");
    private static final Option<Double> PC_WATTS =
            Option.real("pc-watts", "WATTS", 0, MOST_WATTS, null, "what it takes while it computes");
    private static final Option<Double> PC_SPEED = speed("pc-speed", "how many times as fast as one node it is");

    static final List<Option<?>> ALL = List.of(
            NODES,
            EXECUTORS_PER_NODE,
            NODE,
            PRICE,
            WATTS_IDLE,
            WATTS_BUSY,
            DEADLINE,
            ELECTRICITY,
            YEARS,
            UTILISATION,
            CLOUD_PRICE,
            CLOUD_SPEED,
            PC_PRICE,
            PC_WATTS,
            PC_SPEED);

    private PlanOptions() {}

    private static Option<Double> speed(String name, String description) {
        return Option.real(name, "TIMES", 1e-3, 1e6, null, description);
    }

    /**
     * What is asked.
     *
     * @throws BadInput if something that belongs together is incomplete
     */
    static Plan.Question question(Parameters options) {
        Optional<CostModel> costs =
                isAny(options, NODE, PRICE, WATTS_IDLE, WATTS_BUSY) ? Optional.of(costs(options)) : Optional.empty();
        List<Alternative> alternatives = alternatives(options);
        if (costs.isEmpty() && !isAny(options, PC_PRICE)) {
            for (Option<?> option : List.of(ELECTRICITY, YEARS, UTILISATION)) {
                if (options.isGiven(option)) {
                    throw new BadInput(option.flag() + ": is for the cost, which needs --node MODEL too, or --price,"
                            + " --watts-idle and --watts-busy");
                }
            }
        }
        return new Plan.Question(
                options.get(NODES),
                Math.toIntExact(options.get(EXECUTORS_PER_NODE)),
                costs,
                alternatives,
                options.find(DEADLINE).map(OptionalDouble::of).orElse(OptionalDouble.empty()));
    }

    private static boolean isAny(Parameters options, Option<?>... any) {
        return Stream.of(any).anyMatch(options::isGiven);
    }

    private static CostModel costs(Parameters options) {
        double price = figure(options, PRICE, NodeModel::priceDollars, "price");
        double idle = figure(options, WATTS_IDLE, NodeModel::wattsIdle, "measured idle power");
        double busy = figure(options, WATTS_BUSY, NodeModel::wattsBusy, "measured power of a busy node");
        if (busy < idle) {
            throw new BadInput("--watts-busy: must be at least the watts of an idle node, " + InWords.plain(idle)
                    + ", not " + InWords.plain(busy));
        }
        return costs(options, price, idle, busy);
    }

    private static CostModel costs(Parameters options, double price, double wattsIdle, double wattsBusy) {
        return new CostModel(
                price, wattsIdle, wattsBusy, options.get(ELECTRICITY), options.get(YEARS), options.get(UTILISATION));
    }

    /** As given, else as known of the model. */
    private static double figure(
            Parameters options, Option<Double> option, ToDoubleFunction<NodeModel> known, String what) {
        Optional<Double> given = options.find(option);
        if (given.isPresent()) {
            return given.get();
        }
        NodeModel model = options.find(NODE)
                .orElseThrow(() -> new BadInput(option.flag() + ": is missing: energy and cost need --price,"
                        + " --watts-idle and --watts-busy, or --node MODEL"));
        double value = known.applyAsDouble(model);
        if (Double.isNaN(value)) {
            throw new BadInput(option.flag() + ": " + model.key() + " has no " + what + ": give it");
        }
        return value;
    }

    private static List<Alternative> alternatives(Parameters options) {
        List<Alternative> alternatives = new ArrayList<>();
        if (isAll(options, CLOUD_PRICE, CLOUD_SPEED)) {
            alternatives.add(Alternative.cloud(options.get(CLOUD_PRICE), options.get(CLOUD_SPEED)));
        }
        if (isAll(options, PC_PRICE, PC_WATTS, PC_SPEED)) {
            double watts = options.get(PC_WATTS);
            alternatives.add(
                    Alternative.pc(costs(options, options.get(PC_PRICE), watts, watts), options.get(PC_SPEED)));
        }
        return alternatives;
    }

    /** Whether all are given, or none. */
    private static boolean isAll(Parameters options, Option<?>... together) {
        if (!isAny(options, together)) {
            return false;
        }
        for (Option<?> option : together) {
            if (!options.isGiven(option)) {
                throw new BadInput(option.flag() + ": is missing: give it with "
                        + String.join(
                                " and ",
                                Stream.of(together)
                                        .filter(other -> !other.equals(option))
                                        .map(Option::flag)
                                        .toList()));
            }
        }
        return true;
    }
}
