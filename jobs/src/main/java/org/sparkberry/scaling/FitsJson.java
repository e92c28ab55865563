package org.sparkberry.scaling;

import java.util.List;
import java.util.Map;
import org.sparkberry.record.Json;

/** Fits as JSON: {@code fits.json} and what {@code fit --format json} prints. */
public final class FitsJson {
    private static final String KIND = "fits";
    private static final int SCHEMA_VERSION = 1;

    private FitsJson() {}

    /** All fits side by side, with predictions for these n. */
    public static Map<String, Object> of(Fits fits, List<Integer> n) {
        Map<String, Object> json = Json.object();
        json.put("kind", KIND);
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("mode", fits.timings().weak() ? "weak" : "strong");
        json.put("runs", fits.timings().runs().size());
        json.put(
                "points",
                TimedPoint.of(fits.timings()).stream().map(FitsJson::point).toList());
        json.put("law", fits.best().law().key());
        json.put("parameters", parameters(fits.best()));
        json.put("laws", fits.laws().stream().map(law -> law(fits, law)).toList());
        json.put("leftOut", fits.leftOut().stream().map(Law::key).toList());
        json.put("peak", fits.peak().map(Scaling::json).orElse(null));
        json.put(
                "predictions",
                n.stream().map(each -> prediction(fits.predict(each))).toList());
        json.put(
                "nextMeasurement",
                fits.nextMeasurement().isPresent() ? fits.nextMeasurement().getAsInt() : null);
        json.put("findings", fits.findings().stream().map(FitsJson::finding).toList());
        json.put("verdict", fits.verdict());
        return json;
    }

    /** Where no law could be fitted, and why. */
    public static Map<String, Object> refused(String why) {
        Map<String, Object> json = Json.object();
        json.put("kind", KIND);
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("refusal", why);
        return json;
    }

    /** The check of a fit against what it has not seen; errors and coverage are shares. */
    public static Map<String, Object> of(HeldOut heldOut) {
        Map<String, Object> json = Json.object();
        json.put("upTo", heldOut.upTo());
        json.put("law", heldOut.fits().best().law().key());
        json.put("parameters", parameters(heldOut.fits().best()));
        json.put("meanError", Json.number(heldOut.meanError()));
        json.put("medianError", Json.number(heldOut.medianError()));
        json.put("worstError", Json.number(heldOut.worstError()));
        json.put("coverage", Json.number(heldOut.coverage()));
        json.put("level", HeldOut.LEVEL);
        json.put("points", heldOut.points().stream().map(FitsJson::heldOutPoint).toList());
        return json;
    }

    private static Map<String, Object> heldOutPoint(HeldOut.Point point) {
        Map<String, Object> json = Json.object();
        json.put("n", point.n());
        json.put("runs", point.runs());
        json.put("seconds", Json.number(point.seconds()));
        json.put("predicted", Scaling.json(point.predicted()));
        json.put("error", Json.number(point.error()));
        json.put("inside", point.isInside());
        return json;
    }

    private static Map<String, Object> point(TimedPoint point) {
        Map<String, Object> json = Json.object();
        json.put("n", point.n());
        json.put("runs", point.runs());
        json.put("seconds", Scaling.json(point.seconds()));
        json.put("speedup", Scaling.json(point.speedup()));
        json.put("efficiency", Scaling.json(point.efficiency()));
        json.put("serialFraction", Scaling.json(point.serialFraction()));
        return json;
    }

    private static Map<String, Object> law(Fits fits, LawFit law) {
        Map<String, Object> json = Json.object();
        json.put("law", law.law().key());
        json.put("parameters", parameters(law));
        json.put("aicc", Json.number(fits.aicc(law)));
        json.put("weight", Json.number(fits.weight(law)));
        json.put("plausible", fits.plausible().contains(law));
        json.put("scatter", Json.number(law.scatter()));
        json.put("converged", law.converged());
        return json;
    }

    private static Map<String, Object> parameters(LawFit law) {
        Map<String, Object> json = Json.object();
        for (LawFit.Parameter parameter : law.parameters()) {
            Map<String, Object> one = Json.object();
            one.put("symbol", parameter.symbol().letter());
            one.put("means", parameter.symbol().meaning());
            one.putAll(Scaling.json(parameter.interval()));
            json.put(parameter.symbol().key(), one);
        }
        return json;
    }

    private static Map<String, Object> prediction(Prediction prediction) {
        Map<String, Object> json = Json.object();
        json.put("n", prediction.n());
        json.put("beyond", prediction.beyond());
        json.put("seconds", Scaling.json(prediction.seconds()));
        json.put("speedup", Scaling.json(prediction.speedup()));
        json.put("efficiency", Scaling.json(prediction.efficiency()));
        return json;
    }

    /** A finding as a JSON object. */
    public static Map<String, Object> finding(Finding finding) {
        Map<String, Object> json = Json.object();
        json.put("kind", finding.kind().key());
        json.put("words", finding.words());
        json.put("next", finding.next());
        return json;
    }
}
