package org.sparkberry.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sparkberry.job.Option;
import org.sparkberry.job.Parameters;
import org.sparkberry.record.Json;
import org.sparkberry.scaling.Alternative;
import org.sparkberry.scaling.CostModel;
import org.sparkberry.scaling.FitsJson;
import org.sparkberry.scaling.LawFit;
import org.sparkberry.scaling.NodeModel;
import org.sparkberry.scaling.Plan;
import org.sparkberry.scaling.PlanRow;
import org.sparkberry.scaling.Scaling;

/** A plan as JSON. */
final class PlanJson {
    private PlanJson() {}

    static Map<String, Object> of(Plan plan, Call call) {
        Map<String, Object> json = Json.object();
        json.put("kind", "plan");
        json.put("schemaVersion", 1);
        json.put("file", call.chosenPath().orElse(""));
        json.put("runs", plan.fits().timings().runs().size());
        json.put("mostMeasured", plan.fits().most());
        json.put(
                "laws",
                plan.fits().plausible().stream()
                        .map(LawFit::law)
                        .map(law -> law.key())
                        .toList());
        json.put("assumptions", assumptions(plan.question(), call.options()));
        json.put(
                "rows",
                plan.rows().stream().map(row -> row(row, "nodes", row.nodes())).toList());
        json.put(
                "alternatives",
                plan.alternatives().stream()
                        .map(row -> row(row, "name", row.name()))
                        .toList());
        json.put("choices", choices(plan));
        json.put("measure", plan.measurements());
        json.put(
                "findings",
                plan.fits().findings().stream().map(FitsJson::finding).toList());
        return json;
    }

    private static Map<String, Object> assumptions(Plan.Question question, Parameters options) {
        Map<String, Object> json = Json.object();
        json.put("executorsPerNode", question.executorsPerNode());
        json.put("deadlineSeconds", Json.number(question.deadlineSeconds().orElse(Double.NaN)));
        json.put("node", options.find(PlanOptions.NODE).map(PlanJson::known).orElse(null));
        json.put("costs", question.costs().map(costs -> costs(costs, options)).orElse(null));
        json.put(
                "alternatives",
                question.alternatives().stream().map(PlanJson::machine).toList());
        return json;
    }

    private static Map<String, Object> known(NodeModel model) {
        Map<String, Object> json = Json.object();
        json.put("key", model.key());
        json.put("name", model.name());
        return json;
    }

    private static Map<String, Object> costs(CostModel costs, Parameters options) {
        Optional<NodeModel> model = options.find(PlanOptions.NODE);
        String power = model.map(NodeModel::powerSource).orElse("");
        Map<String, Object> json = Json.object();
        Map<String, Object> price = figure(
                costs.price(),
                options,
                PlanOptions.PRICE,
                model.map(NodeModel::priceSource).orElse(""));
        price.put(
                "date",
                options.isGiven(PlanOptions.PRICE)
                        ? null
                        : model.map(NodeModel::priceDate).orElse(null));
        json.put("price", price);
        json.put("wattsIdle", figure(costs.wattsIdle(), options, PlanOptions.WATTS_IDLE, power));
        json.put("wattsBusy", figure(costs.wattsBusy(), options, PlanOptions.WATTS_BUSY, power));
        json.put("electricityPerKilowattHour", costs.pricePerKilowattHour());
        json.put("years", costs.years());
        json.put("utilisation", costs.utilisation());
        return json;
    }

    /** A figure that was not given is somebody else's: an estimate. */
    private static Map<String, Object> figure(double value, Parameters options, Option<Double> option, String source) {
        boolean given = options.isGiven(option);
        Map<String, Object> json = Json.object();
        json.put("value", value);
        json.put("estimate", !given);
        json.put("source", given ? option.flag() : source);
        return json;
    }

    private static Map<String, Object> machine(Alternative alternative) {
        Map<String, Object> json = Json.object();
        json.put("name", alternative.name());
        json.put("speed", alternative.speed());
        json.put("watts", Json.number(alternative.watts()));
        json.put("pricePerSecond", alternative.pricePerSecond());
        return json;
    }

    private static Map<String, Object> row(PlanRow row, String key, Object name) {
        Map<String, Object> json = Json.object();
        json.put(key, name);
        json.put("seconds", Scaling.json(row.seconds()));
        json.put("speedup", Scaling.json(row.speedup()));
        json.put("efficiency", Scaling.json(row.efficiency()));
        json.put("idleShare", Scaling.json(row.idleShare()));
        json.put("energyJoules", Scaling.json(row.energyJoules()));
        json.put("cost", Scaling.json(row.cost()));
        json.put("inTime", row.inTime().map(PlanRow.InTime::word).orElse(null));
        json.put("standing", row.standing().key());
        return json;
    }

    private static Map<String, Object> choices(Plan plan) {
        Map<String, Object> json = Json.object();
        for (Plan.Goal goal : Plan.Goal.values()) {
            json.put(
                    goal.name().toLowerCase(Locale.ROOT),
                    plan.least(goal).map(PlanJson::choice).orElse(null));
        }
        Map<String, Object> deadline = Json.object();
        deadline.put("nodesForSure", plan.fewestForSure().map(PlanRow::nodes).orElse(null));
        deadline.put(
                "nodesOnAverage", plan.fewestOnAverage().map(PlanRow::nodes).orElse(null));
        json.put("deadline", plan.question().deadlineSeconds().isPresent() ? deadline : null);
        return json;
    }

    private static Map<String, Object> choice(Plan.Choice choice) {
        List<Integer> tied = choice.tied().stream().map(PlanRow::nodes).toList();
        Map<String, Object> json = Json.object();
        json.put("nodes", choice.best().nodes());
        json.put("notToldApart", tied);
        return json;
    }
}
