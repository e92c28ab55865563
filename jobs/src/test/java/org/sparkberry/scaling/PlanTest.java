package org.sparkberry.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.TimedRun;
import org.sparkberry.record.Timings;

/** Most expected values follow by hand from Amdahl's law with 100 s of serial and 900 s of parallel work. */
final class PlanTest {
    /** 1e-6 for each second of a node's life; 1e-7 for each joule. */
    private static final CostModel COSTS = new CostModel(31.5576, 3, 8, 0.36, 1, 1);

    private static final List<Alternative> NOTHING_ELSE = List.of();

    /** Times on 1, 2, 4 and 8 executors: exact, and so much above and below. */
    private static Fits fits(double scatter) {
        List<TimedRun> runs = new ArrayList<>();
        for (int n : new int[] {1, 2, 4, 8}) {
            for (double factor : new double[] {1 - scatter, 1, 1 + scatter}) {
                runs.add(new TimedRun(n, factor * (100 + 900.0 / n), 0));
            }
        }
        return Fits.of(Timings.of(false, runs));
    }

    private static Plan plan(double scatter, int most, int executorsPerNode, double deadlineSeconds) {
        OptionalDouble deadline =
                Double.isNaN(deadlineSeconds) ? OptionalDouble.empty() : OptionalDouble.of(deadlineSeconds);
        return Plan.of(
                fits(scatter),
                new Plan.Question(nodes(most), executorsPerNode, Optional.of(COSTS), NOTHING_ELSE, deadline));
    }

    private static List<Integer> nodes(int most) {
        return IntStream.rangeClosed(1, most).boxed().toList();
    }

    private static PlanRow row(Plan plan, int nodes) {
        return plan.rows().stream()
                .filter(row -> row.nodes() == nodes)
                .findFirst()
                .orElseThrow();
    }

    private static List<Integer> nodes(List<PlanRow> rows) {
        return rows.stream().map(PlanRow::nodes).toList();
    }

    @Test
    void energyAndCostFollowFromTheTime() {
        PlanRow row = row(plan(0, 8, 1, Double.NaN), 4);
        assertThat(row.seconds().value()).isCloseTo(325, within(1e-6));
        assertThat(row.speedup().value()).isCloseTo(1000.0 / 325, within(1e-8));
        assertThat(row.efficiency().value()).isCloseTo(10.0 / 13, within(1e-8));
        assertThat(row.idleShare().value()).isCloseTo(3.0 / 13, within(1e-8));
        // 4 nodes for 325 s are 1300 node seconds: 1000 busy with 8 W, 300 waiting with 3 W.
        assertThat(row.energyJoules().value()).isCloseTo(8900, within(1e-4));
        assertThat(row.cost().value()).isCloseTo(1300e-6 + 8900e-7, within(1e-9));
        assertThat(row.inTime()).isEmpty();
    }

    @Test
    void aNodeMayRunSeveralExecutors() {
        // 2 nodes with 2 executors each: the time on 4, half the node seconds.
        PlanRow row = row(plan(0, 2, 2, Double.NaN), 2);
        assertThat(row.seconds().value()).isCloseTo(325, within(1e-6));
        assertThat(row.idleShare().value()).isCloseTo(3.0 / 13, within(1e-8));
        assertThat(row.energyJoules().value()).isCloseTo(4450, within(1e-4));
        assertThat(row.cost().value()).isCloseTo(650e-6 + 4450e-7, within(1e-9));
    }

    @Test
    void onOneNodeEnergyAndCostAreAsUncertainAsTheTime() {
        PlanRow row = row(plan(0.03, 8, 1, Double.NaN), 1);
        assertThat(row.seconds().high() - row.seconds().low()).isGreaterThan(10);
        // It is busy all the time: 8 W, and 1e-6 + 8e-7 for each second.
        assertThat(ends(row.energyJoules())).containsExactly(ends(row.seconds().times(8)), within(1e-6));
        assertThat(ends(row.cost())).containsExactly(ends(row.seconds().times(1.8e-6)), within(1e-12));
    }

    private static double[] ends(Interval interval) {
        return new double[] {interval.low(), interval.value(), interval.high()};
    }

    @Test
    void theIdleShareIsWhatTheEfficiencyLeaves() {
        PlanRow row = row(plan(0.03, 8, 1, Double.NaN), 8);
        assertThat(row.idleShare().value()).isEqualTo(1 - row.efficiency().value());
        assertThat(row.idleShare().low()).isEqualTo(1 - row.efficiency().high());
        assertThat(row.idleShare().high()).isEqualTo(1 - row.efficiency().low());
        assertThat(row.idleShare().low()).isLessThan(row.idleShare().high());
    }

