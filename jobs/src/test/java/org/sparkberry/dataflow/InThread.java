package org.sparkberry.dataflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkberry.estimate.Estimator;
import org.sparkberry.model.Course;
import org.sparkberry.model.Model;
import org.sparkberry.model.Simulation;
import org.sparkberry.model.Work;

/** Executors that are none: their tasks run in the calling thread, in an order that is not the blocks'. */
final class InThread implements Backend {
    private static String current = "";

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<String> excluded = new ArrayList<>();
    private boolean ignoresWishes;
    private long computed;

    /** Executors of these hosts, one each. */
    InThread(String... hosts) {
        for (String host : hosts) {
            String executor = Integer.toString(places.size());
            places.put(executor, new Place(host, executor));
        }
    }

    /** The executor at work now, for a model that computes wrongly on one. */
    static String current() {
        return current;
    }

    /** Blocks are computed again where it happens, not where it is wanted. */
    InThread ignoringWishes() {
        ignoresWishes = true;
        return this;
    }

    List<String> excluded() {
        return excluded;
    }

    /** How many blocks were computed, again or not. */
    long computed() {
        return computed;
    }

    @Override
    public <E extends Estimator<E>> E estimate(Model<E> model, Work work) {
        return new SingleThread().estimate(model, work);
    }

    @Override
    public Course simulate(Simulation simulation) {
        return new SingleThread().simulate(simulation);
    }

    @Override
    public Steps.Stepper stepper(Simulation simulation, int tasks) {
        return SingleThread.stepper(simulation);
    }

    @Override
    public <E extends Estimator<E>> void compute(
            Model<E> model, Work work, BlockRanges blocks, int atMost, AuditSample sample, Sink<E> sink) {
        int tasks = (int) Math.min(atMost, blocks.count());
        List<String> executors = List.copyOf(places.keySet());
        for (int i = tasks - 1; i >= 0; i--) {
            BlockRanges part = new TaskRanges(blocks, tasks, 1).of(i);
            E estimator = model.estimator();
            List<Long> sampled = new ArrayList<>();
            List<Long> fingerprints = new ArrayList<>();
            current = executors.get(i % executors.size());
            part.forEach(number -> {
                E alone = compute(model, work, number);
                if (sample.holds(number)) {
                    sampled.add(number);
                    fingerprints.add(AuditSample.fingerprint(alone));
                }
                estimator.merge(alone);
            });
            String executor = current;
            current = "";
            sink.take(part, new Share<>(estimator, executor, longs(sampled), longs(fingerprints)));
        }
    }

    @Override
    public <E extends Estimator<E>> Map<Long, Recomputed> recompute(
            Model<E> model, Work work, Map<Long, String> wanted) {
        Map<Long, Recomputed> recomputed = new HashMap<>();
        List<String> executors = List.copyOf(places.keySet());
        wanted.forEach((block, executor) -> {
            current = ignoresWishes ? executors.get((int) (computed % executors.size())) : executor;
            String actual = current;
            recomputed.put(block, new Recomputed(actual, AuditSample.fingerprint(compute(model, work, block))));
            current = "";
        });
        return recomputed;
    }

    private <E extends Estimator<E>> E compute(Model<E> model, Work work, long block) {
        E alone = model.estimator();
        model.compute(work.block(block), alone);
        computed++;
        return alone;
    }

    @Override
    public Map<String, Place> places() {
        return Map.copyOf(places);
    }

    @Override
    public void exclude(Place place) {
        excluded.add(place.executor());
        places.remove(place.executor());
    }

    @Override
    public int cores() {
        return Math.max(1, places.size());
    }

    private static long[] longs(List<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }
}
