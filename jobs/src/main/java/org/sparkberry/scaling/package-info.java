/**
 * Records of runs to speedup, efficiency and serial fraction, each with its interval, and to where the time went and
 * what limits them. May import {@code estimate} and {@code record}.
 */
@NullMarked
package org.sparkberry.scaling;

import org.jspecify.annotations.NullMarked;
