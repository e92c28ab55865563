package org.sparkberry.model.galaxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.AbstractRealDistribution;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.sparkberry.model.Observation;
import org.sparkberry.random.Streams;

/** How bodies begin, and that a cluster stays as it is. All seeds are fixed. */
final class StartsTest {
    private static final AbstractRealDistribution UNIFORM = new UniformRealDistribution(0, 1);

    /** Plummer 1911: the mass within r is r³/(r² + a²)^(3/2), with a = 3π/16. False alarm: 10⁻⁴. */
    @Test
    void thePlummerSpheresMassGrowsOutwardsAsPlummersLaw() {
        Bodies bodies = PlummerSphere.bodies(5_000, new Streams(1, "galaxy"));

        assertThat(likeness(bodies, 3 * Math.PI / 16)).isGreaterThan(1e-4);
        // Worth something: a sphere 10 % larger would be seen.
        assertThat(likeness(bodies, 3 * Math.PI / 16 / 1.1)).isLessThan(1e-4);
    }

    private static double likeness(Bodies bodies, double a) {
        double[] shares = new double[bodies.count()];
        for (int i = 0; i < shares.length; i++) {
            double squared = squared(bodies.x()[i], bodies.y()[i], bodies.z()[i]);
            shares[i] = Math.pow(squared / (squared + a * a), 1.5) / 0.999;
        }
        return new KolmogorovSmirnovTest().kolmogorovSmirnovTest(UNIFORM, shares);
    }

    /** Aarseth, Hénon and Wielen 1974: kinetic energy 1/4, potential −1/2. */
    @Test
    void thePlummerSphereHasTheEnergiesOfItsUnits() {
        int count = 2_000;
        NBody bodies = new NBody(PlummerSphere.bodies(count, new Streams(1, "galaxy")), settings(0, 1, 1));
        Conserved start = Conserved.of(Run.states(bodies, new GravitySimd()).get(0), 1);

        // v² scatters by 0.9 of its mean, and half of the depth of the potential, seen from a body, by less: 4 of
        // these.
        double share = 4 * 0.9 / Math.sqrt(count);
        assertThat(start.kinetic()).isCloseTo(0.25, within(0.25 * share));
        assertThat(start.potential()).isCloseTo(-0.5, within(0.5 * share));
        assertThat(start.momentum()).containsExactly(new double[3], within(1e-15));
    }

    /** Of bodies that were not in equilibrium the ratio would swing by tens of per cents. */
    @Test
    void thePlummerSphereStaysInVirialEquilibrium() {
        int count = 500;
        NBody bodies = new NBody(PlummerSphere.bodies(count, new Streams(1, "galaxy")), settings(0.02, 0.02, 400));
        List<Conserved> moments = Run.states(bodies, new GravityScalar()).stream()
                .map(states -> Conserved.of(states, 1))
                .toList();

        // The ratio of a sample scatters by about 1/√N; over eight units of time, three crossings, it does no more.
        for (Conserved moment : moments) {
            assertThat(moment.virialRatio()).isCloseTo(1, within(4 / Math.sqrt(count)));
        }
        assertThat(moments.get(400).energyDrift(moments.get(0))).isLessThan(2e-3);
    }

    /** Each galaxy's centre of mass on a parabola: ½v² = GM/r with M = 2, and the pericentre at h²/(2GM) = 1.2. */
    @Test
    void theGalaxiesMeetOnAParabola() {
        Bodies bodies = DiskEncounter.bodies(1_000, 0.15, new Streams(1, "galaxy"));
        double[] first = centre(bodies, 1);
        double[] second = centre(bodies, 2);
        double[] apart = new double[6];
        Arrays.setAll(apart, i -> second[i] - first[i]);
        double distance = Math.sqrt(squared(apart[0], apart[1], apart[2]));
        double spin = apart[0] * apart[4] - apart[1] * apart[3];

        assertThat(0.5 * squared(apart[3], apart[4], apart[5])).isCloseTo(2 / distance, within(1e-12));
        assertThat(spin * spin / 4).isCloseTo(1.2, within(1e-12));
        // They approach.
        assertThat(apart[0] * apart[3] + apart[1] * apart[4]).isNegative();
    }

