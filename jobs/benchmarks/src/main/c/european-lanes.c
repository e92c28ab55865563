/* A European call in eight lanes, stage by stage over small arrays, for the compiler to make vectors of. */
#include "option.h"

#define TRIALS (1 << 15)
#define CHUNK 256

static struct streams g;

static void block(void) {
    if (paths == 0) {
        g = seeded_lanes(1);
        strike = 100 * exp(-RATE);
    }
    const double median = SPOT * exp(-0.5 * VOLATILITY * VOLATILITY), discounted = strike;
    struct streams local = g;
    static double s[12][LANES];
    for (int i = 0; i < TRIALS; i += CHUNK) {
        static _Alignas(64) uint64_t draw[CHUNK];
        static _Alignas(64) double x[CHUNK], w[CHUNK], z[CHUNK], price[CHUNK];
        for (int k = 0; k < CHUNK; k += LANES) next_lanes(&local, draw + k);
        for (int k = 0; k < CHUNK; k++) x[k] = centred(draw[k]);
        for (int k = 0; k < CHUNK; k++) w[k] = w_of(x[k]);
        for (int k = 0; k < CHUNK; k++) z[k] = centre_quantile(x[k], w[k]);
        for (int k = 0; k < CHUNK; k++)
            if (w[k] >= 6.25) z[k] = tail_quantile(x[k], w[k]);
        for (int k = 0; k < CHUNK; k++) price[k] = median * exponential(VOLATILITY * z[k]);
        for (int k = 0; k < CHUNK; k += LANES)
            for (int l = 0; l < LANES; l++) {
                double gain = price[k + l] - discounted, control = price[k + l] - SPOT;
                double slope = gain > 0 ? price[k + l] : 0, payoff = gain > 0 ? gain : 0;
                double delta = slope * (1 / SPOT), vega = slope * (z[k + l] - VOLATILITY);
                s[0][l] += control;
                s[1][l] = fma(control, control, s[1][l]);
                s[2][l] += payoff * payoff;
                s[3][l] += payoff;
                s[4][l] = fma(payoff, payoff, s[4][l]);
                s[5][l] = fma(payoff, control, s[5][l]);
                s[6][l] += delta;
                s[7][l] = fma(delta, delta, s[7][l]);
                s[8][l] = fma(delta, control, s[8][l]);
                s[9][l] += vega;
                s[10][l] = fma(vega, vega, s[10][l]);
                s[11][l] = fma(vega, control, s[11][l]);
            }
    }
    g = local;
    for (int q = 0; q < 12; q++)
        for (int l = 0; l < LANES; l++) {
            total.of[q] += s[q][l];
            s[q][l] = 0;
        }
    paths += TRIALS;
}

MEASURE(block, TRIALS)
