package org.sparkberry.record;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Time, so that a test may own it. */
public interface Clock {
    /** When it is. */
    Instant now();

    /** Nanoseconds since some fixed moment: for durations, which a clock that is set must not change. */
    long nanos();

    /** Seconds since an earlier value of {@link #nanos}. */
    default double secondsSince(long earlierNanos) {
        return (nanos() - earlierNanos) / 1e9;
    }

    /**
     * How far the clock that tells the time is ahead of the one that nobody sets, in milliseconds. The number itself
     * means nothing; on one machine, until it starts again, it changes only when the clock is set.
     */
    default long wallMinusMonotonicMillis() {
        long closest = Long.MAX_VALUE;
        long difference = 0;
        // A thread may have to wait between two looks: the two closest together tell.
        for (int attempt = 0; attempt < 5; attempt++) {
            long before = nanos();
            long wall = now().toEpochMilli();
            long between = nanos() - before;
            if (between < closest) {
                closest = between;
                difference = wall - (before + between / 2) / 1_000_000;
            }
        }
        return difference;
    }

    /** The moment for a file's name, in UTC: {@code 20261121T094300Z}. */
    static String stamp(Instant instant) {
        return DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(instant);
    }

    /** The machine's clock. */
    static Clock system() {
        return new Clock() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public long nanos() {
                return System.nanoTime();
            }
        };
    }
}
