/* Value at risk: the past, and the counting of losses in quantile bins and a histogram. */
#ifndef LOSSES_H
#define LOSSES_H

#include <math.h>
#include <stdlib.h>

#include "lanes.h"

#define DAYS 10
#define PAST 1859
#define BINS 160

static double growth[PAST];

/* Bins cut from the bits of a double, 2^14 to an octave, as org.sparkberry.estimate.Quantiles has them. */
static int64_t *octaves[4096];
static int64_t zeros;

static inline void count_quantile(double x) {
    if (fabs(x) < 1e-6) {
        zeros++;
        return;
    }
    union {
        double value;
        uint64_t bits;
    } u = {x};
    int64_t *counts = octaves[u.bits >> 52];
    if (!counts) counts = octaves[u.bits >> 52] = calloc(1 << 14, sizeof(int64_t));
    counts[u.bits >> 38 & ((1 << 14) - 1)]++;
}

static const double low = -0.25, high = 0.25, width = (0.25 - -0.25) / BINS;
static int64_t histogram[BINS], below, above;

static inline void count_histogram(double x) {
    if (x < low) {
        below++;
    } else if (x < high) {
        int bin = (int)((x - low) * (BINS / (high - low)));
        /* The edges as a table would show them decide. */
        if (x < low + bin * width) bin--;
        else if (x >= low + (bin + 1) * width) bin++;
        histogram[bin]++;
    } else {
        above++;
    }
}

static inline void make_past(void) {
    for (int day = 0; day < PAST; day++)
        growth[day] = 1.0004 + 0.03 * ((long)day * 7919 % 1009 / 1008.0 - (long)day * 104729 % 997 / 996.0);
}

static double sum, squares;
static long losses;

static void report(void) { fprintf(stderr, "mean loss %.6f, below %ld, above %ld\n", sum / losses, (long)below, (long)above); }

#endif
