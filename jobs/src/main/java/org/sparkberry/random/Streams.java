package org.sparkberry.random;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The random streams of one run: (seed, job, block, lane) determines every value of a stream, and nothing else does: no
 * thread, no partition, no order of calls.
 *
 * <p>A stream is {@link RandomStream} (xoshiro256++) whose 256 bits of state are Philox4x64-10 under the key (seed, the
 * first 64 bits of SHA-256 of the job's name) of the counter (block, lane, 0, 0). Two of n streams of length L overlap
 * with probability below n²·L/2²⁵⁶.
 */
public final class Streams implements Serializable {
    private static final long serialVersionUID = 1;

    private final long seed;
    private final long jobKey;

    /**
     * @param seed any value
     * @param job the job's name, of which case and every character count
     */
    public Streams(long seed, String job) {
        this.seed = seed;
        this.jobKey = firstLongOfSha256(job);
    }

    /** The stream of a block that needs only one. */
    public RandomStream stream(long block) {
        return stream(block, 0);
    }

    /** The stream of one of a block's lanes: a kernel that computes several trials side by side gives each its lane. */
    public RandomStream stream(long block, int lane) {
        return new RandomStream(state(block, lane));
    }

    /** The four words of state with which the stream of this lane of this block starts, for kernels that inline it. */
    public long[] state(long block, int lane) {
        long[] state = Philox4x64.words(seed, jobKey, block, lane, 0, 0);
        if ((state[0] | state[1] | state[2] | state[3]) == 0) {
            // The one state that xoshiro cannot leave; one counter in 2²⁵⁶ gives it.
            state[0] = 1;
        }
        return state;
    }

    /**
     * The states of a block's first lanes for kernels that run them side by side: word w of lane l is at w·lanes + l, so
     * that neighbouring lanes are neighbours.
     */
    public long[] states(long block, int lanes) {
        long[] states = new long[4 * lanes];
        for (int lane = 0; lane < lanes; lane++) {
            long[] state = state(block, lane);
            for (int word = 0; word < state.length; word++) {
                states[word * lanes + lane] = state[word];
            }
        }
        return states;
    }

    private static long firstLongOfSha256(String job) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(job.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
