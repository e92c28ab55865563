package org.sparkberry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sparkberry.dataflow.AuditReport;
import org.sparkberry.dataflow.Precision;
import org.sparkberry.dataflow.Round;
import org.sparkberry.dataflow.Rounds;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.record.Json;
import org.sparkberry.record.RunRecord;
import org.sparkberry.scaling.InWords;

/** What {@code run} tells of a run that has ended, and what its record says of its rounds. */
final class RunReport {
    private final Rounds rounds;
    private final SamplingOptions options;
    private final String again;
    private final String units;

    /**
     * @param again the command that computes the same bits at once
     * @param units what the job's size counts, in the plural
     */
    RunReport(Rounds rounds, SamplingOptions options, String again, String units) {
        this.rounds = rounds;
        this.options = options;
        this.again = again;
        this.units = units;
    }

    /** How the run ended, for its record. */
    String outcome() {
        return rounds.end() == Rounds.End.COMPLETED ? "completed" : "precision-not-reached";
    }

    /** The rounds and the audit, for the run's record. */
    Map<String, Object> json() {
        Map<String, Object> json = Json.object();
        options.precision().ifPresent(precision -> {
            json.put("precision", options.precisionText());
            precision.target().ifPresent(target -> json.put("target", target));
            json.put("end", rounds.end().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            json.put("rounds", rounds.rounds().stream().map(RunReport::json).toList());
        });
        rounds.audit().ifPresent(audit -> {
            Map<String, Object> entry = Json.object();
            entry.put("share", audit.share());
            entry.put("blocks", audit.blocks());
            entry.put("elsewhere", audit.elsewhere());
            entry.put("wrong", audit.wrong());
            entry.put("blocksAgain", audit.blocksAgain());
            json.put("audit", entry);
        });
        return json;
    }

    private static Map<String, Object> json(Round round) {
        Map<String, Object> json = Json.object();
        json.put("trials", round.trials());
        json.put("value", Json.number(round.value()));
        json.put("standardError", Json.number(round.standardError()));
        return json;
    }

    void print(Terminal terminal, RunRecord record) {
        long cores = ((Number) record.environment().getOrDefault("cores", 0)).longValue();
        terminal.result(record.job() + ": " + InWords.count(record.result().trials(), units.replaceFirst("s$", ""))
                + ", seed " + record.seed()
                + ", " + InWords.short3(record.times().computeSeconds()) + " s on "
                + record.environment().get("master") + " with " + InWords.count(cores, "core"));
        terminal.result("");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("estimate", "value", "standard error", "95 % interval", "known answer", "z"));
        for (Estimate estimate : record.result().estimates()) {
            rows.add(Words.cells(estimate));
        }
        Words.table(rows).forEach(terminal::result);
        terminal.result("");
        record.result().estimates().stream()
                .filter(estimate -> estimate.resolution() > 0 && estimate.low() <= estimate.high())
                .findFirst()
                .ifPresent(estimate -> terminal.result("values are counted in bins: " + estimate.name()
                        + " is known to ±" + InWords.short3(estimate.resolution())
                        + " at best, which its interval includes"));
        if (record.result().estimates().stream()
                .anyMatch(estimate -> estimate.z().isPresent())) {
            terminal.result("z is the distance from the known answer in standard errors");
        }
        options.precision().flatMap(precision -> precision(precision, record)).ifPresent(terminal::result);
        rounds.audit().ifPresent(audit -> terminal.result("audit    " + words(audit)));
        terminal.result("digest   " + record.result().digest());
        if (options.precision().isPresent()) {
            terminal.result("again    " + again);
        }
    }

    private Optional<String> precision(Precision precision, RunRecord record) {
        return precision.estimate(record.result()).map(estimate -> {
            String wanted = options.precisionText() + (precision.isRelative() ? " of the value" : "");
            String reached = "the standard error of " + estimate.name() + " is "
                    + InWords.short3(estimate.standardError())
                    + (precision.isRelative()
                            ? " (" + InWords.short3(100 * estimate.standardError() / Math.abs(estimate.value())) + "%)"
                            : "");
            String where = " after " + InWords.count(rounds.rounds().size(), "round");
            return switch (rounds.end()) {
                case COMPLETED -> "reached  " + reached + where + ", " + wanted + " was asked for";
                case TRIALS ->
                    "NOT REACHED: " + reached + where + ", " + wanted + " was asked for; set --max-trials higher";
                case TIME ->
                    "NOT REACHED: " + reached + where + ", " + wanted + " was asked for; set --max-time higher";
                case TOO_MANY ->
                    "NOT REACHED: " + reached + where + ", " + wanted
                            + " was asked for, which takes more trials than a run can make; ask for less, or give"
                            + " --max-trials to come as near as they do";
                case NO_GAIN ->
                    "NOT REACHED: " + reached + where + ", " + wanted + " was asked for, but more trials no longer"
                            + " make it smaller"
                            + (estimate.resolution() > 0
                                    ? ": values are counted in bins of ±" + InWords.short3(estimate.resolution())
                                    : "");
            };
        });
    }

    private static String words(AuditReport audit) {
        String twice = InWords.count(audit.blocks(), "block") + " computed twice, " + InWords.whole(audit.elsewhere())
                + " of them by another host or executor: ";
        if (audit.wrong().isEmpty()) {
            return twice + (audit.blocks() == 0 ? "too few to tell; set --audit higher" : "the same bits");
        }
        return twice
                + audit.wrong().stream().map(AuditReport.Wrong::who).collect(Collectors.joining(", "))
                + " computed wrongly and did no more; " + InWords.count(audit.blocksAgain(), "block")
                + " computed again";
    }
}
