/* An Asian call on twelve dates: its constants. */
#ifndef ASIAN_H
#define ASIAN_H

#include "option.h"

#define TRIALS (1 << 11)
#define DATES 12

static double drift[DATES], volatility_time[DATES], root_step, discounted_spot, geometric_drift;

static inline void prepare(void) {
    strike = 100 * exp(-RATE);
    discounted_spot = SPOT * exp(-RATE);
    root_step = sqrt(1.0 / DATES);
    geometric_drift = (RATE - 0.5 * VOLATILITY * VOLATILITY) * (DATES + 1) / (2.0 * DATES);
    for (int j = 0; j < DATES; j++) {
        double time = (j + 1.0) / DATES;
        drift[j] = (RATE - 0.5 * VOLATILITY * VOLATILITY) * time;
        volatility_time[j] = VOLATILITY * time;
    }
}

#endif
