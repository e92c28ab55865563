/* What bodies do to each other, one pair after the other: accelerations and potential. */
#include "lanes.h"
#include <math.h>

#define BODIES 2048
#define TARGETS 64

static double x[BODIES], y[BODIES], z[BODIES], mass[BODIES];
static double ax[BODIES], ay[BODIES], az[BODIES], depth[BODIES];
static int first = -1;

static void fill(void) {
    uint64_t seed = 1;
    for (int i = 0; i < BODIES; i++) {
        x[i] = splitmix(&seed) * 0x1p-64;
        y[i] = splitmix(&seed) * 0x1p-64;
        z[i] = splitmix(&seed) * 0x1p-64;
        mass[i] = 1.0 / BODIES;
    }
    first = 0;
}

/* With softening a body has no force on itself, and its own potential is a constant: no pair need be left out. */
static void block(void) {
    if (first < 0) fill();
    for (int i = first; i < first + TARGETS; i++) {
        double sum_x = 0, sum_y = 0, sum_z = 0, sum = 0;
        for (int j = 0; j < BODIES; j++) {
            double dx = x[j] - x[i], dy = y[j] - y[i], dz = z[j] - z[i];
            double inverse = 1 / sqrt(dx * dx + dy * dy + dz * dz + 4e-4);
            double share = mass[j] * inverse;
            double pull = share * inverse * inverse;
            sum_x += dx * pull;
            sum_y += dy * pull;
            sum_z += dz * pull;
            sum += share;
        }
        ax[i] = sum_x;
        ay[i] = sum_y;
        az[i] = sum_z;
        depth[i] = sum;
    }
    first = (first + TARGETS) % BODIES;
}

static void report(void) {
    double force = 0, potential = 0;
    for (int i = 0; i < BODIES; i++) {
        force += mass[i] * (ax[i] + ay[i] + az[i]);
        potential += mass[i] * depth[i];
    }
    fprintf(stderr, "force %.3g, potential %.6f\n", force, potential);
}

MEASURE(block, (long)TARGETS * BODIES)
