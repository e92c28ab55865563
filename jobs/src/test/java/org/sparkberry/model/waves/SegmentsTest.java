package org.sparkberry.model.waves;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SegmentsTest {
    @ParameterizedTest
    @ValueSource(ints = {8, 9, 12, 16, 31, 32, 33, 56, 57, 64, 100, 4096})
    void everySampleBetweenTheEdgesIsSearchedOnce(int seconds) {
        Segments segments = Segments.of(seconds * Strain.HERTZ);
        int at = segments.edge();
        for (int segment = 0; segment < segments.count(); segment++) {
            assertThat(segments.from(segment)).isEqualTo(at);
            at = segments.to(segment);
            assertThat(segments.segmentOf(segments.from(segment))).isEqualTo(segment);
            assertThat(segments.segmentOf(at - 1)).isEqualTo(segment);
            // What is searched lies inside the segment, an eighth away from its ends.
            assertThat(segments.from(segment) - segments.start(segment)).isGreaterThanOrEqualTo(segments.edge());
            assertThat(segments.start(segment) + segments.length() - at).isGreaterThanOrEqualTo(segments.edge());
            assertThat(segments.start(segment) + segments.length()).isLessThanOrEqualTo(segments.samples());
        }
        assertThat(at).isEqualTo(seconds * Strain.HERTZ - segments.edge());
    }
}
