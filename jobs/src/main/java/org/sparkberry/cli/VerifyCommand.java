package org.sparkberry.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparkberry.cluster.SparkHome;
import org.sparkberry.cluster.Verification;
import org.sparkberry.job.Job;
import org.sparkberry.job.Option;
import org.sparkberry.job.Parameters;
import org.sparkberry.record.Environment;
import org.sparkberry.record.Json;
import org.sparkberry.record.SweepSettings;
import org.sparkberry.scaling.InWords;

/** {@code verify JOB}: the same bits in every layout, shown on the spot. */
final class VerifyCommand implements Command {
    private static final int DIGITS_SHOWN = 16;

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public String summary() {
        return "runs a job in many layouts, kills an executor on the way, compares the digests";
    }

    @Override
    public Subject subject() {
        return Subject.JOB;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(JobJars.OPTION, Options.FORMAT);
    }

    @Override
    public int execute(Call call) throws IOException {
        Job job = call.job();
        Terminal terminal = call.terminal();
        SparkHome home = Options.sparkHome(call);
        Verification verification = new Verification(home, call.surroundings().home(), call.clock());
        terminal.status("computing with one thread, then starting a cluster on this machine …");
        Verification.Verdict verdict = verification.verify(
                job, call.jobParameters(), layout -> terminal.step(words(layout) + ": " + start(layout.digest())));
        if (Options.isJson(call)) {
            terminal.result(Json.pretty(json(call, job, verdict)));
        } else {
            print(terminal, job, verdict);
        }
        return verdict.isSame() && verdict.executorKilled() ? DONE : NOT_VERIFIED;
    }

    private static void print(Terminal terminal, Job job, Verification.Verdict verdict) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("layout", "seconds", "digest"));
        for (Verification.Layout layout : verdict.layouts()) {
            rows.add(List.of(words(layout), InWords.short3(layout.seconds()), start(layout.digest())));
        }
        Words.table(rows).forEach(terminal::result);
        terminal.result("");
        for (Verification.Layout layout : verdict.layouts()) {
            if (!layout.remark().isEmpty()) {
                terminal.result(layout.remark());
            }
        }
        int layouts = verdict.layouts().size();
        if (!verdict.isSame()) {
            terminal.result("NOT VERIFIED: " + job.name() + " gave "
                    + verdict.layouts().stream()
                            .map(Verification.Layout::digest)
                            .distinct()
                            .count()
                    + " different digests in " + layouts + " layouts");
        } else if (!verdict.executorKilled()) {
            terminal.result("NOT VERIFIED: one digest in " + layouts + " layouts, but the run was over before an"
                    + " executor could be killed in the middle of it; set "
                    + job.size().flag() + " higher");
        } else {
            terminal.result("digest   " + verdict.layouts().get(0).digest());
            terminal.result("VERIFIED: " + job.name() + " gave the same bits in all " + layouts + " layouts");
        }
    }

    /** Enough of a digest to see a difference, and little enough for a line of a terminal. */
    private static String start(String digest) {
        return digest.substring(0, DIGITS_SHOWN) + "…";
    }

    private static String words(Verification.Layout layout) {
        if (layout.executors() == 0) {
            return "1 thread, no Spark";
        }
        return layout.executors()
                + (layout.executors() == 1 ? " executor, " : " executors, ")
                + layout.partitions()
                + (layout.partitions() == 1 ? " partition" : " partitions")
                + (layout.remark().isEmpty() ? "" : ", one killed");
    }

    private static Map<String, Object> json(Call call, Job job, Verification.Verdict verdict) {
        Map<String, Object> json = Json.object();
        json.put("kind", "verification");
        json.put("schemaVersion", 1);
        json.put("job", job.name());
        json.put("parameters", call.jobParameters().forRecord());
        json.put("seed", call.jobParameters().get(Parameters.SEED));
        json.put("layouts", verdict.layouts());
        json.put("same", verdict.isSame());
        json.put("executorKilled", verdict.executorKilled());
        json.put("verified", verdict.isSame() && verdict.executorKilled());
        json.put("environment", Environment.here(SparkHome.sparkVersion(), SweepSettings.EMBEDDED));
        return json;
    }
}
