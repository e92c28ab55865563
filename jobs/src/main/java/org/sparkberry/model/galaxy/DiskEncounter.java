package org.sparkberry.model.galaxy;

import org.sparkberry.random.Gaussian;
import org.sparkberry.random.RandomStream;
import org.sparkberry.random.Streams;

/**
 * Two disk galaxies that pass each other on a parabola, and draw out tails and a bridge: Toomre and Toomre 1972,
 * doi:10.1086/151823. Each galaxy has mass 1 and radius 1, G is 1, and the orbital period at the disk's edge is 2π. Nine
 * tenths of the mass are its first body, in the centre; the others are a thin exponential disk whose bodies attract each
 * other too. The pericentre is at 1.2 radii. Both disks turn the way in which they pass, tilted by 15° and 60°. The
 * centre of mass of all rests at the origin. The seed and a body's number determine where it is in its disk, but for the
 * disk's centre of mass.
 */
public final class DiskEncounter {
    private static final double CENTRE_MASS = 0.9;
    /** Of the exponential disk, in radii; it has a hole, where steps would have to be shorter. */
    private static final double SCALE_LENGTH = 0.4;

    private static final double INNERMOST = 0.2;
    private static final double THICKNESS = 0.02;
    /** The disk's random velocities, as a share of that of rotation. */
    private static final double WARMTH = 0.04;

    private static final double PERICENTRE = 1.2;
    private static final double FIRST_DISTANCE = 4;
    private static final double[] TILT_DEGREES = {15, 60};

    private DiskEncounter() {}

    /**
     * The bodies of both galaxies, the first one's first.
     *
     * @param count of both galaxies together, at least 4
     * @param softening ε, which slows the rotation near the centre
     */
    public static Bodies bodies(int count, double softening, Streams streams) {
        Bodies bodies = Bodies.blank(count);
        int second = (count + 1) / 2;
        galaxy(bodies, 0, second, 1, softening, streams);
        galaxy(bodies, second, count, 2, softening, streams);
        // On a parabola r = q(1 + D²), D = tan(ν/2), and dD/dt = √(GM/2q³)/(1 + D²); M = 2.
        double d = -Math.sqrt(FIRST_DISTANCE / PERICENTRE - 1);
        double rate = 1 / (PERICENTRE * Math.sqrt(PERICENTRE)) / (1 + d * d);
        double[] place = {0.5 * PERICENTRE * (1 - d * d), PERICENTRE * d, 0};
        double[] velocity = {-PERICENTRE * d * rate, PERICENTRE * rate, 0};
        bodies.move(0, second, place, velocity);
        bodies.move(second, count, opposite(place), opposite(velocity));
        return bodies;
    }

    private static double[] opposite(double[] vector) {
        return new double[] {-vector[0], -vector[1], -vector[2]};
    }

    private static void galaxy(Bodies bodies, int from, int to, int number, double softening, Streams streams) {
        double tilt = TILT_DEGREES[number - 1] * Math.PI / 180;
        double cos = StrictMath.cos(tilt);
        double sin = StrictMath.sin(tilt);
        double diskMass = 1 - CENTRE_MASS;
        bodies.galaxy()[from] = number;
        bodies.mass()[from] = CENTRE_MASS;
        for (int i = from + 1; i < to; i++) {
            RandomStream random = streams.stream(i);
            double share = random.nextDouble();
            double radius = radius(share);
            double angle = 2 * Math.PI * random.nextDouble();
            double height = THICKNESS * normal(random);
            // Around the centre, and the disk within as if it were there too.
            double squared = radius * radius + softening * softening;
            double rotation = radius * Math.sqrt((CENTRE_MASS + diskMass * share) / (squared * Math.sqrt(squared)));
            double outwards = WARMTH * rotation * normal(random);
            double along = rotation * (1 + WARMTH * normal(random));
            double x = radius * StrictMath.cos(angle);
            double y = radius * StrictMath.sin(angle);
            double vx = (outwards * x - along * y) / radius;
            double vy = (outwards * y + along * x) / radius;
            bodies.galaxy()[i] = number;
            bodies.mass()[i] = diskMass / (to - from - 1);
            // Tilted about the x axis.
            bodies.x()[i] = x;
            bodies.y()[i] = y * cos - height * sin;
            bodies.z()[i] = y * sin + height * cos;
            bodies.vx()[i] = vx;
            bodies.vy()[i] = vy * cos;
            bodies.vz()[i] = vy * sin;
        }
    }

    /** The radius within which this share of the disk's mass is: ∫ R e^(−R/h) dR from the hole to the edge, inverted. */
    static double radius(double share) {
        double inner = within(INNERMOST);
        double wanted = inner + share * (within(1) - inner);
        double low = INNERMOST;
        double high = 1;
        for (int halving = 0; halving < 52; halving++) {
            double middle = 0.5 * (low + high);
            if (within(middle) < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double within(double radius) {
        double scaled = radius / SCALE_LENGTH;
        return 1 - (1 + scaled) * StrictMath.exp(-scaled);
    }

    private static double normal(RandomStream random) {
        return Gaussian.quantile(Gaussian.centred(random.nextLong()));
    }
}
