package org.sparkberry.model.galaxy;

import java.util.List;

/**
 * What the bodies' motion leaves as it is, but for the error of the computation, and the two energies whose sum that is.
 * All sums run over the bodies in their order.
 *
 * @param kinetic ½ Σ m v²
 * @param potential −½ G ΣΣ mᵢmⱼ/√(r² + ε²)
 * @param momentum Σ m v, its x, y and z
 * @param angularMomentum Σ m r × v about the origin, its x, y and z
 * @param speedScale Σ m |v|: what the momentum would be if all bodies went the same way
 * @param spinScale Σ m |r × v|: the same of the angular momentum
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Conserved(
        double kinetic,
        double potential,
        double[] momentum,
        double[] angularMomentum,
        double speedScale,
        double spinScale) {

    /** Of all bodies in a state. */
    static Conserved of(List<double[]> states, double gravity) {
        double kinetic = 0;
        double depth = 0;
        double[] momentum = new double[3];
        double[] angular = new double[3];
        double speedScale = 0;
        double spinScale = 0;
        for (double[] state : states) {
            int count = BlockState.bodies(state);
            for (int i = 0; i < count; i++) {
                double mass = state[BlockState.MASS * count + i];
                double x = state[i];
                double y = state[count + i];
                double z = state[2 * count + i];
                double vx = state[BlockState.VX * count + i];
                double vy = state[(BlockState.VX + 1) * count + i];
                double vz = state[(BlockState.VX + 2) * count + i];
                double spinX = y * vz - z * vy;
                double spinY = z * vx - x * vz;
                double spinZ = x * vy - y * vx;
                double speedSquared = vx * vx + vy * vy + vz * vz;
                kinetic += mass * speedSquared;
                depth += mass * state[BlockState.DEPTH * count + i];
                momentum[0] += mass * vx;
                momentum[1] += mass * vy;
                momentum[2] += mass * vz;
                angular[0] += mass * spinX;
                angular[1] += mass * spinY;
                angular[2] += mass * spinZ;
                speedScale += mass * Math.sqrt(speedSquared);
                spinScale += mass * Math.sqrt(spinX * spinX + spinY * spinY + spinZ * spinZ);
            }
        }
        return new Conserved(0.5 * kinetic, -0.5 * gravity * depth, momentum, angular, speedScale, spinScale);
    }

    /** From what {@link #numbers} gave. */
    public static Conserved of(double[] numbers) {
        return new Conserved(
                numbers[0],
                numbers[1],
                new double[] {numbers[2], numbers[3], numbers[4]},
                new double[] {numbers[5], numbers[6], numbers[7]},
                numbers[8],
                numbers[9]);
    }

    double[] numbers() {
        return new double[] {
            kinetic,
            potential,
            momentum[0],
            momentum[1],
            momentum[2],
            angularMomentum[0],
            angularMomentum[1],
            angularMomentum[2],
            speedScale,
            spinScale
        };
    }

    /** Kinetic and potential. */
    public double energy() {
        return kinetic + potential;
    }

    /** −2T/U: 1 for bodies in equilibrium, in the mean over time (but for what softening changes). */
    public double virialRatio() {
        return -2 * kinetic / potential;
    }

    /** |E − E₀|/|E₀|, by the kinetic energy at the start where E₀ is 0. */
    public double energyDrift(Conserved start) {
        double scale = start.energy() == 0 ? start.kinetic : Math.abs(start.energy());
        return share(Math.abs(energy() - start.energy()), scale);
    }

    /** |P − P₀| as a share of the larger of both moments' Σ m |v|. */
    public double momentumDrift(Conserved start) {
        return share(distance(momentum, start.momentum), Math.max(speedScale, start.speedScale));
    }

    /** |L − L₀| as a share of the larger of both moments' Σ m |r × v|. */
    public double angularMomentumDrift(Conserved start) {
        return share(distance(angularMomentum, start.angularMomentum), Math.max(spinScale, start.spinScale));
    }

    /** Whether all numbers are: else two bodies came too close for the step. */
    public boolean isFinite() {
        double sum = 0;
        for (double number : numbers()) {
            sum += 0 * number;
        }
        return sum == 0;
    }

    private static double share(double part, double whole) {
        return part == 0 ? 0 : part / whole;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int axis = 0; axis < a.length; axis++) {
            sum += (a[axis] - b[axis]) * (a[axis] - b[axis]);
        }
        return Math.sqrt(sum);
    }
}
