/* Value at risk by historical bootstrap, one trial after the other. */
#include "losses.h"

#define TRIALS (1 << 16)

static struct stream g;

static void block(void) {
    if (losses == 0) {
        make_past();
        g = seeded(1);
    }
    struct stream local = g;
    for (int i = 0; i < TRIALS; i++) {
        double compound = 1;
        for (int day = 0; day < DAYS; day += 2) {
            uint64_t draw = next(&local);
            compound = compound * growth[(draw >> 32) * PAST >> 32] * growth[(draw & 0xFFFFFFFF) * PAST >> 32];
        }
        double loss = 1 - compound;
        sum += loss;
        squares += loss * loss;
        count_quantile(loss);
        count_histogram(loss);
    }
    g = local;
    losses += TRIALS;
}

MEASURE(block, TRIALS)
