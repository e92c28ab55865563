package org.sparkberry.scaling;

import java.util.Locale;
import java.util.Map;
import org.sparkberry.record.Json;

/**
 * Where the time of the cores went at one executor count, and what of it was lost against the smallest count, n₁. With
 * C core-seconds for the same work, the efficiency is C(n₁)/C(n), and what it lacks is a sum over the parts P of
 * (P(n) − P(n₁))/C(n).
 *
 * @param executors asked for
 * @param runs valid iterations after warm-up whose parts are known
 * @param unknownRuns such iterations whose parts are not known, and which are left out here
 * @param coreSeconds of an iteration, by part: the mean over invocations of their mean iteration
 * @param losses of efficiency by part, as shares of 1; below 0 where a part shrank. The intervals are Welch's for the
 *     parts' growth, with C(n) taken as known, which leaves out a small share of a small share.
 * @param loss of efficiency altogether
 * @param cause the part that grew most, or why none is named
 */
public record Limit(
        int executors,
        int runs,
        int unknownRuns,
        Map<Part, Interval> coreSeconds,
        Map<Part, Interval> losses,
        Interval loss,
        Cause cause) {

    /** The core-seconds of a part in the mean iteration. */
    public Interval coreSeconds(Part part) {
        return coreSeconds.getOrDefault(part, Interval.UNKNOWN);
    }

    /** What a part costs in efficiency, as a share of 1. */
    public Interval loss(Part part) {
        return losses.getOrDefault(part, Interval.UNKNOWN);
    }

    /** As a JSON object. */
    public Map<String, Object> json() {
        Map<String, Object> json = Json.object();
        json.put("executors", executors);
        json.put("runs", runs);
        json.put("unknownRuns", unknownRuns);
        Map<String, Object> seconds = Json.object();
        Map<String, Object> shares = Json.object();
        for (Part part : Part.values()) {
            seconds.put(part.key(), Scaling.json(coreSeconds(part)));
            shares.put(part.key(), Scaling.json(loss(part)));
        }
        json.put("coreSeconds", seconds);
        json.put("losses", shares);
        json.put("loss", Scaling.json(loss));
        json.put("cause", cause.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.put("words", cause.words());
        json.put("next", cause.nextStep());
        return json;
    }
}
