package org.sparkberry.dataflow;

/**
 * A complete round of a run.
 *
 * @param trials how many the result rests on after it, those of earlier rounds too
 * @param value of the estimate whose precision is asked for
 * @param standardError its standard error; NaN if it is not known
 */
public record Round(long trials, double value, double standardError) {}