    @Test
    void withoutCostsEnergyAndCostAreUnknown() {
        Plan plan = Plan.of(
                fits(0.03), new Plan.Question(nodes(8), 1, Optional.empty(), NOTHING_ELSE, OptionalDouble.empty()));
        assertThat(row(plan, 2).energyJoules()).isEqualTo(Interval.UNKNOWN);
        assertThat(row(plan, 2).cost()).isEqualTo(Interval.UNKNOWN);
        assertThat(plan.least(Plan.Goal.ENERGY)).isEmpty();
        assertThat(plan.least(Plan.Goal.COST)).isEmpty();
    }

    @Test
    void whatTheIntervalsTellApartIsChosen() {
        Plan plan = plan(0, 8, 1, Double.NaN);
        // T falls with n; energy is 5000 + 3·n·T(n) = 5000 + 3·(900 + 100n) J, and rises.
        assertThat(nodes(plan.least(Plan.Goal.TIME).orElseThrow().tied())).containsExactly(8);
        assertThat(nodes(plan.least(Plan.Goal.ENERGY).orElseThrow().tied())).containsExactly(1);
        assertThat(nodes(plan.least(Plan.Goal.COST).orElseThrow().tied())).containsExactly(1);
    }

    @Test
    void whatTheIntervalsDoNotTellApartIsARange() {
        Plan plan = plan(0.05, 8, 1, Double.NaN);
        Plan.Choice choice = plan.least(Plan.Goal.ENERGY).orElseThrow();
        double least = choice.best().energyJoules().high();
        assertThat(choice.best().nodes()).isEqualTo(1);
        assertThat(choice.tied()).hasSizeBetween(2, 7).startsWith(choice.best());
        assertThat(plan.rows()).allSatisfy(row -> assertThat(row.energyJoules().low() <= least)
                .isEqualTo(choice.tied().contains(row)));
    }

    @Test
    void aDeadlineIsMetForSureOrPerhapsOrNot() {
        // T(3) = 400, T(4) = 325, T(5) = 280; the intervals are some 3 % wide.
        Plan plan = plan(0.03, 8, 1, 325);
        assertThat(row(plan, 3).inTime()).contains(PlanRow.InTime.NO);
        assertThat(row(plan, 4).inTime()).contains(PlanRow.InTime.PERHAPS);
        assertThat(row(plan, 5).inTime()).contains(PlanRow.InTime.YES);
        assertThat(plan.fewestForSure().map(PlanRow::nodes)).contains(5);
    }

    @Test
    void aDeadlineThatIsMissedOnAverageMayStillBeMet() {
        Plan plan = plan(0.03, 8, 1, 324);
        assertThat(row(plan, 4).seconds().value()).isGreaterThan(324);
        assertThat(row(plan, 4).inTime()).contains(PlanRow.InTime.PERHAPS);
    }

    @Test
    void onAverageFewerNodesMayMeetADeadline() {
        Plan plan = plan(0.03, 8, 1, 326);
        assertThat(plan.fewestOnAverage().map(PlanRow::nodes)).contains(4);
        assertThat(plan.fewestForSure().map(PlanRow::nodes)).contains(5);
    }

    @Test
    void aDeadlineFarBelowTheSerialSecondsIsNeverMet() {
        // 100 s serial; even a law that is wrong by 10 % for both doublings beyond n = 8 does not get to 60.
        Plan plan = plan(0.001, 32, 1, 60);
        assertThat(plan.rows()).allSatisfy(row -> assertThat(row.inTime()).contains(PlanRow.InTime.NO));
        assertThat(plan.fewestForSure()).isEmpty();
        assertThat(plan.fewestOnAverage()).isEmpty();
    }

    @Test
    void noAdviceRestsOnMoreThanFourTimesTheLargestMeasured() {
        Plan plan = plan(0, 33, 1, 195);
        assertThat(row(plan, 32).standing()).isEqualTo(PlanRow.Standing.FIRM);
        assertThat(row(plan, 33).standing()).isEqualTo(PlanRow.Standing.FAR);
        assertThat(nodes(plan.least(Plan.Goal.TIME).orElseThrow().tied())).endsWith(32);
        // T(13) = 169.2 s, up to 169.2·e^(1.96·0.1·log₂(13/8)) = 194.1 s if the law is wrong, T(11) up to 199.1 s,
        // T(16) up to 190.1 s; the ends of an interval from 1000 draws are known to about 1 %.
        assertThat(plan.fewestForSure().map(PlanRow::nodes).orElseThrow()).isBetween(11, 16);
        // A quarter of 33, rounded up.
        assertThat(plan.measurements()).containsExactly(9);
    }

