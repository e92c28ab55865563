package org.sparkberry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparkberry.job.Option;
import org.sparkberry.job.Parameters;
import org.sparkberry.scaling.Alternative;
import org.sparkberry.scaling.CostModel;
import org.sparkberry.scaling.InWords;
import org.sparkberry.scaling.NodeModel;
import org.sparkberry.scaling.Plan;

/** What a plan rests on, in words: each with the option that changes it. */
final class PlanAssumptions {
    private final Plan plan;
    private final Parameters options;

    PlanAssumptions(Plan plan, Parameters options) {
        this.plan = plan;
        this.options = options;
    }

    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("time", laws()));
        int perNode = plan.question().executorsPerNode();
        rows.add(List.of(
                "node",
                "runs " + InWords.count(perNode, "executor") + " of the timings ("
                        + flag(PlanOptions.EXECUTORS_PER_NODE) + ") and is as fast as the machines that were timed"));
        Optional<CostModel> costs = plan.question().costs();
        if (costs.isPresent()) {
            rows.addAll(rows(costs.get()));
        } else {
            rows.add(List.of(
                    "energy",
                    "and cost of the nodes: give " + flag(PlanOptions.NODE) + " MODEL, or "
                            + flag(PlanOptions.PRICE) + ", " + flag(PlanOptions.WATTS_IDLE) + " and "
                            + flag(PlanOptions.WATTS_BUSY)));
        }
        for (Alternative machine : plan.question().alternatives()) {
            rows.add(List.of(
                    machine.name(),
                    InWords.plain(machine.speed()) + " times as fast as one node, taken as exact (--"
                            + machine.name().toLowerCase(Locale.ROOT) + "-speed)"));
        }
        return rows;
    }

    private String laws() {
        String laws =
                plan.fits().plausible().stream().map(fit -> fit.law().title()).collect(Collectors.joining(", "));
        return "by the laws that the times do not rule out (" + laws
                + "); ± is half of what they leave open (95 %); beyond "
                + InWords.count(plan.fits().most(), "executor") + " nothing was measured";
    }

    private List<List<String>> rows(CostModel costs) {
        Optional<NodeModel> model = options.find(PlanOptions.NODE);
        List<List<String>> rows = new ArrayList<>();
        model.ifPresent(known -> rows.add(List.of("model", known.name())));
        rows.add(List.of("busy", "in as large a share of its time as the efficiency says; in the rest a node waits"));
        rows.add(List.of("power", power(costs, model)));
        rows.add(List.of("price", price(costs, model)));
        rows.add(List.of(
                "life",
                years(costs.years()) + " (" + flag(PlanOptions.YEARS) + "), running jobs in "
                        + InWords.plain(100 * costs.utilisation()) + " % of it (" + flag(PlanOptions.UTILISATION)
                        + "): a run pays for its share of that"));
        rows.add(List.of(
                "electricity",
                InWords.plain(costs.pricePerKilowattHour()) + " for a kWh"
                        + (options.isGiven(PlanOptions.ELECTRICITY)
                                ? ""
                                : " (" + flag(PlanOptions.ELECTRICITY) + "); households in the EU paid 0.2872 EUR in"
                                        + " the first half of 2025: Eurostat, nrg_pc_204")));
        rows.add(List.of("left out", "switch, storage, losses of power supplies, cooling, power between runs"));
        return rows;
    }

    private String power(CostModel costs, Optional<NodeModel> model) {
        String watts = InWords.plain(costs.wattsIdle()) + " W when it waits, " + InWords.plain(costs.wattsBusy())
                + " W when busy";
        String estimated = Stream.of(PlanOptions.WATTS_IDLE, PlanOptions.WATTS_BUSY)
                .filter(option -> !options.isGiven(option))
                .map(Option::flag)
                .collect(Collectors.joining(", "));
        return estimated.isEmpty()
                ? watts
                : watts + "; estimate, measured on another board (" + estimated + "): "
                        + model.map(NodeModel::powerSource).orElse("");
    }

    private String price(CostModel costs, Optional<NodeModel> model) {
        String price = InWords.plain(costs.price());
        return options.isGiven(PlanOptions.PRICE)
                ? price + " a node; all prices must be in one currency"
                : price + " USD a node in " + model.map(NodeModel::priceDate).orElse("") + " ("
                        + flag(PlanOptions.PRICE)
                        + "), all other prices too must be in USD: "
                        + model.map(NodeModel::priceSource).orElse("");
    }

    private static String years(double years) {
        return InWords.plain(years) + (years == 1 ? " year" : " years");
    }

    private static String flag(Option<?> option) {
        return option.flag();
    }
}
