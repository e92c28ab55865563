package org.sparkberry.model;

import java.io.Serializable;

/**
 * Numbers that were taken from a simulation's state.
 *
 * @param series what kind of numbers they are, such as {@code energy}
 * @param step after which step
 * @param numbers their meaning is the series'
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Observation(String series, long step, double[] numbers) implements Serializable {}
