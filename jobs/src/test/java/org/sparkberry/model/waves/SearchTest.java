package org.sparkberry.model.waves;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkberry.model.Work;
import org.sparkberry.random.Streams;

final class SearchTest {
    private static final List<Masses> BANK = List.of(new Masses(15, 8), new Masses(30, 25));

    /** Against a search of all pairs of peaks in all slides, on 20 s of noise, which are two segments. */
    @Test
    void coincidencesAndSlidesAreThoseOfBruteForce() {
        StrainData data = MadeUpStrain.data(MadeUpStrain.noise(20, 7), MadeUpStrain.noise(20, 8));
        Search search = new Search(data, BANK, 3);
        Coincidences found = search.estimator();
        Work work = new Work(new Streams(1, "test"), search.trials(), 3);
        for (long block = 0; block < work.blocks(); block++) {
            search.compute(work.block(block), found);
        }
        Coincidences expected = search.estimator();
        for (int number = 0; number < data.segments().count(); number++) {
            for (int template = 0; template < BANK.size(); template++) {
                bruteForce(search, number, template, expected);
            }
        }

        assertThat(data.segments().count()).isEqualTo(2);
        assertThat(found.louder(0)).isGreaterThan(500).isEqualTo(expected.louder(0));
        assertThat(found.isSameAs(expected)).isTrue();
    }

    private static void bruteForce(Search search, int number, int template, Coincidences expected) {
        StrainData data = search.data();
        Segments segments = data.segments();
        StrainData.Segment segment = data.take(number);
        int size = new Waveform(BANK.get(template)).write(segment.band, segment.template);
        int start = segments.start(number);
        int margin = segments.edge() / 4;
        Triggers[] wide = {new Triggers(), new Triggers()};
        Triggers[] own = {new Triggers(), new Triggers()};
        for (int d = 0; d < 2; d++) {
            FilterOutput output = FilterOutput.of(segment, d, size);
            int from = segments.from(number) - start;
            int to = segments.to(number) - start;
            wide[d].find(output.numbers(), output.norm(), from - margin, to + margin, start - segments.edge(), 3);
            own[d].find(output.numbers(), output.norm(), from, to, start - segments.edge(), 3);
            expected.addHighest(d, template, (float) output.snr(output.peak(from, to - 1)));
        }
        data.keep(segment);
        // 10.01 ms of light and 5 ms of timing, in samples.
        int window = 62;
        int first = segments.from(number) - segments.edge();
        int length = segments.to(number) - segments.from(number);
        for (int i = 0; i < wide[0].count(); i++) {
            int at = wide[0].sample(i);
            for (int j = 0; j < wide[1].count(); j++) {
                if (at >= first && at < first + length && Math.abs(wide[1].sample(j) - at) <= window) {
                    expected.addCoincidence(template, at, network(wide[0].snr(i), wide[1].snr(j)));
                }
            }
        }
        for (int k = 1; k <= search.slides().count(); k++) {
            int shift = k * 409 % length;
            if (shift < 409 || shift > length - 409) {
                continue;
            }
            for (int i = 0; i < own[0].count(); i++) {
                for (int j = 0; j < own[1].count(); j++) {
                    int apart = Math.floorMod(own[1].sample(j) - own[0].sample(i) - shift, length);
                    if (apart <= window || length - apart <= window) {
                        expected.addSlide(k - 1, own[0].sample(i), network(own[0].snr(i), own[1].snr(j)));
                    }
                }
            }
        }
    }

    private static float network(float one, float other) {
        return (float) Math.sqrt((double) one * one + (double) other * other);
    }
}
