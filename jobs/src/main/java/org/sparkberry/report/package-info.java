/**
 * Scaling and records to one page for people: HTML that needs no network and no script, with figures that are also
 * files of their own; and the charts that a job declares to figures of a run. May import {@code estimate}, {@code record}
 * and {@code scaling}, and the plotting libraries.
 */
@NullMarked
package org.sparkberry.report;

import org.jspecify.annotations.NullMarked;
