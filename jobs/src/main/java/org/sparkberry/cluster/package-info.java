/**
 * Spark sessions, the embedded cluster, what the master says, task metrics, verification and the sweep's runner. May
 * import Spark and everything above but {@code report}.
 */
@NullMarked
package org.sparkberry.cluster;

import org.jspecify.annotations.NullMarked;
