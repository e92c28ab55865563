package org.sparkberry.model.waves;

import java.io.Serializable;

/**
 * How a stretch of samples is cut into segments that are transformed as a whole. They overlap: a quarter of each, at its
 * two ends, is not searched, since the data fade in and out there and templates reach over the end. All lengths are in
 * samples.
 *
 * @param samples of the whole stretch
 * @param length of a segment, a power of two
 */
record Segments(int samples, int length) implements Serializable {
    /** The longest segment: 32 s. */
    private static final int LONGEST = 32 * Strain.HERTZ;

    /** The cut of a stretch: the longest segments that it holds, up to 32 s. */
    static Segments of(int samples) {
        if (samples < Strain.SHORTEST_SECONDS * Strain.HERTZ) {
            throw new IllegalArgumentException("too short: " + samples);
        }
        return new Segments(samples, Math.min(LONGEST, Integer.highestOneBit(samples)));
    }

    /** What is not searched at each end: an eighth, 4 s of 32. */
    int edge() {
        return length / 8;
    }

    int count() {
        int step = length - 2 * edge();
        return 1 + (samples - length + step - 1) / step;
    }

    /** Where a segment begins. */
    int start(int segment) {
        return Math.min(segment * (length - 2 * edge()), samples - length);
    }

    /** Where the part begins that is searched in this segment and in no other. */
    int from(int segment) {
        return edge() + segment * (length - 2 * edge());
    }

    /** Where it ends. */
    int to(int segment) {
        return Math.min(from(segment) + length - 2 * edge(), samples - edge());
    }

    /** In which segment a sample is searched. */
    int segmentOf(int sample) {
        return Math.min(count() - 1, Math.max(0, (sample - edge()) / (length - 2 * edge())));
    }

    /** How many samples are searched in all. */
    int searched() {
        return samples - 2 * edge();
    }
}
