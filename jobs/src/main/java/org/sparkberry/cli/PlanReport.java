package org.sparkberry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparkberry.record.TimedRun;
import org.sparkberry.scaling.InWords;
import org.sparkberry.scaling.Interval;
import org.sparkberry.scaling.Plan;
import org.sparkberry.scaling.PlanRow;

/** A plan for people: the table, what it recommends, what it assumes. */
final class PlanReport {
    private static final int WIDTH = 110;
    private static final double JOULES_PER_WATT_HOUR = 3600;
    private static final int MOST_LISTED = 10;
    private static final double SMALL_COST = 0.1;

    private final Plan plan;
    private final Call call;
    private final boolean costsKnown;
    /** Of how many runs the cost is shown: a run on a few boards costs a small part of a cent. */
    private final int runsPaid;

    PlanReport(Plan plan, Call call) {
        this.plan = plan;
        this.call = call;
        this.costsKnown = everyRow().anyMatch(row -> row.cost().isKnown());
        double most = everyRow()
                .mapToDouble(row -> row.cost().value())
                .filter(c -> c >= 0)
                .max()
                .orElse(0);
        this.runsPaid = most < SMALL_COST ? 1000 : 1;
    }

    void print() {
        Terminal terminal = call.terminal();
        int runs = plan.fits().timings().runs().size();
        terminal.result(call.chosenPath().orElse("") + ": planned from " + InWords.count(runs, "run") + " on "
                + measured() + " executors");
        terminal.result("");
        Words.table(table()).forEach(terminal::result);
        marks().forEach(terminal::result);
        terminal.result("");
        Words.columns(recommendations(), WIDTH).forEach(terminal::result);
        plan.fits().findings().forEach(finding -> FitCommand.print(terminal, finding));
        terminal.result("");
        terminal.result("assumed");
        Words.columns(new PlanAssumptions(plan, call.options()).rows(), WIDTH).forEach(terminal::result);
    }

    private Stream<PlanRow> everyRow() {
        return Stream.concat(plan.rows().stream(), plan.alternatives().stream());
    }

    private String measured() {
        TreeSet<Integer> n =
                plan.fits().timings().runs().stream().map(TimedRun::n).collect(Collectors.toCollection(TreeSet::new));
        return n.size() <= MOST_LISTED
                ? n.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : n.first() + " to " + n.last();
    }

    private Optional<String> deadline() {
        return plan.question().deadlineSeconds().stream()
                .mapToObj(seconds -> "within " + InWords.duration(seconds))
                .findFirst();
    }

    private List<List<String>> table() {
        List<String> header = new ArrayList<>(List.of("nodes", "seconds", "speedup", "efficiency", "idle"));
        if (costsKnown) {
            header.addAll(List.of("energy (Wh)", "cost of " + runsPaid()));
        }
        deadline().ifPresent(header::add);
        List<List<String>> rows = new ArrayList<>(List.of(header));
        everyRow().map(this::cells).forEach(rows::add);
        return rows;
    }

    private List<String> cells(PlanRow row) {
        List<String> cells = new ArrayList<>(List.of(
                row.name() + mark(row.standing()),
                InWords.interval(row.seconds()),
                InWords.interval(row.speedup()),
                InWords.percentInterval(row.efficiency()),
                InWords.percentInterval(row.idleShare())));
        if (costsKnown) {
            cells.add(wattHours(row.energyJoules()));
            cells.add(cost(row));
        }
        row.inTime().map(PlanRow.InTime::word).ifPresent(cells::add);
        return cells;
    }

    private static String wattHours(Interval joules) {
        return InWords.interval(new Interval(
                joules.value() / JOULES_PER_WATT_HOUR,
                joules.low() / JOULES_PER_WATT_HOUR,
                joules.high() / JOULES_PER_WATT_HOUR));
    }

    private String cost(PlanRow row) {
        Interval cost = row.cost();
        return InWords.interval(new Interval(runsPaid * cost.value(), runsPaid * cost.low(), runsPaid * cost.high()));
    }

    private String runsPaid() {
        return runsPaid == 1 ? "a run" : InWords.count(runsPaid, "run");
    }

