package org.sparkberry.dataflow;

import java.util.List;
import java.util.Optional;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Result;

/**
 * How small a standard error has to be.
 *
 * @param error the standard error, in the unit of the estimate or, if relative, as a share of its value
 * @param isRelative whether it is a share of the value
 * @param target the name of the estimate that it is asked of; the result's first if empty
 */
public record Precision(double error, boolean isRelative, Optional<String> target) {
    /** Small against every job that takes long, large enough for a first standard error. */
    static final long FIRST_BLOCKS = 64;

    /** A standard error is itself uncertain: aim a little beyond what it says is needed. */
    private static final double MARGIN = 1.02;

    /** An early standard error may be far off: the next round makes it better before all depends on it. */
    private static final long MOST_GROWTH = 8;

    /** The estimate that the precision is asked of; empty if the result has none of that name. */
    public Optional<Estimate> estimate(Result result) {
        List<Estimate> estimates = result.estimates();
        return target.isEmpty()
                ? estimates.stream().findFirst()
                : estimates.stream()
                        .filter(estimate -> estimate.name().equals(target.get()))
                        .findFirst();
    }

    /** The standard error that is wanted of this estimate, in its unit. */
    double wanted(Estimate estimate) {
        return isRelative ? error * Math.abs(estimate.value()) : error;
    }

    /** Whether the estimate is precise enough. */
    boolean isReached(Estimate estimate) {
        return estimate.standardError() <= wanted(estimate);
    }

    /**
     * How many times the trials it takes in all, by the law of the standard error, 1/√n. NaN if it is not known;
     * infinite if the wanted error is 0.
     */
    double factor(Estimate estimate) {
        double ratio = estimate.standardError() / wanted(estimate);
        return ratio * ratio * MARGIN;
    }

    /** How many blocks there should be in all after the next round, from the result of the rounds so far alone. */
    long nextBlocks(Estimate estimate, long blocks) {
        double factor = factor(estimate);
        double growth = factor < MOST_GROWTH ? Math.max(1, factor) : MOST_GROWTH;
        return Math.max(blocks + 1, (long) Math.ceil(blocks * growth));
    }
}
