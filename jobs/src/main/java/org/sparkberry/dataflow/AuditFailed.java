package org.sparkberry.dataflow;

/** An audit has found that the result cannot be trusted, and nobody is left to compute it again. */
public final class AuditFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    AuditFailed(String message) {
        super(message);
    }
}
