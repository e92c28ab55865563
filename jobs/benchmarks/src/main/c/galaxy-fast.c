/* The same, for a compiler that may change the order of sums (-Ofast): it makes vectors of the inner loop. */
#include "galaxy.c"
