/* An Asian call in eight lanes, stage by stage over small arrays, for the compiler to make vectors of. */
#include "asian.h"

#define CHUNK (2 * DATES * LANES)

static struct streams g;

static void block(void) {
    if (paths == 0) {
        g = seeded_lanes(1);
        prepare();
    }
    struct streams local = g;
    static struct sums s[LANES];
    const double step = root_step, spot = discounted_spot;
    for (int i = 0; i < TRIALS; i += CHUNK / DATES) {
        static _Alignas(64) uint64_t draw[CHUNK];
        static _Alignas(64) double x[CHUNK], v[CHUNK], z[CHUNK], growth[CHUNK];
        for (int k = 0; k < CHUNK; k += LANES) next_lanes(&local, draw + k);
        for (int k = 0; k < CHUNK; k++) x[k] = centred(draw[k]);
        for (int k = 0; k < CHUNK; k++) v[k] = w_of(x[k]);
        for (int k = 0; k < CHUNK; k++) z[k] = centre_quantile(x[k], v[k]);
        for (int k = 0; k < CHUNK; k++)
            if (v[k] >= 6.25) z[k] = tail_quantile(x[k], v[k]);
        for (int round = 0; round < CHUNK; round += DATES * LANES) {
            double w[LANES] = {0}, prices[LANES] = {0}, slopes[LANES] = {0}, logs[LANES] = {0}, geometric[LANES];
            for (int j = 0; j < DATES; j++)
                for (int l = 0; l < LANES; l++) {
                    w[l] = fma(step, z[round + j * LANES + l], w[l]);
                    z[round + j * LANES + l] = w[l];
                    growth[round + j * LANES + l] = fma(VOLATILITY, w[l], drift[j]);
                }
            for (int k = round; k < round + DATES * LANES; k++) growth[k] = exponential(growth[k]);
            for (int j = 0; j < DATES; j++)
                for (int l = 0; l < LANES; l++) {
                    double one = z[round + j * LANES + l], price = growth[round + j * LANES + l];
                    prices[l] += price;
                    slopes[l] = fma(price, one - volatility_time[j], slopes[l]);
                    logs[l] += one;
                }
            for (int l = 0; l < LANES; l++)
                geometric[l] = spot * exponential(fma(VOLATILITY / DATES, logs[l], geometric_drift));
            for (int l = 0; l < LANES; l++) {
                double arithmetic = spot / DATES * prices[l], gain = arithmetic - strike;
                add(&s[l], geometric[l] > strike ? geometric[l] - strike : 0, gain > 0 ? gain : 0,
                    gain > 0 ? arithmetic * (1 / SPOT) : 0, gain > 0 ? spot / DATES * slopes[l] : 0);
            }
        }
    }
    g = local;
    for (int q = 0; q < 12; q++)
        for (int l = 0; l < LANES; l++) {
            total.of[q] += s[l].of[q];
            s[l].of[q] = 0;
        }
    paths += TRIALS;
}

MEASURE(block, TRIALS)
