package org.sparkberry.cli;

import java.util.ArrayList;
import java.util.List;
import org.sparkberry.job.Option;
import org.sparkberry.record.Json;
import org.sparkberry.record.Timings;
import org.sparkberry.scaling.Fits;
import org.sparkberry.scaling.Plan;

/** {@code plan FILE}: how many nodes a job should have. */
final class PlanCommand implements Command {
    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String summary() {
        return "predicts time, energy and cost on n nodes from any timings, and the best n";
    }

    @Override
    public Subject subject() {
        return Subject.FILE;
    }

    @Override
    public List<Option<?>> options() {
        List<Option<?>> options = new ArrayList<>(PlanOptions.ALL);
        options.addAll(TimingsOptions.ALL);
        options.add(Options.FORMAT);
        return List.copyOf(options);
    }

    @Override
    public int execute(Call call) {
        Plan.Question question = PlanOptions.question(call.options());
        Timings timings = TimingsOptions.read(call, name());
        Plan plan = Plan.of(Fits.of(timings), question);
        if (Options.isJson(call)) {
            call.terminal().result(Json.pretty(PlanJson.of(plan, call)));
        } else {
            new PlanReport(plan, call).print();
        }
        return DONE;
    }
}
