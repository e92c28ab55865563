package org.sparkberry.model.waves;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TemplateBankTest {
    /** In white noise, of which 8 s tell as much as 32. */
    private static final StrainData DATA = MadeUpStrain.data(MadeUpStrain.noise(8, 21), MadeUpStrain.noise(8, 22));

    /**
     * By the whole integral, at the best of all times, of 150 pairs of masses drawn evenly: the bank promises that less
     * than 1 % of them lose more. If it were exactly 1 %, more than 6 of 150 would once in 1000.
     */
    @Test
    void hardlyAnySignalLosesMoreThanTheMismatch() {
        List<Masses> bank = new TemplateBank(DATA, 15, 40).covering(0.03);
        Random random = new Random(3);
        int lost = 0;
        double worst = 1;
        for (int i = 0; i < 150; i++) {
            double one = 15 + 25 * random.nextDouble();
            double other = 15 + 25 * random.nextDouble();
            Masses signal = new Masses(Math.max(one, other), Math.min(one, other));
            double best = 0;
            for (Masses template : bank) {
                if (Math.abs(Math.log(template.chirp() / signal.chirp())) < 0.06) {
                    best = Math.max(best, match(signal, template));
                }
            }
            lost += best < 0.97 ? 1 : 0;
            worst = Math.min(worst, best);
        }
        assertThat(lost).isLessThanOrEqualTo(6);
        assertThat(worst).isGreaterThan(0.95);
        // A bank is also no finer than it needs to be: hardly any two of its templates are nearer than the mismatch.
        assertThat(bank).hasSizeBetween(20, 400);
    }

    @Test
    void theMismatchIsThatOfTheWholeIntegral() {
        Mismatch mismatch = Mismatch.of(DATA);
        Masses one = new Masses(20, 15);
        for (Masses other : List.of(new Masses(20.3, 15), new Masses(21, 14.4), new Masses(20.5, 14.8))) {
            double whole = 1 - match(one, other);
            assertThat(mismatch.between(mismatch.shape(one), mismatch.shape(other)))
                    .isBetween(0.85 * whole - 0.001, 1.15 * whole + 0.001);
        }
        assertThat(mismatch.between(mismatch.shape(one), mismatch.shape(one))).isLessThan(1e-6);
    }

    @Test
    void aBankOfAGivenSizeHasIt() {
        TemplateBank bank = new TemplateBank(DATA, 10, 40);
        for (int count : new int[] {1, 7, 150}) {
            assertThat(bank.of(count)).hasSize(count).doesNotHaveDuplicates().allSatisfy(masses -> {
                assertThat(masses.second()).isBetween(10.0, 40.0);
                assertThat(masses.first()).isBetween(10.0, 40.0);
            });
        }
    }

    /** 10, 12, … 60 M☉ are 26 masses, which make 26·27/2 pairs. */
    @Test
    void aGridHasAllPairs() {
        assertThat(new TemplateBank(DATA, 10, 60).grid(2))
                .hasSize(351)
                .contains(new Masses(60, 10), new Masses(36, 28));
        // 0.1 is no binary fraction: the last mass is there all the same.
        assertThat(new TemplateBank(DATA, 10, 11).grid(0.1)).hasSize(66);
    }

    /**
     * A waveform ends at x(1.7086, −0.26592, 0.28236)/(πM), for equal masses 0.32266/(πM): that of 100 + 100 M☉ at 104 Hz,
     * that of 200 + 200 M☉ at 52 Hz, and 1.5 times 60 Hz are 90 Hz.
     */
    @Test
    void whatEndsBelowTheLowestFrequencyIsNoTemplate() {
        StrainData high = MadeUpStrain.data(MadeUpStrain.noise(8, 21), MadeUpStrain.noise(8, 22), 60);
        TemplateBank bank = new TemplateBank(high, 100, 200);

        assertThat(bank.grid(50)).contains(new Masses(100, 100)).doesNotContain(new Masses(200, 200));
        assertThat(bank.of(20)).hasSize(20).allSatisfy(masses -> assertThat(new Waveform(masses).cutHertz())
                .isGreaterThan(90));
        assertThat(bank.covering(0.03)).isNotEmpty();
        TemplateBank none = new TemplateBank(high, 150, 200);
        assertThat(none.grid(50)).isEmpty();
        assertThat(none.of(20)).isEmpty();
        assertThat(none.covering(0.03)).isEmpty();
    }

    /** The greatest overlap of two templates at any phase and any time, from the transform over all frequencies. */
    private static double match(Masses one, Masses other) {
        StrainData.Segment segment = DATA.take(0);
        double[] density = segment.detectors.get(0).density();
        int size = segment.band.size();
        double[] a = new double[2 * size];
        double[] b = new double[2 * size];
        new Waveform(one).write(segment.band, a);
        new Waveform(other).write(segment.band, b);
        Arrays.fill(segment.numbers, 0);
        double powerA = 0;
        double powerB = 0;
        for (int i = 0; i < size; i++) {
            int k = segment.band.first() + i;
            double weight = 1 / density[k];
            powerA += weight * (a[2 * i] * a[2 * i] + a[2 * i + 1] * a[2 * i + 1]);
            powerB += weight * (b[2 * i] * b[2 * i] + b[2 * i + 1] * b[2 * i + 1]);
            segment.numbers[2 * k] = weight * (a[2 * i] * b[2 * i] + a[2 * i + 1] * b[2 * i + 1]);
            segment.numbers[2 * k + 1] = weight * (a[2 * i + 1] * b[2 * i] - a[2 * i] * b[2 * i + 1]);
        }
        double[] times = segment.transform.inverse(segment.numbers, segment.space);
        double highest = 0;
        for (int i = 0; i < segment.transform.size(); i++) {
            highest = Math.max(highest, Math.hypot(times[2 * i], times[2 * i + 1]));
        }
        DATA.keep(segment);
        return highest / Math.sqrt(powerA * powerB);
    }
}
