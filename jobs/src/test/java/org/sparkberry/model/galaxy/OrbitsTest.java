package org.sparkberry.model.galaxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkberry.random.Streams;

/** Orbits that are known, and what every orbit keeps. */
final class OrbitsTest {
    private static final Path DATA = Path.of(System.getProperty("sparkberry.root"), "datasets/galaxy");

    /** Kepler's ellipse of axis 1 around a common centre of masses 0.6 and 0.4, G = 1: its period is 2π. */
    private static Bodies pair(double eccentricity) {
        double farthest = 1 + eccentricity;
        // Vis-viva at the apocentre: v² = 2/r − 1/a.
        double speed = Math.sqrt(2 / farthest - 1);
        return Run.bodies(
                new double[] {0.6, 0.4 * farthest, 0, 0, 0, 0.4 * speed, 0},
                new double[] {0.4, -0.6 * farthest, 0, 0, 0, -0.6 * speed, 0});
    }

    /** How far the pair's distance vector is from Kepler's after a third of a period in so many steps. */
    private static double error(double eccentricity, long steps) {
        double time = 2 * Math.PI / 3;
        Bodies end = Run.end(new NBody(pair(eccentricity), settings(1, 0, time / steps, steps)));
        // Kepler's equation, from the apocentre: E = π + M − (−e sin …), by Newton.
        double mean = Math.PI + time;
        double anomaly = mean;
        for (int i = 0; i < 50; i++) {
            anomaly -= (anomaly - eccentricity * Math.sin(anomaly) - mean) / (1 - eccentricity * Math.cos(anomaly));
        }
        double x = -(Math.cos(anomaly) - eccentricity);
        double y = -Math.sqrt(1 - eccentricity * eccentricity) * Math.sin(anomaly);
        return Math.hypot(end.x()[0] - end.x()[1] - x, end.y()[0] - end.y()[1] - y);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.7})
    void twoBodiesFollowKeplerWithAnErrorThatFallsAsTheSquareOfTheStep(double eccentricity) {
        double coarse = error(eccentricity, 2_000);
        double fine = error(eccentricity, 4_000);

        assertThat(fine).isLessThan(1e-5);
        // Second order: half of the step, a quarter of the error.
        assertThat(coarse / fine).isCloseTo(4, within(0.05));
    }

    @Test
    void theDriftOfEnergyFallsAsTheSquareOfTheStep() {
        double coarse = largestDrift(new NBody(pair(0.5), settings(1, 0, 0.02, 500)));
        double fine = largestDrift(new NBody(pair(0.5), settings(1, 0, 0.01, 1_000)));

        assertThat(coarse / fine).isCloseTo(4, within(0.2));
    }

    private static double largestDrift(NBody bodies) {
        List<Conserved> moments = Run.states(bodies, new GravityScalar()).stream()
                .map(states -> Conserved.of(states, 1))
                .toList();
        return moments.stream()
                .mapToDouble(moment -> moment.energyDrift(moments.get(0)))
                .max()
                .orElseThrow();
    }

    /** Chenciner and Montgomery 2000: after the period 6.32591398 all three are where they were, moving as they did. */
    @Test
    void theFigureEightComesBack() throws Exception {
        Bodies start = read("figure-eight.csv", 0);
        long steps = 20_000;
        Bodies end = Run.end(new NBody(start, settings(1, 0, 6.32591398 / steps, steps)));

        for (int body = 0; body < 3; body++) {
            // The step's error, and the eight digits of the start.
            assertThat(end.x()[body]).isCloseTo(start.x()[body], within(2e-6));
            assertThat(end.y()[body]).isCloseTo(start.y()[body], within(2e-6));
            assertThat(end.vx()[body]).isCloseTo(start.vx()[body], within(2e-6));
            assertThat(end.vy()[body]).isCloseTo(start.vy()[body], within(2e-6));
        }
        // Half of a period ago the first two were in each other's places: it did move.
        Bodies half = Run.end(new NBody(start, settings(1, 0, 6.32591398 / steps, steps / 2)));
        assertThat(Math.abs(half.x()[0] - start.x()[0])).isGreaterThan(1);
    }

    /**
     * Sidereal periods in days from NASA's planetary fact sheets. The inner planets are held to the few thousandths that
     * one revolution differs from the mean, the outer ones to a hundredth: elements of a date are not those of the mean.
     */
    @Test
    void thePlanetsTakeTheirPublishedPeriods() throws Exception {
        double[] days = {87.969, 224.701, 365.256, 686.980, 4332.589, 10759.22, 30685.4, 60189};
        double[] inner = periods(0.0005, 2);
        double[] outer = periods(0.01, 170);

        for (int planet = 0; planet < 8; planet++) {
            double years = planet < 4 ? inner[planet] : outer[planet];
            // The Gaussian year, in which the Earth's massless twin goes round: 2π/0.01720209895 days.
            double ratio = years * 2 * Math.PI / 0.01720209895 / days[planet];
            assertThat(ratio).as("planet " + (planet + 1)).isCloseTo(1, within(planet < 4 ? 1e-3 : 1e-2));
        }
    }

    /** When each planet has gone around the Sun once; NaN if it has not. */
    private static double[] periods(double dt, double years) throws Exception {
        List<List<double[]>> course = Run.states(
                new NBody(read("solar-system.csv", 1), settings(4 * Math.PI * Math.PI, 0, dt, Math.round(years / dt))),
                new GravityScalar());
        double[] periods = new double[8];
        Arrays.fill(periods, Double.NaN);
        for (int planet = 1; planet <= 8; planet++) {
            double gone = 0;
            double before = angle(course.get(0).get(0), planet);
            for (int step = 1; step < course.size() && Double.isNaN(periods[planet - 1]); step++) {
                double angle = angle(course.get(step).get(0), planet);
                double turn = Math.IEEEremainder(angle - before, 2 * Math.PI);
                if (gone + turn >= 2 * Math.PI) {
                    periods[planet - 1] = (step - 1 + (2 * Math.PI - gone) / turn) * dt;
                }
                gone += turn;
                before = angle;
            }
        }
        return periods;
    }

    private static double angle(double[] state, int planet) {
        return Math.atan2(state[9 + planet] - state[9], state[planet] - state[0]);
    }

    /** Without rounding all would be where it was, to the bit. */
    @Test
    void backwardsInTimeItComesBackToTheStart() {
        Bodies start = PlummerSphere.bodies(100, new Streams(3, "galaxy"));
        NBody.Settings settings = settings(1, 0.05, 0.01, 200);
        Bodies end = Run.end(new NBody(start, settings));
        for (double[] velocities : List.of(end.vx(), end.vy(), end.vz())) {
            Arrays.setAll(velocities, i -> -velocities[i]);
        }
        Bodies back = Run.end(new NBody(end, settings));

        for (int i = 0; i < start.count(); i++) {
            assertThat(back.x()[i]).isCloseTo(start.x()[i], within(1e-11));
            assertThat(back.vx()[i]).isCloseTo(-start.vx()[i], within(1e-11));
        }
        assertThat(end.x()[0]).isNotCloseTo(start.x()[0], within(1e-2));
    }

    @Test
    void momentumAndAngularMomentumStayWithinRounding() {
        NBody bodies =
                new NBody(DiskEncounter.bodies(150, 0.15, new Streams(3, "galaxy")), settings(1, 0.15, 0.01, 200));
        List<Conserved> moments = Run.states(bodies, new GravityScalar()).stream()
                .map(states -> Conserved.of(states, 1))
                .toList();

        for (Conserved moment : moments) {
            // 200 steps of sums of 150 numbers, each within 2⁻⁵³ of the sum: some 10⁻¹⁵ as they add up at random.
            assertThat(moment.momentumDrift(moments.get(0))).isLessThan(1e-13);
            assertThat(moment.angularMomentumDrift(moments.get(0))).isLessThan(1e-13);
        }
    }

    private static NBody.Settings settings(double gravity, double softening, double dt, long steps) {
        return new NBody.Settings(gravity, softening, dt, steps, 1, 0);
    }

    private static Bodies read(String file, int names) throws Exception {
        return Run.bodies(Files.readAllLines(DATA.resolve(file)).stream()
                .skip(1)
                .map(line -> Arrays.stream(line.split(",", -1))
                        .skip(names)
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new));
    }
}
