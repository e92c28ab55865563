/* Options: normal numbers and the exponential by the polynomials of org.sparkberry.random, and the sums of a run. */
#ifndef OPTION_H
#define OPTION_H

#include <math.h>

#include "lanes.h"

static const double centre[23] = {
    -3.64441206401782e-21, -1.6850591381820166e-19, 1.28584807152564e-18,
    1.1157877678025181e-17, -1.333171662854621e-16, 2.0972767875968562e-17,
    6.637638134358324e-15, -4.054566272975207e-14, -8.151934197605472e-14,
    2.6335093153082323e-12, -1.2975133253453532e-11, -5.415412054294628e-11,
    1.0512122733215323e-09, -4.112633980346984e-09, -2.9070369957882005e-08,
    4.2347877827932404e-07, -1.3654692000834679e-06, -1.3882523362786469e-05,
    0.00018673420803405714, -0.000740702534166267, -0.006033670871430149,
    0.24015818242558962, 1.6536545626831027,
};
static const double near_tail[19] = {
    2.2137376921775787e-09, 9.075656193888539e-08, -2.7517406297064545e-07,
    1.8239629214389228e-08, 1.5027403968909828e-06, -4.013867526981546e-06,
    2.9234449089955446e-06, 1.2475304481671779e-05, -4.7318229009055734e-05,
    6.828485145957318e-05, 2.4031110387097894e-05, -0.0003550375203628475,
    0.0009532893797373805, -0.0016882755560235047, 0.002491442096107851,
    -0.003751208507569241, 0.005370914553590064, 1.0052589676941592,
    3.0838856104922208,
};
static const double far_tail[17] = {
    -2.7109920616438573e-11, -2.555641816996525e-10, 1.5076572693500548e-09,
    -3.789465440126737e-09, 7.61570120807834e-09, -1.496002662714924e-08,
    2.914795345090108e-08, -6.771199775845234e-08, 2.2900482228026655e-07,
    -9.9298272942317e-07, 4.526062597223154e-06, -1.968177810553167e-05,
    7.599527703001776e-05, -0.00021503011930044477, -0.00013871931833623122,
    1.0103004648645344, 4.849906401408584,
};

union number {
    double value;
    uint64_t bits;
};

/* Uniform in (-1, 1). */
static inline double centred(uint64_t draw) {
    union number u = {.bits = draw >> 12 | 0x4000000000000000u};
    return u.value - 3 + 0x1p-52;
}

/* -ln((1 - x)(1 + x)), by fdlibm's polynomial. */
static inline double w_of(double x) {
    union number u = {.value = (1 - x) * (1 + x)};
    uint64_t bits = u.bits - 0x3FE6A09E667F3BCDu + 0x3FF0000000000000u;
    union number exponent = {.bits = bits >> 52 | 0x4330000000000000u};
    union number mantissa = {.bits = (bits & 0x000FFFFFFFFFFFFFu) + 0x3FE6A09E667F3BCDu};
    double k = exponent.value - (0x1p52 + 1023);
    double f = mantissa.value - 1;
    double s = f / (2 + f);
    double z = s * s;
    double p = 0.14798198605116586;
    p = fma(p, z, 0.15313837699209373);
    p = fma(p, z, 0.1818357216161805);
    p = fma(p, z, 0.22222198432149784);
    p = fma(p, z, 0.2857142874366239);
    p = fma(p, z, 0.3999999999940942);
    p = fma(p, z, 0.6666666666666735);
    double half_square = 0.5 * f * f;
    double correction = fma(s, fma(p, z, half_square), k * 0x1.ef35793c76730p-45);
    return -fma(k, 0x1.62e42fefa3800p-1, f - (half_square - correction));
}

static inline double centre_quantile(double x, double w) {
    double c = w - 3.125, p = centre[0];
#pragma GCC unroll 32
    for (int i = 1; i < (int)(sizeof centre / sizeof *centre); i++) p = fma(p, c, centre[i]);
    return p * (x * 1.4142135623730951);
}

static double __attribute__((noinline)) tail_quantile(double x, double w) {
    int is_near = w < 16;
    double c = sqrt(w) - (is_near ? 3.25 : 5);
    const double *coefficients = is_near ? near_tail : far_tail;
    int n = is_near ? sizeof near_tail / sizeof *near_tail : sizeof far_tail / sizeof *far_tail;
    double p = coefficients[0];
    for (int i = 1; i < n; i++) p = fma(p, c, coefficients[i]);
    return p * (x * 1.4142135623730951);
}

static inline double quantile(double x) {
    double w = w_of(x);
    return __builtin_expect(w >= 6.25, 0) ? tail_quantile(x, w) : centre_quantile(x, w);
}

static inline double exponential(double x) {
    union number shifted = {.value = fma(x, 0x1.71547652b82fep+0, 0x1.8p52)};
    double k = shifted.value - 0x1.8p52;
    double r = fma(k, -0x1.ef35793c76730p-45, fma(k, -0x1.62e42fefa3800p-1, x));
    double q = 2.510038549551032e-08;
    q = fma(q, r, 2.7620088445409746e-07);
    q = fma(q, r, 2.7557268459997064e-06);
    q = fma(q, r, 2.4801521295954376e-05);
    q = fma(q, r, 0.00019841269863053618);
    q = fma(q, r, 0.0013888888917213717);
    q = fma(q, r, 0.008333333333330062);
    q = fma(q, r, 0.04166666666662413);
    q = fma(q, r, 0.16666666666666669);
    q = fma(q, r, 0.5);
    union number power = {.value = fma(r * r, q, r) + 1};
    power.bits += shifted.bits << 52;
    return power.value;
}

/* 1 or 0. Half of all paths end on either side, so that a branch is mispredicted, and what follows waits for it. */
static inline double positive(double x) {
    union number u = {.value = x};
    union number one = {.value = 1};
    one.bits &= ~(uint64_t)((int64_t)u.bits >> 63);
    return one.value;
}

/* S = 100, K = 100, r = 5 %, volatility 20 %, one year; all prices are discounted. */
#define SPOT 100.0
#define RATE 0.05
#define VOLATILITY 0.2

static double strike; /* discounted */

/* Sums of the control c, c^2, y0^2, and of y, y^2, yc of price, delta and vega. */
struct sums {
    double of[12];
};

static inline void add(struct sums *s, double control, double price, double delta, double vega) {
    s->of[0] += control;
    s->of[1] = fma(control, control, s->of[1]);
    s->of[2] += price * price;
    s->of[3] += price;
    s->of[4] = fma(price, price, s->of[4]);
    s->of[5] = fma(price, control, s->of[5]);
    s->of[6] += delta;
    s->of[7] = fma(delta, delta, s->of[7]);
    s->of[8] = fma(delta, control, s->of[8]);
    s->of[9] += vega;
    s->of[10] = fma(vega, vega, s->of[10]);
    s->of[11] = fma(vega, control, s->of[11]);
}

static struct sums total;
static long paths;

static void report(void) {
    fprintf(stderr, "price %.5f delta %.5f vega %.4f control %.5f\n", total.of[3] / paths, total.of[6] / paths,
            total.of[9] / paths, total.of[0] / paths);
}

#endif