    /** The mass of an exponential disk within R goes as 1 − (1 + R/h)e^(−R/h): half of that from 0.2 to 1 is within 0.55. */
    @Test
    void theDiskIsExponential() {
        assertThat(DiskEncounter.radius(0)).isCloseTo(0.2, within(1e-12));
        assertThat(DiskEncounter.radius(1)).isCloseTo(1, within(1e-12));
        // h = 0.4: (1.5)e^−0.5 = 0.909796, (3.5)e^−2.5 = 0.287297, their mean 0.598547; (2.3695)e^−1.3695 is 0.6024.
        double radius = DiskEncounter.radius(0.5);
        assertThat((1 + radius / 0.4) * Math.exp(-radius / 0.4)).isCloseTo((0.909796 + 0.287297) / 2, within(1e-6));
    }

    @Test
    void theSeedAndABodysNumberDecideWhereItIs() {
        Bodies one = PlummerSphere.bodies(10, new Streams(1, "galaxy"));
        Bodies more = PlummerSphere.bodies(20, new Streams(1, "galaxy"));
        Bodies other = PlummerSphere.bodies(10, new Streams(2, "galaxy"));

        // But for the centre of mass.
        assertThat(more.x()[3] - more.x()[2]).isCloseTo(one.x()[3] - one.x()[2], within(1e-14));
        assertThat(other.x()[3] - other.x()[2]).isNotCloseTo(one.x()[3] - one.x()[2], within(1e-3));
    }

    @Test
    void everyBodyIsCountedInTheCellThatItIsIn() {
        // 95 % of four bodies are four: the farthest is at 1, the window 5 wide, a cell 5/96.
        NBody bodies = new NBody(
                Run.bodies(
                        new double[] {1, 1, 0.01, 0, 0, 0, 0},
                        new double[] {1, -1, 0.01, 0, 0, 0, 0},
                        new double[] {1, 1, 0.01, 5, 0, 0, 0},
                        new double[] {1, -1, -0.03, 0, 0, 0, 0}),
                settings(1, 1e-9, 30));
        assertThat(bodies.grid().side()).isEqualTo(5.0 / 96);
        List<Observation> frames = Run.course(bodies, new GravityScalar()).series(NBody.DENSITY);

        assertThat(frames).hasSize(12);
        double[] counts = frames.get(0).numbers();
        // x = ±1 is 19.2 cells from the middle, column 48 begins there; rows 48 and 47 are above and below of it.
        assertThat(counts[48 * 96 + 67]).isEqualTo(2);
        assertThat(counts[48 * 96 + 28]).isEqualTo(1);
        assertThat(counts[47 * 96 + 28]).isEqualTo(1);
        assertThat(Arrays.stream(counts).sum()).isEqualTo(4);
    }

    private static double[] centre(Bodies bodies, int galaxy) {
        double[][] columns = {bodies.x(), bodies.y(), bodies.z(), bodies.vx(), bodies.vy(), bodies.vz()};
        double[] centre = new double[6];
        double mass = 0;
        for (int i = 0; i < bodies.count(); i++) {
            if (bodies.galaxy()[i] == galaxy) {
                mass += bodies.mass()[i];
                for (int column = 0; column < 6; column++) {
                    centre[column] += bodies.mass()[i] * columns[column][i];
                }
            }
        }
        double total = mass;
        Arrays.setAll(centre, i -> centre[i] / total);
        return centre;
    }

    private static double squared(double x, double y, double z) {
        return x * x + y * y + z * z;
    }

    private static NBody.Settings settings(double softening, double dt, long steps) {
        return new NBody.Settings(1, softening, dt, steps, 1, 0);
    }
}
