/** Records of runs to speedup, efficiency and serial fraction, each with its interval. */
@NullMarked
package org.sparkberry.scaling;

import org.jspecify.annotations.NullMarked;
