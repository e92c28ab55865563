package org.sparkberry.dataflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.sparkberry.estimate.Estimator;
import org.sparkberry.model.Model;
import org.sparkberry.model.Work;

/**
 * Has a share of the blocks computed a second time, on another host where there is one, else by another executor, and
 * compares the bits. Where two differ the driver computes the block too; who is alone with his result is excluded, and
 * all that he has done is to be computed again.
 */
final class Audit {
    /** Spark need not run a task where it is wanted: those that it ran where the first one was are tried again. */
    private static final int PASSES = 5;

    private static final int MOST_PASSES = 50;

    private final Backend backend;
    private final AuditSample sample;
    private final Consumer<AuditReport.Wrong> observer;
    private final Set<String> excluded = new HashSet<>();
    private final List<AuditReport.Wrong> wrong = new ArrayList<>();
    private final Map<String, String> known = new HashMap<>();
    private boolean isFirst = true;
    private boolean byHost;
    private long audited;
    private long elsewhere;
    private long blocksAgain;

    /** @param observer is told of everyone who computes wrongly */
    Audit(Backend backend, AuditSample sample, Consumer<AuditReport.Wrong> observer) {
        this.backend = backend;
        this.sample = sample;
        this.observer = observer;
    }

    /** What was done for a block the first time. */
    private record First(String who, long fingerprint) {}

    /** What one task gave. */
    private record Entry<E extends Estimator<E>>(String who, BlockRanges blocks, E estimator) {}

    AuditReport report() {
        return new AuditReport(sample.share(), audited, elsewhere, wrong, blocksAgain);
    }

    /**
     * Computes blocks and enters what can be trusted; what was computed by someone who turned out to compute wrongly is
     * not entered, and what he had done before is taken back.
     *
     * @throws AuditFailed if nobody is left who computes right
     */
    <E extends Estimator<E>> void compute(Model<E> model, Work work, BlockRanges blocks, int tasks, Ledger<E> ledger) {
        if (isFirst) {
            isFirst = false;
            byHost = backend.places().values().stream()
                            .map(Place::host)
                            .distinct()
                            .count()
                    > 1;
        }
        List<Entry<E>> entries = new ArrayList<>();
        Map<Long, First> firsts = new LinkedHashMap<>();
        backend.compute(model, work, blocks, tasks, sample, (done, share) -> {
            String who = who(share.executor());
            if (!excluded.contains(who)) {
                entries.add(new Entry<>(who, done, share.estimator()));
                for (int i = 0; i < share.fingerprints(); i++) {
                    firsts.put(share.block(i), new First(who, share.fingerprint(i)));
                }
            }
        });
        check(model, work, firsts, ledger);
        for (Entry<E> entry : entries) {
            if (excluded.contains(entry.who)) {
                blocksAgain += entry.blocks.count();
            } else {
                ledger.enter(entry.who, model, entry.blocks, entry.estimator);
            }
        }
    }

    private <E extends Estimator<E>> void check(Model<E> model, Work work, Map<Long, First> firsts, Ledger<E> ledger) {
        Map<Long, First> open = new LinkedHashMap<>(firsts);
        for (int pass = 1; !open.isEmpty(); pass++) {
            Map<Long, String> wanted = assign(open);
            Map<Long, Backend.Recomputed> seconds = backend.recompute(model, work, wanted);
            Map<Long, First> again = new LinkedHashMap<>();
            for (Map.Entry<Long, First> entry : open.entrySet()) {
                long block = entry.getKey();
                First first = entry.getValue();
                Backend.Recomputed second = Optional.ofNullable(seconds.get(block))
                        .orElseThrow(() -> new IllegalStateException("block " + block + " was not computed again"));
                String who = who(second.executor());
                boolean isElsewhere = !who.equals(first.who);
                if (excluded.contains(first.who)) {
                    continue;
                }
                if (excluded.contains(who)
                        || (!isElsewhere && !who(wanted.getOrDefault(block, "")).equals(who) && pass < PASSES)) {
                    again.put(block, first);
                    continue;
                }
                audited++;
                if (isElsewhere) {
                    elsewhere++;
                }
                if (second.fingerprint() != first.fingerprint) {
                    judge(model, work, block, first, who, second.fingerprint(), ledger);
                }
            }
            open = again;
            if (pass == MOST_PASSES) {
                throw new AuditFailed("Spark goes on to give tasks to " + String.join(", ", excluded)
                        + ", which computes wrongly; take it out of the cluster");
            }
        }
    }

    /** For each block someone who has not computed it, in turn; where there is nobody else, the same one. */
    private Map<Long, String> assign(Map<Long, First> open) {
        Map<String, List<String>> candidates = new HashMap<>();
        List<String> trusted = trusted();
        if (trusted.isEmpty()) {
            throw new AuditFailed("no executor is left that computes right");
        }
        Map<Long, String> wanted = new LinkedHashMap<>();
        int turn = 0;
        for (Map.Entry<Long, First> entry : open.entrySet()) {
            List<String> others = candidates.computeIfAbsent(entry.getValue().who, who -> trusted.stream()
                    .filter(executor -> !who(executor).equals(who))
                    .toList());
            List<String> from = others.isEmpty() ? trusted : others;
            wanted.put(entry.getKey(), from.get(turn++ % from.size()));
        }
        return wanted;
    }

    /** The executors at work that have not been excluded. */
    private List<String> trusted() {
        return backend.places().keySet().stream()
                .filter(executor -> !excluded.contains(who(executor)))
                .toList();
    }

    /** Two results of a block differ: a third, made here, tells which of them is wrong. */
    private <E extends Estimator<E>> void judge(
            Model<E> model, Work work, long block, First first, String who, long second, Ledger<E> ledger) {
        E alone = model.estimator();
        model.compute(work.block(block), alone);
        long third = AuditSample.fingerprint(alone);
        if (third != first.fingerprint && third != second) {
            throw new AuditFailed("block " + block + " gave three different results: by " + first.who + ", by " + who
                    + " and by the driver; does the model depend on anything but its block?");
        }
        String guilty = third == first.fingerprint ? who : first.who;
        if (excluded.contains(guilty)) {
            return;
        }
        AuditReport.Wrong found = new AuditReport.Wrong(guilty, block);
        wrong.add(found);
        observer.accept(found);
        if (who.equals(first.who)) {
            throw new AuditFailed(guilty + " computed block " + block + " differently at two times, and there is no"
                    + " other host or executor to compute it; check the machine's cooling, power supply and memory");
        }
        excluded.add(guilty);
        blocksAgain += ledger.blocksOf(guilty).count();
        ledger.strike(guilty);
        backend.places().values().stream()
                .filter(place -> who(place).equals(guilty))
                .forEach(backend::exclude);
    }

    /** Whom an executor's results are put down to. */
    private String who(String executor) {
        // An executor that is gone by now is remembered.
        backend.places().values().forEach(place -> known.put(place.executor(), who(place)));
        return known.getOrDefault(executor, "executor " + executor);
    }

    private String who(Place place) {
        return byHost ? "host " + place.host() : place.inWords();
    }
}
