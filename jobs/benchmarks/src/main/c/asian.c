/* An Asian call: price, delta, vega and the geometric control variate, one path after the other. */
#include "asian.h"

static struct stream g;

static void block(void) {
    if (paths == 0) {
        g = seeded(1);
        prepare();
    }
    struct stream local = g;
    struct sums s = {{0}};
    for (int i = 0; i < TRIALS; i++) {
        double w = 0, prices = 0, slopes = 0, logs = 0;
        for (int j = 0; j < DATES; j++) {
            w = fma(root_step, quantile(centred(next(&local))), w);
            double growth = exponential(fma(VOLATILITY, w, drift[j]));
            prices += growth;
            slopes = fma(growth, w - volatility_time[j], slopes);
            logs += w;
        }
        double arithmetic = discounted_spot / DATES * prices;
        double geometric = discounted_spot * exponential(fma(VOLATILITY / DATES, logs, geometric_drift));
        double gain = arithmetic - strike, other = geometric - strike, in = positive(gain);
        add(&s, other * positive(other), gain * in, arithmetic * (1 / SPOT) * in, discounted_spot / DATES * slopes * in);
    }
    g = local;
    for (int k = 0; k < 12; k++) total.of[k] += s.of[k];
    paths += TRIALS;
}

MEASURE(block, TRIALS)
