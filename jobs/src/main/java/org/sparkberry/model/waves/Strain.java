package org.sparkberry.model.waves;

import java.io.Serializable;
import java.util.Arrays;

/** The strain that a detector measured, {@value #HERTZ} times a second, without gaps. */
public final class Strain implements Serializable {
    private static final long serialVersionUID = 1;

    /** How many samples a second has. */
    public static final int HERTZ = 4096;

    /** The shortest stretch that can be searched. */
    public static final int SHORTEST_SECONDS = 8;

    private final String detector;
    private final long gpsStart;
    private final float[] samples;

    /**
     * @param detector its two-character name, such as {@code H1}
     * @param gpsStart the GPS time of the first sample, in seconds
     * @param samples the strain, finite numbers, which now belong to this; 7 digits are more than a detector's noise has
     */
    public Strain(String detector, long gpsStart, float[] samples) {
        this.detector = detector;
        this.gpsStart = gpsStart;
        this.samples = samples;
    }

    public String detector() {
        return detector;
    }

    public long gpsStart() {
        return gpsStart;
    }

    /** How many samples there are. */
    public int size() {
        return samples.length;
    }

    /** So many samples from a whole second on. */
    Strain part(int start, int length) {
        return new Strain(detector, gpsStart + start / HERTZ, Arrays.copyOfRange(samples, start, start + length));
    }

    /** The strain at a sample. */
    public float at(int sample) {
        return samples[sample];
    }
}
