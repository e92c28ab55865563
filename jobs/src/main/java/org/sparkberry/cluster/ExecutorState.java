package org.sparkberry.cluster;

import org.sparkberry.record.HostState;

/**
 * An executor's process and machine at one moment.
 *
 * @param executorId Spark's name for it
 * @param host its process and machine
 */
public record ExecutorState(String executorId, HostState host) {}
