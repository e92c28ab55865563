package org.sparkberry.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockTest {
    @Test
    void stampIsTheBasicFormatOfIso8601InUtcWithoutFractions() {
        // ISO 8601-1:2019, section 5.4.2.1: basic format of date and time of day, Z for UTC.
        assertThat(Clock.stamp(Instant.parse("2026-11-21T09:43:00Z"))).isEqualTo("20261121T094300Z");
        assertThat(Clock.stamp(Instant.parse("2027-01-02T03:04:05.999Z"))).isEqualTo("20270102T030405Z");
        assertThat(Clock.stamp(Instant.parse("2026-12-31T23:59:59Z"))).isEqualTo("20261231T235959Z");
    }

    @Test
    void secondsSinceIsMeasuredInNanoseconds() {
        assertThat(new Stopped(5_250_000_000L).secondsSince(4_000_000_000L)).isEqualTo(1.25);
    }

    @Test
    void secondsSinceSurvivesTheOverflowOfTheCounter() {
        // System.nanoTime: "differences in successive calls that span greater than 2^63 ns will not be correct": others
        // are, over the end of the long too.
        assertThat(new Stopped(Long.MIN_VALUE + 499_999_999).secondsSince(Long.MAX_VALUE - 500_000_000))
                .isEqualTo(1);
    }

    private record Stopped(long nanos) implements Clock {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }
    }
}
