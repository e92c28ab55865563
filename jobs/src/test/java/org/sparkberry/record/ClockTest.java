package org.sparkberry.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
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

    /** date(1) and /proc/uptime tell the same two clocks; uptime has hundredths of a second. */
    @Test
    void theDifferenceOfTheClocksIsWhenTheMachineStarted() throws IOException {
        double uptime =
                Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0]);
        Process date = new ProcessBuilder("date", "+%s.%N").start();
        double wall = Double.parseDouble(new String(date.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertThat(Clock.system().wallMinusMonotonicMillis() / 1e3).isCloseTo(wall - uptime, within(5.0));
    }

    @Test
    void aThreadThatHadToWaitBetweenTwoLooksIsNoStep() {
        // In nanoseconds: the first and third pair of looks have a second and ten between them, as on a busy machine.
        Iterator<Long> nanos = List.of(
                        0L, 1_000_000_000L, 2_000_000_000L, 2_000_002_000L, 3_000_000_000L, 13_000_000_000L)
                .iterator();
        Iterator<Long> millis = List.of(900L, 2_000L, 12_000L).iterator();
        Clock busy = new Clock() {
            @Override
            public Instant now() {
                return Instant.ofEpochMilli(millis.hasNext() ? millis.next() : 99_999);
            }

            @Override
            public long nanos() {
                return nanos.hasNext() ? nanos.next() : 14_000_000_000L + 5_000_000_000L * ++late;
            }

            private long late;
        };
        assertThat(busy.wallMinusMonotonicMillis()).isZero();
    }

    private record Stopped(long nanos) implements Clock {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }
    }
}
