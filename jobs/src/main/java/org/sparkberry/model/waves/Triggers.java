package org.sparkberry.model.waves;

import java.util.Arrays;

/** When one template's SNR in one detector was above the threshold: its peaks, in order of time. */
final class Triggers {
    /** Peaks nearer than this are one: 10 ms, about as long as a template looks like itself. */
    private static final int APART = Strain.HERTZ / 100;

    private int count;
    private int[] samples = new int[16];
    private float[] snr = new float[16];

    /**
     * Finds the peaks of a filter's output.
     *
     * @param output real and imaginary parts
     * @param norm what its absolute value must be divided by to be the SNR
     * @param from the first sample of the output to look at
     * @param to the end of those
     * @param offset what to add to the number of a sample
     */
    void find(double[] output, double norm, int from, int to, int offset, double threshold) {
        count = 0;
        double least = threshold * threshold * norm * norm;
        double highest = 0;
        for (int i = from; i < to; i++) {
            double square = output[2 * i] * output[2 * i] + output[2 * i + 1] * output[2 * i + 1];
            if (square >= least) {
                if (count > 0 && i + offset - samples[count - 1] <= APART) {
                    if (square > highest) {
                        highest = square;
                        put(count - 1, i + offset, Math.sqrt(square) / norm);
                    }
                } else {
                    highest = square;
                    put(count++, i + offset, Math.sqrt(square) / norm);
                }
            }
        }
    }

    private void put(int at, int sample, double ratio) {
        if (at == samples.length) {
            samples = Arrays.copyOf(samples, 2 * at);
            snr = Arrays.copyOf(snr, 2 * at);
        }
        samples[at] = sample;
        snr[at] = (float) ratio;
    }

    int count() {
        return count;
    }

    int sample(int i) {
        return samples[i];
    }

    float snr(int i) {
        return snr[i];
    }

    /** The first one at this sample or after it; {@link #count} if there is none. */
    int from(long sample) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (samples[middle] < sample) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The highest SNR between two samples, both included; 0 if there is none. */
    float loudest(long first, long last) {
        float loudest = 0;
        for (int i = from(first); i < count && samples[i] <= last; i++) {
            loudest = Math.max(loudest, snr[i]);
        }
        return loudest;
    }
}
