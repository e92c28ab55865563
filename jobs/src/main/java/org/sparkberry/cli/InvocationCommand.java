package org.sparkberry.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.sparkberry.cluster.Invocation;
import org.sparkberry.cluster.Sweep;
import org.sparkberry.job.Job;
import org.sparkberry.job.Jobs;
import org.sparkberry.job.Option;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.InvocationSettings;
import org.sparkberry.record.Json;

/** What a sweep starts for each of its invocations. */
final class InvocationCommand implements Command {
    @Override
    public String name() {
        return Sweep.INVOCATION_COMMAND;
    }

    @Override
    public String summary() {
        return "measures one point of a sweep; started by 'sparkberry sweep', not by hand";
    }

    @Override
    public boolean isHidden() {
        return true;
    }

    @Override
    public Subject subject() {
        return Subject.NOTHING;
    }

    @Override
    public boolean mayStartSpark() {
        return true;
    }

    @Override
    public List<Option<?>> options() {
        return List.of();
    }

    @Override
    public int execute(Call call) {
        InvocationSettings settings = settings(call);
        JobJars.add(
                settings.sweep().jars().stream().map(jar -> Path.of(jar.path())).toList());
        Job job = Jobs.all().stream()
                .filter(known -> known.name().equals(settings.sweep().job()))
                .findFirst()
                .orElseThrow(() ->
                        new BadInput("unknown job '" + settings.sweep().job() + "'; 'sparkberry jobs' lists the jobs"));
        Invocation invocation = new Invocation(
                settings, job, Options.sparkHome(call), call.surroundings().home(), call.clock());
        switch (settings.task()) {
            case CHECK -> call.terminal().result(Json.line(invocation.check()));
            case CALIBRATE -> call.terminal().result(Json.line(invocation.calibrate()));
            case MEASURE -> invocation.measure(iteration -> call.terminal().result(Json.line(iteration)));
        }
        return DONE;
    }

    private InvocationSettings settings(Call call) {
        String text = call.surroundings()
                .variable(Sweep.SETTINGS_VARIABLE)
                .orElseThrow(() -> new BadInput(name() + " is started by 'sparkberry sweep', not by hand"));
        try {
            return Json.parse(text, InvocationSettings.class);
        } catch (IOException e) {
            throw new BadInput(Sweep.SETTINGS_VARIABLE + " is not what 'sparkberry sweep' sets", e);
        }
    }
}
