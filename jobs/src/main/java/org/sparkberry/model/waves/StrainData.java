package org.sparkberry.model.waves;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What several detectors measured at the same time, cut into segments that are prepared when they are needed. */
public final class StrainData implements Serializable {
    private static final long serialVersionUID = 1;

    private final List<Strain> strains;
    private final Segments segments;
    private final double lowestHertz;
    private transient @Nullable Segment newest;

    /**
     * @param strains of two detectors or more, from the same time on and of the same length, at least
     *     {@value Strain#SHORTEST_SECONDS} s
     * @param lowestHertz what is below this frequency is not looked at
     */
    public StrainData(List<Strain> strains, double lowestHertz) {
        List<Strain> sorted = new ArrayList<>(strains);
        sorted.sort(Comparator.comparing(Strain::detector));
        this.strains = new ArrayList<>(sorted);
        this.segments = Segments.of(sorted.get(0).size());
        this.lowestHertz = lowestHertz;
    }

    /** A segment of all detectors with what it takes to filter it. It is used by one thread. */
    static final class Segment {
        final int number;
        final FourierTransform transform;
        final FrequencyBand band;
        final List<Conditioned> detectors = new ArrayList<>();
        final double[] template;
        final double[] numbers;
        final double[] space;

        private Segment(int number, FourierTransform transform, FrequencyBand band) {
            this.number = number;
            this.transform = transform;
            this.band = band;
            this.template = new double[2 * band.size()];
            this.numbers = new double[2 * transform.size()];
            this.space = new double[2 * transform.size()];
        }
    }

    /** The detectors' names, in their alphabetical order, which is that of all lists of detectors. */
    public List<String> detectors() {
        return strains.stream().map(Strain::detector).toList();
    }

    double lowestHertz() {
        return lowestHertz;
    }

    /** A single segment of some of the detectors: all that its second look needs. */
    StrainData part(int segment, List<String> detectors) {
        int start = segments.start(segment);
        return new StrainData(
                strains.stream()
                        .filter(strain -> detectors.contains(strain.detector()))
                        .map(strain -> strain.part(start, segments.length()))
                        .toList(),
                lowestHertz);
    }

    Segments segments() {
        return segments;
    }

    /** The GPS time of a sample, which may lie between two. */
    double gps(double sample) {
        return strains.get(0).gpsStart() + sample / Strain.HERTZ;
    }

    /** How long the part of the data is that is searched, in seconds. */
    double searchedSeconds() {
        return (double) segments.searched() / Strain.HERTZ;
    }

    /** A segment, which nobody else uses meanwhile; to be given back by {@link #keep}. */
    synchronized Segment take(int number) {
        Segment kept = newest;
        newest = null;
        if (kept != null && kept.number == number) {
            return kept;
        }
        FourierTransform transform = kept == null ? new FourierTransform(segments.length()) : kept.transform;
        FrequencyBand band = kept == null ? Conditioned.band(segments.length(), lowestHertz) : kept.band;
        Segment segment = new Segment(number, transform, band);
        for (Strain strain : strains) {
            segment.detectors.add(Conditioned.of(strain, segments.start(number), band, transform));
        }
        return segment;
    }

    /** Keeps a segment for whoever needs it next. */
    synchronized void keep(Segment segment) {
        newest = segment;
    }
}
