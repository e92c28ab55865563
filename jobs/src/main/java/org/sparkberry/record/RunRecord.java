package org.sparkberry.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Result;
import org.sparkberry.estimate.Table;

/**
 * What one run was, took and gave.
 *
 * @param job the job's name
 * @param parameters every option of the job and its value, defaults too
 * @param seed the run's seed
 * @param result what it found
 * @param times what it took
 * @param sampling how its trials were sampled: rounds until it was precise enough, an audit; empty if all at once
 * @param environment where it ran: {@link Environment}
 * @param outcome how it ended: {@code completed}, or {@code precision-not-reached}
 */
public record RunRecord(
        String job,
        Map<String, Object> parameters,
        long seed,
        Result result,
        Times times,
        Map<String, Object> sampling,
        Map<String, Object> environment,
        String outcome) {

    static final String KIND = "run";
    static final int SCHEMA_VERSION = 1;

    /**
     * What a run took.
     *
     * @param start when it began
     * @param startSeconds to have Spark and its executors ready
     * @param prepareSeconds to read its input
     * @param computeSeconds from the first block to the merged result; with those before it was stopped and resumed
     */
    public record Times(Instant start, double startSeconds, double prepareSeconds, double computeSeconds) {}

    /** The content of {@code run.json}. */
    public Map<String, Object> json() {
        Map<String, Object> json = Json.object();
        json.put("kind", KIND);
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("job", job);
        json.put("parameters", parameters);
        json.put("seed", seed);
        json.put("trials", result.trials());
        json.put("estimates", result.estimates().stream().map(RunRecord::json).toList());
        json.put("tables", result.tables().stream().map(Table::name).toList());
        json.put("digest", result.digest());
        Map<String, Object> took = Json.object();
        took.put("start", times.start().toString());
        took.put("startSeconds", times.startSeconds());
        took.put("prepareSeconds", times.prepareSeconds());
        took.put("computeSeconds", times.computeSeconds());
        json.put("times", took);
        json.put("sampling", sampling);
        json.put("environment", environment);
        json.put("outcome", outcome);
        return json;
    }

    /** The content of {@code estimates.csv}; NaN stands for what is not known. */
    Table estimates() {
        List<List<Object>> rows = new ArrayList<>();
        for (Estimate estimate : result.estimates()) {
            Double reference = estimate.reference();
            rows.add(List.of(
                    estimate.name(),
                    estimate.value(),
                    estimate.standardError(),
                    estimate.low(),
                    estimate.high(),
                    estimate.resolution(),
                    reference == null ? Double.NaN : reference,
                    estimate.z().orElse(Double.NaN)));
        }
        return new Table(
                "estimates",
                List.of(
                        Table.Column.text("name"),
                        Table.Column.real("value"),
                        Table.Column.real("standardError"),
                        Table.Column.real("low"),
                        Table.Column.real("high"),
                        Table.Column.real("resolution"),
                        Table.Column.real("reference"),
                        Table.Column.real("z")),
                rows);
    }

    private static Map<String, Object> json(Estimate estimate) {
        Map<String, Object> json = Json.object();
        json.put("name", estimate.name());
        json.put("value", Json.number(estimate.value()));
        json.put("standardError", Json.number(estimate.standardError()));
        json.put("low", Json.number(estimate.low()));
        json.put("high", Json.number(estimate.high()));
        json.put("resolution", Json.number(estimate.resolution()));
        Double reference = estimate.reference();
        if (reference != null) {
            json.put("reference", Json.number(reference));
            json.put("z", Json.number(estimate.z().orElse(Double.NaN)));
        }
        return json;
    }
}
