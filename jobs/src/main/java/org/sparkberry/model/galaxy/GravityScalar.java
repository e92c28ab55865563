package org.sparkberry.model.galaxy;

/** {@link GravityKernel} one target after the other. */
final class GravityScalar implements GravityKernel {
    @Override
    public void add(double[] targets, double[] sources, boolean same, double softeningSquared, double[] sums) {
        int bodies = targets.length / 4;
        int count = sources.length / 4;
        for (int target = 0; target < bodies; target++) {
            if (same) {
                add(targets, target, sources, 0, target, softeningSquared, sums);
                add(targets, target, sources, target + 1, count, softeningSquared, sums);
            } else {
                add(targets, target, sources, 0, count, softeningSquared, sums);
            }
        }
    }

    /** What the sources from one to before another do to a target. */
    static void add(
            double[] targets, int target, double[] sources, int from, int to, double softeningSquared, double[] sums) {
        int bodies = targets.length / 4;
        int count = sources.length / 4;
        double x = targets[target];
        double y = targets[bodies + target];
        double z = targets[2 * bodies + target];
        double attractionX = sums[target];
        double attractionY = sums[bodies + target];
        double attractionZ = sums[2 * bodies + target];
        double depth = sums[3 * bodies + target];
        for (int source = from; source < to; source++) {
            double dx = sources[source] - x;
            double dy = sources[count + source] - y;
            double dz = sources[2 * count + source] - z;
            double inverse = InverseRoot.of(Math.fma(dx, dx, Math.fma(dy, dy, Math.fma(dz, dz, softeningSquared))));
            double share = sources[3 * count + source] * inverse;
            double pull = inverse * inverse * share;
            attractionX = Math.fma(dx, pull, attractionX);
            attractionY = Math.fma(dy, pull, attractionY);
            attractionZ = Math.fma(dz, pull, attractionZ);
            depth += share;
        }
        sums[target] = attractionX;
        sums[bodies + target] = attractionY;
        sums[2 * bodies + target] = attractionZ;
        sums[3 * bodies + target] = depth;
    }
}
