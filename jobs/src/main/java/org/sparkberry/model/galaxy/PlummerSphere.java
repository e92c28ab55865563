package org.sparkberry.model.galaxy;

import org.sparkberry.random.RandomStream;
import org.sparkberry.random.Streams;

/**
 * A globular cluster: Plummer's sphere, which stays as it is, by the recipe of Aarseth, Hénon and Wielen 1974 (Astronomy
 * and Astrophysics 37, 183), in their units: G = 1, all masses together 1, energy −1/4 in the mean over seeds. Bodies have
 * the same mass; their centre of mass rests at the origin. The seed and a body's number determine where it is, but for
 * that centre.
 */
public final class PlummerSphere {
    /** The scale length a for an energy of −3π/(64 a) = −1/4. */
    static final double SCALE = 3 * Math.PI / 16;

    /** The sphere has no end; the outermost 0.1 % of its mass, from 38.7 a on, is left out. */
    static final double MASS_SHARE = 0.999;

    /** The largest value of q²(1 − q²)^(7/2), at q² = 2/9, is 0.0922. */
    private static final double LARGEST = 0.1;

    private PlummerSphere() {}

    /** So many bodies, from 1 on. */
    public static Bodies bodies(int count, Streams streams) {
        Bodies bodies = Bodies.blank(count);
        for (int i = 0; i < count; i++) {
            RandomStream random = streams.stream(i);
            double share = MASS_SHARE * (1 - random.nextDouble());
            double radius = 1 / Math.sqrt(StrictMath.pow(share, -2.0 / 3) - 1);
            double[] place = direction(random);
            double escape = Math.sqrt(2) / Math.sqrt(Math.sqrt(1 + radius * radius));
            double speed = escape * speedShare(random) / Math.sqrt(SCALE);
            double[] velocity = direction(random);
            bodies.mass()[i] = 1.0 / count;
            bodies.x()[i] = SCALE * radius * place[0];
            bodies.y()[i] = SCALE * radius * place[1];
            bodies.z()[i] = SCALE * radius * place[2];
            bodies.vx()[i] = speed * velocity[0];
            bodies.vy()[i] = speed * velocity[1];
            bodies.vz()[i] = speed * velocity[2];
        }
        bodies.move(0, count, new double[3], new double[3]);
        return bodies;
    }

    /** The speed as a share q of that of escape, with density q²(1 − q²)^(7/2), by von Neumann's rejection. */
    private static double speedShare(RandomStream random) {
        while (true) {
            double q = random.nextDouble();
            double rest = 1 - q * q;
            if (LARGEST * random.nextDouble() < q * q * rest * rest * rest * Math.sqrt(rest)) {
                return q;
            }
        }
    }

    /** Uniform on the unit sphere. */
    private static double[] direction(RandomStream random) {
        double z = 2 * random.nextDouble() - 1;
        double angle = 2 * Math.PI * random.nextDouble();
        double across = Math.sqrt(1 - z * z);
        return new double[] {across * StrictMath.cos(angle), across * StrictMath.sin(angle), z};
    }
}
