package org.sparkberry.model.waves;

import java.io.Serializable;

/**
 * The time slides of a search: in slide k the data of detector d are shifted against those of the first by d·k·0.1 s,
 * around the ends of what is searched of each segment. What coincides then is chance, and shows how often chance does
 * that (Was et al. 2010, arXiv:0906.2120). A shift by less than 0.1 s in either direction does not count.
 *
 * @param segments of the data
 * @param detectors how many
 * @param count how many slides
 */
record TimeSlides(Segments segments, int detectors, int count) implements Serializable {
    /** Longer than light takes and a template looks like itself; 0.1 s, rounded. */
    static final int STEP = Strain.HERTZ / 10;

    /** Seconds and slides for which the loudest coincidence is kept, at most. */
    private static final int MOST_CELLS = 1 << 17;

    static TimeSlides of(Segments segments, int detectors) {
        int longest = (segments.to(0) - segments.from(0)) / STEP - 1;
        return new TimeSlides(segments, detectors, Math.min(longest, MOST_CELLS / seconds(segments)));
    }

    private static int seconds(Segments segments) {
        return (segments.searched() + Strain.HERTZ - 1) / Strain.HERTZ;
    }

    /** How many seconds, the last one perhaps short, are searched. */
    int seconds() {
        return seconds(segments);
    }

    /** Whether all detectors are far enough apart in a segment's slide k, from 1. */
    boolean holds(int segment, int k) {
        int length = segments.to(segment) - segments.from(segment);
        for (int apart = 1; apart < detectors; apart++) {
            int shift = (int) ((long) apart * k * STEP % length);
            if (shift < STEP || shift > length - STEP) {
                return false;
            }
        }
        return true;
    }

    /** How much time all the slides have together. */
    double totalSeconds() {
        long samples = 0;
        for (int segment = 0; segment < segments.count(); segment++) {
            for (int k = 1; k <= count; k++) {
                samples += holds(segment, k) ? segments.to(segment) - segments.from(segment) : 0;
            }
        }
        return (double) samples / Strain.HERTZ;
    }
}
