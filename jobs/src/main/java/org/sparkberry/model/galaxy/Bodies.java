package org.sparkberry.model.galaxy;

import java.io.Serializable;

/**
 * Bodies at one moment. Every array has one number for each body, in the same order.
 *
 * @param galaxy to which galaxy a body belongs, from 1; 0 where that has no meaning
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; nobody writes to the arrays.
public record Bodies(
        int[] galaxy, double[] mass, double[] x, double[] y, double[] z, double[] vx, double[] vy, double[] vz)
        implements Serializable {

    /** So many bodies, all numbers 0, for a start to fill. */
    static Bodies blank(int count) {
        return new Bodies(
                new int[count],
                new double[count],
                new double[count],
                new double[count],
                new double[count],
                new double[count],
                new double[count],
                new double[count]);
    }

    public int count() {
        return mass.length;
    }

    /** Brings the centre of mass of some bodies to a place and a velocity, each three numbers. */
    void move(int from, int to, double[] place, double[] velocity) {
        double[][] coordinates = {x, y, z, vx, vy, vz};
        for (int axis = 0; axis < coordinates.length; axis++) {
            double wanted = axis < 3 ? place[axis] : velocity[axis - 3];
            double total = 0;
            double sum = 0;
            for (int body = from; body < to; body++) {
                total += mass[body];
                sum += mass[body] * coordinates[axis][body];
            }
            double shift = wanted - sum / total;
            for (int body = from; body < to; body++) {
                coordinates[axis][body] += shift;
            }
        }
    }
}