    @Test
    void farIsCountedInExecutors() {
        Plan plan = plan(0, 17, 2, Double.NaN);
        assertThat(row(plan, 16).standing()).isEqualTo(PlanRow.Standing.FIRM);
        assertThat(row(plan, 17).standing()).isEqualTo(PlanRow.Standing.FAR);
        assertThat(plan.measurements()).containsExactly(9);
    }

    @Test
    void noAdviceRestsOnAnIntervalWiderThanAFactorOfThree() {
        Plan plan = plan(0.4, 32, 1, 1e6);
        List<PlanRow> vague = plan.rows().stream().filter(row -> !row.isFirm()).toList();
        assertThat(vague).hasSizeBetween(1, 31);
        assertThat(plan.rows()).allSatisfy(row -> assertThat(
                        row.seconds().high() / row.seconds().low() > 3)
                .isEqualTo(row.standing() == PlanRow.Standing.VAGUE));
        assertThat(plan.least(Plan.Goal.TIME).orElseThrow().tied()).doesNotContainAnyElementsOf(vague);
        assertThat(plan.measurements())
                .containsExactly(plan.fits().nextMeasurement().orElseThrow());
    }

    @Test
    void nothingIsRecommendedWhereNothingIsFirm() {
        Plan plan = Plan.of(
                fits(0.15),
                new Plan.Question(List.of(40, 50), 1, Optional.of(COSTS), NOTHING_ELSE, OptionalDouble.of(1e6)));
        assertThat(plan.least(Plan.Goal.TIME)).isEmpty();
        assertThat(plan.fewestForSure()).isEmpty();
        assertThat(plan.fewestOnAverage()).isEmpty();
    }

    @Test
    void otherMachinesStandInTheSameColumns() {
        List<Alternative> others =
                List.of(Alternative.cloud(0.36, 5), Alternative.pc(new CostModel(31.5576, 100, 100, 0.36, 1, 1), 4));
        Plan plan = Plan.of(fits(0), new Plan.Question(nodes(2), 1, Optional.empty(), others, OptionalDouble.of(220)));
        PlanRow cloud = plan.alternatives().get(0);
        // 1000/5 s at 1e-4 a second.
        assertThat(cloud.seconds().value()).isCloseTo(200, within(1e-6));
        assertThat(cloud.speedup().value()).isCloseTo(5, within(1e-8));
        assertThat(cloud.cost().value()).isCloseTo(0.02, within(1e-9));
        assertThat(cloud.energyJoules()).isEqualTo(Interval.UNKNOWN);
        assertThat(cloud.inTime()).contains(PlanRow.InTime.YES);
        PlanRow pc = plan.alternatives().get(1);
        // 250 s with 100 W: 25 kJ at 1e-7, and 1e-6 a second for the machine.
        assertThat(pc.seconds().value()).isCloseTo(250, within(1e-6));
        assertThat(pc.energyJoules().value()).isCloseTo(25_000, within(1e-4));
        assertThat(pc.cost().value()).isCloseTo(250e-6 + 25_000e-7, within(1e-9));
        assertThat(pc.inTime()).contains(PlanRow.InTime.NO);
    }

    @Test
    void anotherMachineIsComparedWithANodeNotWithAnExecutor() {
        Plan plan = Plan.of(
                fits(0),
                new Plan.Question(
                        nodes(2), 4, Optional.empty(), List.of(Alternative.cloud(1, 2)), OptionalDouble.empty()));
        // A node has 4 executors and takes 325 s; twice as fast is 162.5 s, 1000/162.5 times as fast as one executor.
        PlanRow cloud = plan.alternatives().get(0);
        assertThat(cloud.seconds().value()).isCloseTo(162.5, within(1e-6));
        assertThat(cloud.speedup().value()).isCloseTo(1000 / 162.5, within(1e-8));
    }

    @Test
    void timingsOfWorkThatGrowsAreRefused() {
        List<TimedRun> runs = IntStream.rangeClosed(1, 6)
                .mapToObj(n -> new TimedRun(n, 100 + n, 0))
                .toList();
        Fits weak = Fits.of(Timings.of(true, runs));
        Plan.Question question = new Plan.Question(nodes(2), 1, Optional.empty(), NOTHING_ELSE, OptionalDouble.empty());
        assertThatThrownBy(() -> Plan.of(weak, question))
                .isInstanceOf(BadInput.class)
                .hasMessage("a plan compares n for the same work, and in these timings it grows with n (weak scaling):"
                        + " give timings of the same work on every n (--mode strong, if they are)");
    }
}
