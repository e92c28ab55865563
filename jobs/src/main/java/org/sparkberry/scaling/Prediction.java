package org.sparkberry.scaling;

/**
 * What the laws say of so many executors, measured or not. Beyond what was measured the intervals allow for a law that
 * is wrong by 10 % of the time for each doubling.
 *
 * @param n how many
 * @param seconds T(n), its 95 % interval that of the mean over many runs
 * @param speedup T(1)/T(n); for weak scaling n·T(1)/T(n)
 * @param efficiency speedup/n
 * @param beyond whether n is more than any that was measured
 */
public record Prediction(int n, Interval seconds, Interval speedup, Interval efficiency, boolean beyond) {}
