package org.sparkberry.model;

import java.util.List;

/**
 * What a simulation gave.
 *
 * @param observations of all steps, in their order
 * @param states of all blocks after the last step, in their order
 */
public record Course(List<Observation> observations, List<double[]> states) {
    public Course {
        observations = List.copyOf(observations);
        states = List.copyOf(states);
    }

    /** The observations of one series. */
    public List<Observation> series(String name) {
        return observations.stream()
                .filter(observation -> observation.series().equals(name))
                .toList();
    }
}
