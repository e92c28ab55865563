package org.sparkberry.model.waves;

import java.util.ArrayList;
import java.util.List;
import org.sparkberry.estimate.Table;
import org.sparkberry.estimate.Table.Column;

/** The noise of every detector in the first segment of the data, as an amplitude spectral density √S in 1/√Hz. */
final class SpectrumTable {
    private static final int POINTS = 500;

    private SpectrumTable() {}

    static Table of(StrainData data) {
        List<List<Object>> rows = new ArrayList<>();
        StrainData.Segment segment = data.take(0);
        FrequencyBand band = segment.band;
        double ratio = StrictMath.pow(Conditioned.HIGHEST_HERTZ / band.hertz[0], 1.0 / POINTS);
        for (int d = 0; d < segment.detectors.size(); d++) {
            double[] density = segment.detectors.get(d).density();
            int from = 0;
            double end = band.hertz[0];
            for (int point = 0; point < POINTS && from < band.size(); point++) {
                end *= ratio;
                int to = Math.max(from + 1, Math.min(band.size(), band.below(end)));
                double sum = 0;
                for (int i = from; i < to; i++) {
                    sum += density[band.first() + i];
                }
                rows.add(List.of(
                        data.detectors().get(d),
                        0.5 * (band.hertz[from] + band.hertz[to - 1]),
                        Math.sqrt(sum / (to - from))));
                from = to;
            }
        }
        data.keep(segment);
        return new Table(
                "spectrum", List.of(Column.text("detector"), Column.real("hertz"), Column.real("strain")), rows);
    }
}
