/**
 * Records of runs to speedup, efficiency and serial fraction, each with its interval; to where the time went and what
 * limits it; to fitted laws, predictions and plans; to warnings with a next step. May import {@code estimate},
 * {@code record} and Commons Math.
 */
@NullMarked
package org.sparkberry.scaling;

import org.jspecify.annotations.NullMarked;
