/**
 * What one run was, took and gave, and the versioned files that say so; how its tables are to be drawn; the only door to
 * the clock and the hardware.
 * May import {@code estimate}, and the JSON, CSV and Parquet libraries that Spark ships.
 */
@NullMarked
package org.sparkberry.record;

import org.jspecify.annotations.NullMarked;
