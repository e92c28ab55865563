/* Value at risk by historical bootstrap in eight lanes: the draws are for the compiler to make vectors of. */
#include "losses.h"

#define TRIALS (1 << 16)
#define ROUNDS 32
#define DRAWS (DAYS / 2)

static struct streams g;

static void block(void) {
    if (losses == 0) {
        make_past();
        g = seeded_lanes(1);
    }
    struct streams local = g;
    for (int i = 0; i < TRIALS / LANES; i += ROUNDS) {
        static _Alignas(64) uint64_t first[ROUNDS * DRAWS][LANES], second[ROUNDS * DRAWS][LANES];
        static double loss[ROUNDS * LANES];
        for (int d = 0; d < ROUNDS * DRAWS; d++) {
            uint64_t draw[LANES];
            next_lanes(&local, draw);
            for (int l = 0; l < LANES; l++) {
                first[d][l] = (draw[l] >> 32) * PAST >> 32;
                second[d][l] = (draw[l] & 0xFFFFFFFF) * PAST >> 32;
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            double compound[LANES] = {1, 1, 1, 1, 1, 1, 1, 1};
            for (int d = round * DRAWS; d < (round + 1) * DRAWS; d++)
                for (int l = 0; l < LANES; l++)
                    compound[l] = compound[l] * growth[first[d][l]] * growth[second[d][l]];
            for (int l = 0; l < LANES; l++) loss[round * LANES + l] = 1 - compound[l];
        }
        for (int k = 0; k < ROUNDS * LANES; k++) {
            sum += loss[k];
            squares += loss[k] * loss[k];
        }
        for (int k = 0; k < ROUNDS * LANES; k++) count_quantile(loss[k]);
        for (int k = 0; k < ROUNDS * LANES; k++) count_histogram(loss[k]);
    }
    g = local;
    losses += TRIALS;
}

MEASURE(block, TRIALS)
