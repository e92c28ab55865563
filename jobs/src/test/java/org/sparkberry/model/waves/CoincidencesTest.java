package org.sparkberry.model.waves;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CoincidencesTest {
    private static Coincidences empty() {
        return new Coincidences(2, 5, 100, 10, 3, 1);
    }

    @Test
    void partsGiveTheSameInAnyOrderAndGrouping() {
        Random random = new Random(5);
        List<Coincidences> parts = new ArrayList<>();
        for (int part = 0; part < 12; part++) {
            Coincidences found = empty();
            for (int i = 0; i < 20; i++) {
                // Few values, so that many are equal.
                float snr = 4 + random.nextInt(3);
                found.addHighest(random.nextInt(2), random.nextInt(5), snr);
                found.addCoincidence(random.nextInt(5), random.nextInt(1000), snr);
                found.addSlide(random.nextInt(3), random.nextInt(1000), snr);
            }
            parts.add(found);
        }
        Coincidences expected = merged(parts);
        for (int order = 0; order < 20; order++) {
            Collections.shuffle(parts, random);
            Coincidences left = merged(parts.subList(0, 5));
            left.merge(merged(parts.subList(5, 12)));
            assertThat(left.isSameAs(expected)).isTrue();
        }
        assertThat(expected.isSameAs(merged(parts.subList(0, 3)))).isFalse();
    }

    private static Coincidences merged(List<Coincidences> parts) {
        Coincidences merged = empty();
        parts.forEach(merged::merge);
        return merged;
    }

    @Test
    void ofEquallyLoudCoincidencesTheFirstTemplateAndSampleStay() {
        Coincidences found = empty();
        found.addCoincidence(3, 120, 6);
        found.addCoincidence(2, 150, 6);
        found.addCoincidence(2, 140, 6);
        found.addCoincidence(4, 110, 5);

        assertThat(found.binTemplate(1)).isEqualTo(2);
        assertThat(found.binSample(1)).isEqualTo(140);
        assertThat(found.binSnr(1)).isEqualTo(6);
        assertThat(found.network(3)).isEqualTo(6);
    }
}
