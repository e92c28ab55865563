package org.sparkberry.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ControlledMeansTest {
    /** Five trials of (c, y), small enough for a regression by hand. */
    private static final double[][] TRIALS = {{-1, 2}, {0, 3}, {1, 5}, {2, 5}, {-2, 0}};

    @Test
    void theControlledMeanIsTheRegressionsValueAtZero() {
        Estimate mean = means(TRIALS).independent(true).estimate("y", 0);

        // By hand: ȳ = 3, c̄ = 0, Σc² = 10, Σc(y − 3) = 1 + 0 + 2 + 4 + 6 = 13, β = 1.3, Σ(y − 3)² = 18, rest
        // 18 − 1.3·13 = 1.1, s² = 1.1/3, standard error √(s²/5) = 0.270801280154532, t₀.₉₇₅ of 3 = 3.182446305284263.
        assertThat(mean.value()).isCloseTo(3, within(1e-15));
        assertThat(mean.standardError()).isCloseTo(0.270801280154532, within(1e-15));
        assertThat(mean.high() - mean.value()).isCloseTo(3.182446305284263 * 0.270801280154532, within(1e-14));
    }

    @Test
    void aControlOffItsMeanMovesTheValueAndWidensTheError() {
        double[][] moved = new double[TRIALS.length][];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = new double[] {TRIALS[i][0] + 0.5, TRIALS[i][1]};
        }
        Estimate mean = means(moved).independent(true).estimate("y", 0);

        // The same line half a unit to the left: 3 − 1.3·0.5; the error's square grows by 0.5²/10 of s².
        assertThat(mean.value()).isCloseTo(2.35, within(1e-15));
        assertThat(mean.standardError()).isCloseTo(Math.sqrt(1.1 / 3 * (1 / 5.0 + 0.025)), within(1e-15));
    }

    @Test
    void withoutControlItIsThePlainMean() {
        Estimate mean = means(TRIALS).independent(false).estimate("y", 0);
        Moments moments = new Moments();
        for (double[] trial : TRIALS) {
            moments.add(trial[1]);
        }
        assertThat(mean).isEqualTo(moments.estimate("y"));
    }

    @Test
    void theVarianceReductionIsThatOfTheVariances() {
        // By hand: plain variance 18/5 over n = 5; the mean's squared error 1.1/15.
        Estimate reduction = means(TRIALS).independent(true).varianceReduction("reduction", 1);
        assertThat(reduction.value()).isCloseTo(18.0 / 25 / (1.1 / 15), within(1e-13));
        assertThat(reduction.standardError()).isNaN();
        assertThat(means(TRIALS)
                        .independent(true)
                        .varianceReduction("reduction", 2)
                        .value())
                .isCloseTo(reduction.value() / 2, within(1e-13));
    }

    @Test
    void theErrorOfRandomisationsIsThatOfTheirMeans() {
        ControlledMeans means = new ControlledMeans(1);
        Moments moments = new Moments();
        for (int replicate = 0; replicate < ControlledMeans.REPLICATES; replicate++) {
            double y = Math.sin(replicate);
            moments.add(y);
            // Two trials, y ± 10: what varies within a replicate does not count.
            add(means, replicate, new double[][] {{0, y - 10}, {0, y + 10}});
        }
        Estimate mean = means.randomised(true).estimate("y", 0);
        Estimate expected = moments.estimate("y");

        assertThat(mean.value()).isCloseTo(expected.value(), within(1e-15));
        assertThat(mean.standardError()).isCloseTo(expected.standardError(), within(1e-15));
        assertThat(mean.high()).isCloseTo(expected.high(), within(1e-14));
    }

    @Test
    void tooFewTrialsOrRandomisationsHaveNoError() {
        assertThat(means(new double[][] {{0, 1}, {1, 2}})
                        .independent(true)
                        .estimate("y", 0)
                        .standardError())
                .isNaN();
        assertThat(means(new double[][] {{0, 1}, {1, 1}, {2, 1}})
                        .independent(true)
                        .estimate("y", 0)
                        .high())
                .isNaN();
        assertThat(means(TRIALS).randomised(true).estimate("y", 0).standardError())
                .isNaN();
        // A second randomisation of one trial beside one of five is hardly one.
        ControlledMeans lame = means(TRIALS);
        add(lame, 1, new double[][] {{0, 7}});
        assertThat(lame.randomised(false).estimate("y", 0).low()).isNaN();
        // Two equal ones have one degree of freedom: means 3 and 5, standard error 1, t₀.₉₇₅ = 12.706.
        ControlledMeans two = means(TRIALS);
        add(two, 1, new double[][] {{0, 5}, {0, 5}, {0, 5}, {0, 5}, {0, 5}});
        assertThat(two.randomised(false).estimate("y", 0).high()).isCloseTo(4 + 12.706204736432095, within(1e-12));
    }

    @Test
    void theOrderOfMergingDoesNotMatter() {
        ControlledMeans first = new ControlledMeans(1);
        ControlledMeans second = new ControlledMeans(1);
        ControlledMeans parts = new ControlledMeans(1);
        for (int i = 0; i < 100; i++) {
            double[][] trial = {{Math.sin(i) * 1e8, Math.cos(i) * Math.exp(i - 50)}};
            add(first, i % 32, trial);
            add(i % 3 == 0 ? second : parts, i % 32, trial);
        }
        second.merge(parts);
        assertThat(second.trials()).isEqualTo(100);
        assertThat(second.independent(true).estimate("y", 0))
                .isEqualTo(first.independent(true).estimate("y", 0));
        assertThat(second.randomised(true).varianceReduction("y", 1))
                .isEqualTo(first.randomised(true).varianceReduction("y", 1));
    }

    @Test
    void sumsThatAreNoneAreRefused() {
        ControlledMeans means = new ControlledMeans(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> means.add(0, 1, new double[] {0, 0, 0, Double.NaN, 0, 0}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> means.add(0, 1, new double[] {0, 0, 0, 0, Double.POSITIVE_INFINITY, 0}));
    }

    private static ControlledMeans means(double[][] trials) {
        ControlledMeans means = new ControlledMeans(1);
        add(means, 0, trials);
        return means;
    }

    private static void add(ControlledMeans means, int replicate, double[][] trials) {
        double[] sums = new double[ControlledMeans.sumsOf(1)];
        for (double[] trial : trials) {
            double c = trial[0];
            double y = trial[1];
            double[] values = {c, c * c, y * y, y, y * y, y * c};
            for (int i = 0; i < sums.length; i++) {
                sums[i] += values[i];
            }
        }
        means.add(replicate, trials.length, sums);
    }
}
