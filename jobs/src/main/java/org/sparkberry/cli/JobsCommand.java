package org.sparkberry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparkberry.job.Job;
import org.sparkberry.job.Jobs;
import org.sparkberry.job.Option;
import org.sparkberry.record.Json;

/** {@code jobs}: the list. */
final class JobsCommand implements Command {
    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public String summary() {
        return "lists the jobs";
    }

    @Override
    public Subject subject() {
        return Subject.NOTHING;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(JobJars.OPTION, Options.FORMAT);
    }

    @Override
    public int execute(Call call) {
        if (Options.isJson(call)) {
            Map<String, Object> json = Json.object();
            json.put("jobs", Jobs.all().stream().map(JobsCommand::json).toList());
            call.terminal().result(Json.pretty(json));
            return DONE;
        }
        List<List<String>> rows = new ArrayList<>();
        for (Job job : Jobs.all()) {
            rows.add(List.of(job.name(), job.pattern().words(), job.summary()));
        }
        Words.columns(rows).forEach(call.terminal()::result);
        return DONE;
    }

    private static Map<String, Object> json(Job job) {
        Map<String, Object> json = Json.object();
        json.put("name", job.name());
        json.put("pattern", job.pattern().words());
        json.put("summary", job.summary());
        return json;
    }
}
