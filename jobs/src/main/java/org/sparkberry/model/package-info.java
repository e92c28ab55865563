/**
 * The science: how one block of a workload is computed, by one thread, with no Spark, no files and no clock. May import
 * {@code random} and {@code estimate}.
 */
@NullMarked
package org.sparkberry.model;

import org.jspecify.annotations.NullMarked;
