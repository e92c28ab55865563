package org.sparkberry.dataflow;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sparkberry.estimate.Estimator;
import org.sparkberry.model.Model;

/**
 * Which blocks are done and what they gave, apart for each of those who computed them: what one of them did can be taken
 * back when it turns out to compute wrongly.
 *
 * @param <E> the job's estimator
 */
final class Ledger<E extends Estimator<E>> implements Serializable {
    private static final long serialVersionUID = 1;

    private final Map<String, Account<E>> accounts = new LinkedHashMap<>();

    private static final class Account<E extends Estimator<E>> implements Serializable {
        private static final long serialVersionUID = 1;

        private final E estimator;
        private BlockRanges blocks = BlockRanges.NONE;

        Account(E empty) {
            estimator = empty;
        }
    }

    /** Enters what someone has computed. */
    void enter(String who, Model<E> model, BlockRanges blocks, E estimator) {
        Account<E> account = accounts.computeIfAbsent(who, any -> new Account<>(model.estimator()));
        account.blocks = account.blocks.plus(blocks);
        account.estimator.merge(estimator);
    }

    /** Takes back all that someone has computed. */
    void strike(String who) {
        accounts.remove(who);
    }

    /** What this one has computed. */
    BlockRanges blocksOf(String who) {
        Account<E> account = accounts.get(who);
        return account == null ? BlockRanges.NONE : account.blocks;
    }

    /** What all together have computed. */
    BlockRanges blocks() {
        BlockRanges all = BlockRanges.NONE;
        for (Account<E> account : accounts.values()) {
            all = all.plus(account.blocks);
        }
        return all;
    }

    /** All that was gathered, in one estimator of its own. */
    E merged(Model<E> model) {
        E merged = model.estimator();
        accounts.values().forEach(account -> merged.merge(account.estimator));
        return merged;
    }
}
