package org.sparkberry.scaling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Function;
import org.sparkberry.record.BadInput;

/**
 * What a job takes and costs on n nodes, by the laws fitted to its timings, and which n is best. An n of the timings is
 * an executor. A node computes in as large a share of its time as the efficiency says, and waits in the rest; energy
 * and cost follow from that and carry the intervals of the times.
 */
public final class Plan {
    /** No recommendation rests on an interval whose ends are farther apart. */
    private static final double WIDEST = 3;

    private final Fits fits;
    private final Question question;
    private final List<PlanRow> rows;
    private final List<PlanRow> alternatives;

    /**
     * What is asked.
     *
     * @param nodes how many, ascending, each once, at least one
     * @param executorsPerNode executors of the timings that a node runs, at least 1
     * @param costs of the nodes; without it energy and cost are unknown
     * @param alternatives other machines
     * @param deadlineSeconds for a run
     */
    public record Question(
            List<Integer> nodes,
            int executorsPerNode,
            Optional<CostModel> costs,
            List<Alternative> alternatives,
            OptionalDouble deadlineSeconds) {}

    /** What can be made least. */
    public enum Goal {
        TIME(PlanRow::seconds),
        ENERGY(PlanRow::energyJoules),
        COST(PlanRow::cost);

        @SuppressWarnings("ImmutableEnumChecker") // a method reference without a state
        private final Function<PlanRow, Interval> of;

        Goal(Function<PlanRow, Interval> of) {
            this.of = of;
        }

        /** Its figure in a row. */
        public Interval of(PlanRow row) {
            return of.apply(row);
        }
    }

    /**
     * The least of a figure.
     *
     * @param best where it is least on average
     * @param tied where it may be as little, by the intervals: {@code best} and all that overlap with it, ascending
     */
    public record Choice(PlanRow best, List<PlanRow> tied) {}

    private Plan(Fits fits, Question question) {
        this.fits = fits;
        this.question = question;
        this.rows = question.nodes().stream().map(this::row).toList();
        this.alternatives = question.alternatives().stream().map(this::row).toList();
    }

    /**
     * Plans.
     *
     * @throws BadInput if the timings are of work that grows with n
     */
    public static Plan of(Fits fits, Question question) {
        if (fits.timings().weak()) {
            throw new BadInput(
                    "a plan compares n for the same work, and in these timings it grows with n (weak scaling):"
                            + " give timings of the same work on every n (--mode strong, if they are)");
        }
        return new Plan(fits, question);
    }

    private PlanRow row(int nodes) {
        int executors = nodes * question.executorsPerNode();
        Prediction prediction = fits.predict(executors);
        Interval efficiency = prediction.efficiency();
        return new PlanRow(
                Integer.toString(nodes),
                nodes,
                prediction.seconds(),
                prediction.speedup(),
                efficiency,
                new Interval(idle(efficiency.value()), idle(efficiency.high()), idle(efficiency.low())),
                question.costs()
                        .map(costs -> fits.joint(
                                executors, (one, many) -> costs.joules(nodes, many, busy(one, many, executors))))
                        .orElse(Interval.UNKNOWN),
                question.costs()
                        .map(costs -> fits.joint(
                                executors, (one, many) -> costs.cost(nodes, many, busy(one, many, executors))))
                        .orElse(Interval.UNKNOWN),
                inTime(prediction.seconds()),
                standing(executors, prediction.seconds()));
    }

    /** An efficiency above 1 is more than a node can be busy. */
    private static double busy(double one, double many, int executors) {
        return Math.min(1, one / (executors * many));
    }

    private static double idle(double efficiency) {
        return Math.max(0, 1 - efficiency);
    }

    private PlanRow row(Alternative machine) {
        int executors = question.executorsPerNode();
        Interval seconds = fits.predict(executors).seconds().times(1 / machine.speed());
        return new PlanRow(
                machine.name(),
                1,
                seconds,
                fits.joint(executors, (one, node) -> one / node).times(machine.speed()),
                Interval.UNKNOWN,
                Interval.UNKNOWN,
                Double.isNaN(machine.watts()) ? Interval.UNKNOWN : seconds.times(machine.watts()),
                seconds.times(machine.pricePerSecond()),
                inTime(seconds),
                standing(executors, seconds));
    }

    private Optional<PlanRow.InTime> inTime(Interval seconds) {
        if (question.deadlineSeconds().isEmpty()) {
            return Optional.empty();
        }
        double deadline = question.deadlineSeconds().getAsDouble();
        if (seconds.high() <= deadline) {
            return Optional.of(PlanRow.InTime.YES);
        }
        return Optional.of(seconds.low() > deadline ? PlanRow.InTime.NO : PlanRow.InTime.PERHAPS);
    }

    private PlanRow.Standing standing(int executors, Interval seconds) {
        if (executors > (long) Fits.FARTHEST * fits.most()) {
            return PlanRow.Standing.FAR;
        }
        return seconds.high() <= WIDEST * seconds.low() ? PlanRow.Standing.FIRM : PlanRow.Standing.VAGUE;
    }

    public Fits fits() {
        return fits;
    }

    public Question question() {
        return question;
    }

    /** A row for each number of nodes, ascending. */
    public List<PlanRow> rows() {
        return rows;
    }

    /** A row for each other machine. */
    public List<PlanRow> alternatives() {
        return alternatives;
    }

    /** The nodes that make it least; empty if no row is firm or none knows the figure. */
    public Optional<Choice> least(Goal goal) {
        Optional<PlanRow> best = rows.stream()
                .filter(PlanRow::isFirm)
                .filter(row -> goal.of(row).isKnown())
                .min(Comparator.comparingDouble(row -> goal.of(row).value()));
        return best.map(least -> new Choice(
                least,
                rows.stream()
                        .filter(PlanRow::isFirm)
                        .filter(row -> goal.of(row).low() <= goal.of(least).high())
                        .toList()));
    }

    /** The fewest nodes that meet the deadline for sure: with the upper end of their interval. */
    public Optional<PlanRow> fewestForSure() {
        return rows.stream()
                .filter(row -> row.isFirm() && row.inTime().equals(Optional.of(PlanRow.InTime.YES)))
                .findFirst();
    }

    /** The fewest nodes that meet the deadline on average. */
    public Optional<PlanRow> fewestOnAverage() {
        double deadline = question.deadlineSeconds().orElse(0);
        return rows.stream()
                .filter(row -> row.isFirm() && row.seconds().value() <= deadline)
                .findFirst();
    }

    /** Which n to measure, executors, so that more rows would be firm. */
    public List<Integer> measurements() {
        TreeSet<Integer> n = new TreeSet<>();
        if (has(PlanRow.Standing.FAR)) {
            PlanRow last = rows.get(rows.size() - 1);
            n.add((last.nodes() * question.executorsPerNode() + Fits.FARTHEST - 1) / Fits.FARTHEST);
        }
        if (has(PlanRow.Standing.VAGUE)) {
            fits.nextMeasurement().ifPresent(n::add);
        }
        return new ArrayList<>(n);
    }

    /** Whether a row stands so. */
    public boolean has(PlanRow.Standing standing) {
        return rows.stream().anyMatch(row -> row.standing() == standing);
    }
}
