package org.sparkberry.model.galaxy;

/** Adds up what bodies do to each other. A group of bodies is an array of all x, then all y, all z, all masses. */
interface GravityKernel {
    /**
     * Adds, for every target i, over the sources j in their order and with r² = |rⱼ − rᵢ|² + ε²,
     * the attraction mⱼ(rⱼ − rᵢ)/r³ and the depth of the potential mⱼ/r, both for a constant of gravity of 1. Every
     * target's sums are made of the same operations in the same order however the bodies are grouped.
     *
     * @param targets a group of n bodies; their masses do not matter
     * @param sources a group of bodies
     * @param same whether the targets are the sources: a body does not act on itself
     * @param softeningSquared ε², 0 or above
     * @param sums 4·n numbers, which it adds to: of all targets the attraction's x, then y, z, then the depth
     */
    void add(double[] targets, double[] sources, boolean same, double softeningSquared, double[] sums);
}
