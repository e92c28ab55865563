package org.sparkberry.estimate;

/** The share of trials that were successes: two counts. */
public final class Proportion implements Estimator<Proportion> {
    private static final long serialVersionUID = 1;

    private long successes;
    private long trials;

    /**
     * Adds trials of which some were successes.
     *
     * @throws IllegalArgumentException unless 0 ≤ successes ≤ trials
     */
    public void add(long moreSuccesses, long moreTrials) {
        if (!(moreSuccesses >= 0 && moreSuccesses <= moreTrials)) {
            throw new IllegalArgumentException(moreSuccesses + " successes in " + moreTrials + " trials");
        }
        successes = Math.addExact(successes, moreSuccesses);
        trials = Math.addExact(trials, moreTrials);
    }

    @Override
    public void merge(Proportion other) {
        add(other.successes, other.trials);
    }

    public long successes() {
        return successes;
    }

    public long trials() {
        return trials;
    }

    /**
     * The share p̂ with standard error √(p̂(1−p̂)/n) and the 95 % interval of Wilson (1927, doi:10.2307/2276774), which
     * stays inside [0, 1] and is of positive width even when every trial or none was a success.
     *
     * @throws IllegalStateException if there was no trial
     */
    public Estimate estimate(String name) {
        if (trials == 0) {
            throw new IllegalStateException("no trial: " + name);
        }
        double n = trials;
        double p = successes / n;
        double z2 = Estimate.Z_95 * Estimate.Z_95;
        double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
        double half = Estimate.Z_95 / (1 + z2 / n) * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n));
        // With no success the low end is 0, with no failure the high end 1: exactly, whatever the rounding.
        double low = successes == 0 ? 0 : Math.max(0, centre - half);
        double high = successes == trials ? 1 : Math.min(1, centre + half);
        return new Estimate(name, p, Math.sqrt(p * (1 - p) / n), low, high, 0, null);
    }
}
