/* A European call: price, delta, vega and the control variate, one path after the other. */
#include "option.h"

#define TRIALS (1 << 15)

static struct stream g;

static void block(void) {
    if (paths == 0) {
        g = seeded(1);
        strike = 100 * exp(-RATE);
    }
    const double median = SPOT * exp(-0.5 * VOLATILITY * VOLATILITY);
    struct stream local = g;
    struct sums s = {{0}};
    for (int i = 0; i < TRIALS; i++) {
        double z = quantile(centred(next(&local)));
        double price = median * exponential(VOLATILITY * z);
        double gain = price - strike;
        double slope = price * positive(gain);
        add(&s, price - SPOT, gain * positive(gain), slope * (1 / SPOT), slope * (z - VOLATILITY));
    }
    g = local;
    for (int k = 0; k < 12; k++) total.of[k] += s.of[k];
    paths += TRIALS;
}

MEASURE(block, TRIALS)