    private static String mark(PlanRow.Standing standing) {
        return switch (standing) {
            case FIRM -> "";
            case FAR -> " *";
            case VAGUE -> " ?";
        };
    }

    private List<String> marks() {
        List<String> marks = new ArrayList<>();
        if (plan.has(PlanRow.Standing.FAR)) {
            marks.add("  * more than 4 times the " + InWords.count(plan.fits().most(), "executor")
                    + " measured: no advice rests on it");
        }
        if (everyRow().anyMatch(row -> row.standing() == PlanRow.Standing.VAGUE)) {
            marks.add("  ? the runs leave more than a factor 3 open: no advice rests on it");
        }
        return marks;
    }

    private List<List<String>> recommendations() {
        List<List<String>> rows = new ArrayList<>();
        if (plan.rows().stream().noneMatch(PlanRow::isFirm)) {
            rows.add(List.of("no advice", "the runs cannot tell enough of any of these numbers of nodes"));
        } else {
            plan.least(Plan.Goal.TIME)
                    .ifPresent(choice -> rows.add(List.of(
                            "fastest",
                            words(choice, InWords.interval(choice.best().seconds()) + " s") + beyond(choice))));
            deadline().ifPresent(label -> rows.add(List.of(label, inTime())));
            plan.least(Plan.Goal.ENERGY)
                    .ifPresent(choice -> rows.add(List.of(
                            "least energy",
                            words(choice, wattHours(choice.best().energyJoules()) + " Wh"))));
            plan.least(Plan.Goal.COST)
                    .ifPresent(choice ->
                            rows.add(List.of("cheapest", words(choice, cost(choice.best()) + " for " + runsPaid()))));
        }
        if (plan.rows().stream().anyMatch(row -> !row.isFirm())) {
            rows.add(List.of("measure next", measurement()));
        }
        return rows;
    }

    private static String words(Plan.Choice choice, String figure) {
        String best = InWords.count(choice.best().nodes(), "node");
        if (choice.tied().size() == 1) {
            return best + ": " + figure;
        }
        return among(choice) + " cannot be told apart; best on average is " + best + ": " + figure;
    }

    private static String among(Plan.Choice choice) {
        List<Integer> n = choice.tied().stream().map(PlanRow::nodes).toList();
        int first = n.get(0);
        int last = n.get(n.size() - 1);
        if (n.size() > 2 && last - first == n.size() - 1) {
            return first + " to " + last;
        }
        return n.subList(0, n.size() - 1).stream().map(String::valueOf).collect(Collectors.joining(", ")) + " and "
                + last;
    }

    /** The fastest of all firm rows may be the last only because it is the last. */
    private String beyond(Plan.Choice choice) {
        List<PlanRow> firm = plan.rows().stream().filter(PlanRow::isFirm).toList();
        PlanRow last = firm.get(firm.size() - 1);
        return choice.tied().contains(last) ? "; more nodes than " + last.nodes() + " may be faster" : "";
    }

    private String inTime() {
        Optional<PlanRow> sure = plan.fewestForSure();
        Optional<PlanRow> average = plan.fewestOnAverage();
        if (average.isEmpty()) {
            return "no number of nodes that advice can rest on; the fastest takes "
                    + plan.least(Plan.Goal.TIME)
                            .map(choice -> InWords.interval(choice.best().seconds()))
                            .orElse("–")
                    + " s";
        }
        String seconds = " (" + InWords.interval(average.get().seconds()) + " s)";
        String onAverage = InWords.count(average.get().nodes(), "node") + " on average" + seconds;
        if (sure.equals(average)) {
            return InWords.count(average.get().nodes(), "node") + ", for sure" + seconds;
        }
        return sure.map(row -> InWords.count(row.nodes(), "node") + " for sure (at most "
                        + InWords.short3(row.seconds().high()) + " s), " + onAverage)
                .orElse("no number of nodes for sure, " + onAverage);
    }

    private String measurement() {
        List<Integer> n = plan.measurements();
        if (n.isEmpty()) {
            return "more runs on each n that was measured: the laws agree, the runs scatter";
        }
        return n.stream().map(each -> "n = " + each).collect(Collectors.joining(" and "))
                + " executors: it would tell most about the marked rows";
    }
}
