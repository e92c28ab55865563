package org.sparkberry.model.waves;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The coincidences of a search that are the loudest ones for half a second before and after them. */
final class Candidates {
    private static final int APART = Strain.HERTZ / 2;
    private static final int MOST = 100;

    private Candidates() {}

    /**
     * One of them.
     *
     * @param template its number in the bank
     * @param sample in the data, in the first detector that saw it
     * @param snr of the network
     */
    record Candidate(int template, int sample, double snr) {}

    /** The loudest first; at most {@value #MOST}. */
    static List<Candidate> of(Search search, Coincidences found) {
        int edge = search.data().segments().edge();
        List<Integer> bins = IntStream.range(0, found.bins())
                .filter(bin -> found.binSnr(bin) > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(bin -> -found.binSnr(bin))
                        .thenComparingInt(bin -> bin))
                .toList();
        List<Candidate> candidates = new ArrayList<>();
        for (int bin : bins) {
            int sample = edge + found.binSample(bin);
            if (candidates.size() < MOST
                    && candidates.stream().allMatch(louder -> Math.abs(louder.sample() - sample) > APART)) {
                candidates.add(new Candidate(found.binTemplate(bin), sample, found.binSnr(bin)));
            }
        }
        return candidates;
    }
}
