package org.sparkberry.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkberry.dataflow.SingleThread;
import org.sparkberry.dataflow.Tables;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Result;
import org.sparkberry.estimate.Table;
import org.sparkberry.record.BadInput;

/** The search of the 32 s around GW150914. */
final class GravitationalWavesTest {
    private static final Job JOB = new GravitationalWaves();
    private static Result result = run(Map.of("templates", "1"));

    @BeforeAll
    static void search() {
        result = run(Map.of("min-mass", "20", "max-mass", "60"));
    }

    private static Job.Experiment prepare(Map<String, String> typed) {
        Tables tables = new Tables(
                () -> {
                    throw new AssertionError("no Spark is needed to read strain");
                },
                Path.of(System.getProperty("sparkberry.root")));
        return JOB.prepare(new Parameters(Jobs.options(JOB), typed), tables);
    }

    private static Result run(Map<String, String> typed) {
        return prepare(typed).run(new SingleThread());
    }

    /**
     * GPS 1126259462.42, SNR 18.6 and 13.2 with these templates (a matched filter in NumPy), 7 ms later in Hanford
     * (6.9 +0.5 −0.4 ms: Abbott et al. 2016, arXiv:1602.03837), detector-frame chirp mass 30.4 +2.1 −1.9 M☉ and total
     * mass 70.6 +4.6 −4.5 M☉ (arXiv:1606.04856, table IV). The last two numbers bound the standard error: at a bandwidth
     * of 40 to 100 Hz times are known to 0.1 to 0.3 ms by 1/(2πρσ_f) and, with the masses uncertain, some times that; the
     * published masses, 90 % intervals with spins, to 1.2 and 2.8 M☉.
     */
    @ParameterizedTest
    @CsvSource({
        "gps.H1, 1126259462.43, 0.03, 0.00005, 0.002",
        "gps.L1, 1126259462.43, 0.03, 0.00005, 0.002",
        "snr.H1, 18.6, 0.5, 1, 1",
        "snr.L1, 13.2, 0.5, 1, 1",
        "delay.milliseconds, 7, 2, 0.1, 0.6",
        "mass.chirp, 30, 3, 0.3, 1.2",
        "mass.total, 70.6, 4.6, 1, 5",
    })
    void theEventIsWhereAndWhatIsPublished(
            String name, double published, double tolerance, double leastError, double mostError) {
        Estimate estimate = estimate(result, name);

        assertThat(estimate.value()).isCloseTo(published, within(tolerance));
        assertThat(estimate.standardError()).isBetween(leastError, mostError);
        assertThat(estimate.low()).isLessThan(estimate.value());
        assertThat(estimate.high()).isGreaterThan(estimate.value());
    }

    @Test
    void nothingElseIsAsLoud() {
        List<List<Object>> rows = table(result, "candidates").rows();
        assertThat((double) rows.get(0).get(5)).isGreaterThan(22);
        for (List<Object> row : rows.subList(1, rows.size())) {
            assertThat((double) row.get(5)).isLessThan(10);
        }
        // No slide is louder: one event or fewer in the 1.6 hours that 239 slides of 24 s have.
        assertThat(estimate(result, "false-alarm-rate").value()).isCloseTo(3600 / (239 * 24.0), within(0.01));
        assertThat(table(result, "background").rows()).isNotEmpty();
    }

    /** What the figures are made of: the template lies on the data where the signal is. */
    @Test
    void theWhitenedTemplateFollowsTheData() {
        double product = 0;
        double template = 0;
        double before = 0;
        int count = 0;
        for (List<Object> row : table(result, "whitened").rows()) {
            double seconds = (double) row.get(1);
            double strain = (double) row.get(2);
            if (seconds > -0.1 && seconds < 0.02) {
                product += strain * (double) row.get(3);
                template += (double) row.get(3) * (double) row.get(3);
            } else if (seconds < -0.2) {
                before += strain * strain;
                count++;
            }
        }
        assertThat(product / template).isCloseTo(1, within(0.15));
        // Standard deviations of noise; over 0.05 s it has some 30 independent values in two detectors.
        assertThat(Math.sqrt(before / count)).isCloseTo(1, within(0.4));
    }

    @Test
    void theTablesHaveTheColumnsThatFiguresAreMadeOf() {
        assertThat(result.tables().stream().map(Table::name))
                .containsExactly("candidates", "templates", "whitened", "snr", "refined", "background", "spectrum");
        assertThat(columns("candidates"))
                .containsExactly(
                        "rank",
                        "gps.H1",
                        "gps.L1",
                        "snr.H1",
                        "snr.L1",
                        "snr.network",
                        "delay.milliseconds",
                        "mass.1",
                        "mass.2",
                        "mass.chirp",
                        "mass.total",
                        "false-alarm-rate");
        assertThat(columns("templates"))
                .containsExactly("mass.1", "mass.2", "mass.chirp", "mass.total", "snr.H1", "snr.L1", "snr.network");
        assertThat(columns("spectrum")).containsExactly("detector", "hertz", "strain");
        assertThat(table(result, "spectrum").rows()).hasSizeLessThanOrEqualTo(1000);
        assertThat(table(result, "snr").rows()).hasSize(2 * 2049);
    }

    /**
     * The same on every machine and Java from 17 on. It is the digest of this code, found the same by JDK 17 and 25; that
     * it is right is the matter of the tests above.
     */
    @Test
    void theBitsArePinned() {
        assertThat(run(Map.of("mass-step", "10", "min-mass", "20", "max-mass", "50"))
                        .digest())
                .isEqualTo("fd0bf6d65527a2e594accec2d3eadbdff5f67ab0f1a4d6975bec4f8a10f8b95e");
    }

    @Test
    void withoutACandidateThereIsAResultAllTheSame() {
        Result none = run(Map.of("templates", "5", "threshold", "50"));

        assertThat(none.trials()).isEqualTo(5);
        assertThat(none.estimates()).extracting(Estimate::name).containsExactly("seconds-with-chance-coincidence");
        assertThat(table(none, "candidates").rows()).isEmpty();
        assertThat(table(none, "templates").rows()).hasSize(5).allSatisfy(row -> assertThat((double) row.get(6))
                .isZero());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "min-mass | 70 | --min-mass: must be at most --max-mass (60.0), not 70.0",
                "mass-step | 0.1 | --mass-step: gives more than 20000 templates; set it higher",
                "strain | datasets/gravitational-waves/H-H1_LOSC_4_V2-1126259446-32.hdf5 | is of one detector; a signal",
            })
    void whatCannotBeSearchedIsSaid(String option, String text, String message) {
        assertThatThrownBy(() -> prepare(Map.of(option, text)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message);
    }

    /** 70 + 70 M☉ end at 0.32266/(πM), 149 Hz. */
    @Test
    void aLowestFrequencyAboveAllTemplatesIsSaid() {
        assertThatThrownBy(() -> prepare(Map.of("low-frequency", "200", "min-mass", "70", "max-mass", "80")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("--low-frequency: black holes of 70.0 to 80.0 solar masses")
                .hasMessageContaining("set it, --min-mass or --max-mass lower");
    }

    private static Estimate estimate(Result result, String name) {
        return result.estimates().stream()
                .filter(estimate -> estimate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Table table(Result result, String name) {
        return result.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> columns(String name) {
        return table(result, name).columns().stream().map(Table.Column::name).toList();
    }
}
