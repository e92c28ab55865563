package org.sparkberry.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkberry.record.BadInput;

final class CountsTest {
    private static final Option<List<Integer>> NODES = Option.counts("nodes", 10_000, "1..4", "nodes");

    @Test
    void numbersAndRangesAreTakenTogetherAscendingEachOnce() {
        assertThat(NODES.read().apply("1..4")).containsExactly(1, 2, 3, 4);
        assertThat(NODES.read().apply("8,1,2, 4")).containsExactly(1, 2, 4, 8);
        assertThat(NODES.read().apply("3..5,4..6,1")).containsExactly(1, 3, 4, 5, 6);
        assertThat(NODES.read().apply("7..7")).containsExactly(7);
        assertThat(NODES.read().apply("1..1k")).hasSize(1000);
    }

    @Test
    void nothingIsNoCount() {
        assertThatThrownBy(() -> NODES.read().apply(" "))
                .isInstanceOf(BadInput.class)
                .hasMessage("--nodes: is empty; give N..M|N,…");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,,2    | a value is missing beside a comma: '1,,2'",
                "x       | must be a whole number, not 'x'",
                "1..x    | must be a whole number, not 'x'",
                "1-4     | must be a whole number, not '1-4'",
                "0       | must be at least 1, not 0",
                "0..4    | must be at least 1, not 0",
                "1..99999| must be at most 10000, not 99999",
                "1..     | a range has two ends (such as 1..64), not '1..'",
                "..4     | a range has two ends (such as 1..64), not '..4'",
                "..      | a range has two ends (such as 1..64), not '..'",
                "4..1    | a range goes up (such as 1..64), not '4..1'",
                "1..1001 | at most 1000 numbers (a few of them do, such as 1,2,4,8,16)"
            },
            quoteCharacter = '`')
    void whatIsNoCountIsRefused(String text, String message) {
        assertThatThrownBy(() -> NODES.read().apply(text))
                .isInstanceOf(BadInput.class)
                .hasMessage("--nodes: " + message);
    }
}
