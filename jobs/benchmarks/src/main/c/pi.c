/* π by darts, one after the other. */
#include "lanes.h"

#define TRIALS (1 << 20)

static struct stream g;
static long hits, darts;

static void block(void) {
    if (darts == 0) g = seeded(1);
    struct stream local = g;
    long count = 0;
    for (int i = 0; i < TRIALS; i++) {
        uint64_t draw = next(&local);
        double x = (int64_t)((draw >> 37 | 1) - (1 << 26));
        double y = (int64_t)((draw & ((1 << 27) - 1)) | 1) - (1 << 26);
        count += x * x + y * y < 0x1p52;
    }
    g = local;
    hits += count;
    darts += TRIALS;
}

static void report(void) { fprintf(stderr, "pi %.6f\n", 4.0 * hits / darts); }

MEASURE(block, TRIALS)
