/* What all kernels share: the generator, the clock, the report. */
#ifndef LANES_H
#define LANES_H

#include <stdint.h>
#include <stdio.h>
#include <time.h>

#define LANES 8

static inline uint64_t rotl(uint64_t x, int k) { return x << k | x >> (64 - k); }

/* xoshiro256++ 1.0 of Blackman and Vigna. */
struct stream {
    uint64_t s0, s1, s2, s3;
};

static inline uint64_t next(struct stream *g) {
    uint64_t result = rotl(g->s0 + g->s3, 23) + g->s0;
    uint64_t t = g->s1 << 17;
    g->s2 ^= g->s0;
    g->s3 ^= g->s1;
    g->s1 ^= g->s2;
    g->s0 ^= g->s3;
    g->s2 ^= t;
    g->s3 = rotl(g->s3, 45);
    return result;
}

/* Eight streams, word by word: loops over the lanes become vectors. */
struct streams {
    _Alignas(64) uint64_t s0[LANES], s1[LANES], s2[LANES], s3[LANES];
};

static inline void next_lanes(struct streams *g, uint64_t *restrict out) {
    for (int l = 0; l < LANES; l++) {
        uint64_t s0 = g->s0[l], s1 = g->s1[l], s2 = g->s2[l], s3 = g->s3[l];
        out[l] = rotl(s0 + s3, 23) + s0;
        uint64_t t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        g->s0[l] = s0;
        g->s1[l] = s1;
        g->s2[l] = s2;
        g->s3[l] = rotl(s3, 45);
    }
}

/* SplitMix64, as its authors recommend for seeding. */
static inline uint64_t splitmix(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static inline struct stream seeded(uint64_t seed) {
    struct stream g = {splitmix(&seed), splitmix(&seed), splitmix(&seed), splitmix(&seed)};
    return g;
}

static inline struct streams seeded_lanes(uint64_t seed) {
    struct streams g;
    for (int l = 0; l < LANES; l++) {
        struct stream one = seeded(seed + l);
        g.s0[l] = one.s0;
        g.s1[l] = one.s1;
        g.s2[l] = one.s2;
        g.s3[l] = one.s3;
    }
    return g;
}

/* Of this process's only thread: other programs on the machine do not count. */
static inline double processor_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

/* Runs blocks for about a tenth of a second to warm up and a second to measure; prints trials per second. */
#define MEASURE(block, trials_per_block)                          \
    int main(void) {                                              \
        double start = processor_seconds();                       \
        while (processor_seconds() < start + 0.1) block();        \
        double begin = processor_seconds(), end;                  \
        long blocks = 0;                                          \
        do {                                                      \
            block();                                              \
            blocks++;                                             \
            end = processor_seconds();                            \
        } while (end < begin + 1);                                \
        printf("%.6g\n", blocks * (double)(trials_per_block) / (end - begin)); \
        report();                                                 \
    }

#endif
