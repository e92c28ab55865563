package org.sparkberry.dataflow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which blocks are computed a second time: about so large a share, drawn from the blocks' numbers alone.
 *
 * @param share from 0 (none) to 1 (all)
 */
record AuditSample(double share) implements Serializable {
    private static final long serialVersionUID = 1;

    static final AuditSample NONE = new AuditSample(0);

    boolean isEmpty() {
        return share == 0;
    }

    boolean holds(long block) {
        return (mix(block) >>> 11) * 0x1p-53 < share;
    }

    /** SHA-256 of the serialised form of an estimator, or of numbers, its first 64 bits: equal states have equal ones. */
    static long fingerprint(Object state) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(state);
            }
            return ByteBuffer.wrap(sha256.digest(bytes.toByteArray())).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("an estimator must be serialisable", e);
        }
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014): neighbouring numbers give unrelated bits. */
    private static long mix(long number) {
        long z = number + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
