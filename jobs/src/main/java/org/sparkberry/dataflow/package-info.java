/**
 * Spark: blocks to tasks to one merged estimator; datasets in. May import {@code random}, {@code estimate},
 * {@code model} and {@code record}.
 */
@NullMarked
package org.sparkberry.dataflow;

import org.jspecify.annotations.NullMarked;
