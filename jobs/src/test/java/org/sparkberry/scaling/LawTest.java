package org.sparkberry.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class LawTest {
    /** By hand, from the formulas in the papers. */
    @ParameterizedTest
    @CsvSource({
        // 100·(0.05 + 0.95/8)
        "AMDAHL, 8, 16.875, '95, 5'",
        // Gunther: C(8) = 8/(1 + 0.05·7 + 0.002·56) = 5.4720, 100/C
        "UNIVERSAL, 8, 18.275, '95, 5, 0.2'",
        // 2 + 100/8 + 1.5·ln 8 + 0.1·8
        "COMMUNICATION, 8, 18.4191623, '2, 100, 1.5, 0.1'",
        // Gustafson: S(8) = 8 − 0.1·7 = 7.3, T = 8·100/7.3
        "GUSTAFSON, 8, 109.5890411, '0.009, 0.001'",
        // n times the work at the throughput C(n): 100·(1 + 0.02·7 + 0.0002·56)
        "UNIVERSAL_WEAK, 8, 115.12, '100, 2, 0.02'",
        // 100 + 3·ln 8 + 0.3·8
        "COMMUNICATION_WEAK, 8, 108.6383246, '100, 3, 0.3'"
    })
    void theTimeByEachLaw(Law law, double n, double seconds, String coefficients) {
        assertThat(law.seconds(n, numbers(coefficients))).isCloseTo(seconds, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({
        "AMDAHL, '95, 5', '100, 0.05'",
        "UNIVERSAL, '95, 5, 0.2', '100, 0.05, 0.002'",
        "COMMUNICATION, '2, 100, 1.5, 0.1', '102.1, 2, 100, 1.5, 0.1'",
        "GUSTAFSON, '0.009, 0.001', '100, 0.1'",
        "UNIVERSAL_WEAK, '100, 2, 0.02', '100, 0.02, 0.0002'",
        "COMMUNICATION_WEAK, '100, 3, 0.3', '100.3, 100, 3, 0.3'"
    })
    void coefficientsAsParameters(Law law, String coefficients, String parameters) {
        assertThat(law.parameters(numbers(coefficients))).containsExactly(numbers(parameters), within(1e-9));
    }

    @ParameterizedTest
    @EnumSource(Law.class)
    void theFirstParameterIsTheTimeOnOne(Law law) {
        double[] some = new double[law.size()];
        Arrays.setAll(some, i -> 0.5 + i);

        assertThat(law.symbols().get(0)).isEqualTo(Law.Symbol.T1);
        assertThat(law.parameters(some)[0]).isCloseTo(law.seconds(1, some), within(1e-12));
        assertThat(law.parameters(some)).hasSameSizeAs(law.symbols().toArray());
    }

    /** Gunther 2008: with κ = 0 the Universal Scalability Law is Amdahl's, σ and all. */
    @Test
    void amdahlIsTheUniversalLawWithoutCoherency() {
        for (int n = 1; n <= 64; n *= 2) {
            assertThat(Law.UNIVERSAL.seconds(n, new double[] {95, 5, 0}))
                    .isEqualTo(Law.AMDAHL.seconds(n, new double[] {95, 5}));
        }
    }

    @Test
    void noTimeIsNegative() {
        assertThat(Law.AMDAHL.seconds(4, new double[] {4, -1})).isNaN();
        assertThat(Law.GUSTAFSON.seconds(4, new double[] {-1, 0})).isNaN();
    }

    private static double[] numbers(String list) {
        return Arrays.stream(list.split(", ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
