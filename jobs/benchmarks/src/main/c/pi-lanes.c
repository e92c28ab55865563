/* π by darts in eight lanes, for the compiler to make vectors of. */
#include "lanes.h"

#define TRIALS (1 << 20)

static struct streams g;
static long hits, darts;

static void block(void) {
    if (darts == 0) g = seeded_lanes(1);
    struct streams local = g;
    int64_t count[LANES] = {0};
    for (int i = 0; i < TRIALS / LANES; i++) {
        uint64_t draw[LANES];
        next_lanes(&local, draw);
        for (int l = 0; l < LANES; l++) {
            union {
                uint64_t bits;
                double value;
            } x, y;
            x.bits = draw[l] >> 37 | 0x4330000000000001u;
            y.bits = (draw[l] & ((1 << 27) - 1)) | 0x4330000000000001u;
            double column = x.value - (0x1p52 + 0x1p26), row = y.value - (0x1p52 + 0x1p26);
            count[l] += column * column + row * row < 0x1p52;
        }
    }
    g = local;
    for (int l = 0; l < LANES; l++) hits += count[l];
    darts += TRIALS;
}

static void report(void) { fprintf(stderr, "pi %.6f\n", 4.0 * hits / darts); }

MEASURE(block, TRIALS)
