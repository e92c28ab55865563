package org.sparkberry.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkberry.record.MeasuredRun;
import org.sparkberry.record.MeasuredTask;
import org.sparkberry.record.SweepSettings;
import org.sparkberry.scaling.Finding;
import org.sparkberry.scaling.Interval;
import org.sparkberry.scaling.Limit;
import org.sparkberry.scaling.ScalingPoint;

/**
 * What a report says. A list that is empty leaves its section out, and the report says why.
 *
 * @param title of the page
 * @param job the workload's name
 * @param settings of the sweep; empty for timings that are not Sparkberry's own
 * @param baselineSeconds one thread without Spark, for the work of an iteration; empty if not measured
 * @param points a point per executor count, ascending
 * @param curves laws fitted to the points
 * @param laws the parameters of the laws
 * @param lawVerdict what the law that fits best comes to, or why none was fitted; empty if neither is known
 * @param verdict the conclusion in one line; empty if there is none
 * @param findings what to know and what to do next
 * @param runs all measured iterations
 * @param tasks of one iteration per executor count
 * @param limits where the cores' time goes and what is lost, per executor count
 * @param environment name to text
 */
public record ReportContent(
        String title,
        String job,
        Optional<SweepSettings> settings,
        Optional<Interval> baselineSeconds,
        List<ScalingPoint> points,
        List<Curve> curves,
        List<LawParameter> laws,
        String lawVerdict,
        String verdict,
        List<Finding> findings,
        List<MeasuredRun> runs,
        List<TaskRun> tasks,
        List<Limit> limits,
        Map<String, String> environment) {

    /**
     * A law through the points, and its 95 % band where the intervals are known. The lists run in parallel.
     *
     * @param law its name
     * @param isChosen whether the points speak for it most
     * @param executors ascending
     * @param speedup against the smallest measured executor count
     * @param efficiency a share of 1
     */
    public record Curve(
            String law, boolean isChosen, List<Double> executors, List<Interval> speedup, List<Interval> efficiency) {
        public Curve {
            if (executors.size() != speedup.size() || executors.size() != efficiency.size()) {
                throw new IllegalArgumentException(law + ": lists of " + executors.size() + ", " + speedup.size()
                        + " and " + efficiency.size() + " are not in parallel");
            }
        }
    }

    /**
     * A row of the law table.
     *
     * @param law its name
     * @param parameter what it is, in words and its letter
     * @param unit of the value; empty for a pure number
     */
    public record LawParameter(String law, String parameter, Interval value, String unit) {}

    /** An iteration and its tasks. */
    public record TaskRun(MeasuredRun run, List<MeasuredTask> tasks) {}

    /** Whether the work grows with the executors. */
    boolean isWeak() {
        return settings.map(SweepSettings::isWeak).orElse(false);
    }

    /** Whether the executors were on a cluster that was there, and the thread without Spark perhaps elsewhere. */
    boolean isOnCluster() {
        return settings.filter(sweep -> !sweep.isEmbedded()).isPresent();
    }
}
