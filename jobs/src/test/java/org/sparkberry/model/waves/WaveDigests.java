package org.sparkberry.model.waves;

import java.util.List;
import java.util.Map;
import org.sparkberry.estimate.Estimator;
import org.sparkberry.model.Model;
import org.sparkberry.model.Work;
import org.sparkberry.random.Gaussian;
import org.sparkberry.random.RandomStream;
import org.sparkberry.random.Streams;

/** The bits of a search through noise, in which chance makes the loudest candidate. */
public final class WaveDigests {
    private static final Streams STREAMS = new Streams(7, "digests");

    private WaveDigests() {}

    public static Map<String, String> all() {
        StrainData data = new StrainData(List.of(noise("H1", 0), noise("L1", 1)), 20);
        Search search = new Search(data, new TemplateBank(data, 20, 40).grid(10), 3);
        Coincidences found = computed(search, search.estimator(), search.trials());
        SearchReport report = new SearchReport(
                search, found, refinement -> computed(refinement, refinement.estimator(), refinement.trials()));
        return Map.of("gravitational-waves", report.result().digest());
    }

    static <E extends Estimator<E>> E computed(Model<E> model, E estimator, long trials) {
        Work work = new Work(STREAMS, trials, 2);
        for (long block = 0; block < work.blocks(); block++) {
            model.compute(work.block(block), estimator);
        }
        return estimator;
    }

    private static Strain noise(String detector, int block) {
        RandomStream random = STREAMS.stream(block);
        float[] samples = new float[8 * Strain.HERTZ];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (1e-21 * Gaussian.quantile(Gaussian.centred(random.nextLong())));
        }
        return new Strain(detector, 1_000_000_000, samples);
    }
}
