/**
 * The workloads: options with units and ranges, the flow, the known answer; one file each, found with
 * {@link java.util.ServiceLoader}. May import everything above but {@code scaling}.
 */
@NullMarked
package org.sparkberry.job;

import org.jspecify.annotations.NullMarked;
