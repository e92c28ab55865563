package org.sparkberry.record;

import java.util.Optional;

/**
 * A Java process and its machine at one moment.
 *
 * @param host the machine's name
 * @param pid the process
 * @param throttling the firmware's bits, {@link Hardware#throttling}; −1 where there are none
 */
public record HostState(String host, long pid, long throttling) {
    /** Bits that say "now": under-voltage, frequency capped, throttled, soft temperature limit. */
    private static final long NOW = 0xF;

    private static final int SINCE_START_SHIFT = 16;
    private static final String[] MEANING = {"under-voltage", "frequency capped", "throttled", "soft temperature limit"
    };

    public static HostState here() {
        return new HostState(
                Hardware.host(),
                ProcessHandle.current().pid(),
                Hardware.throttling().orElse(-1));
    }

    /**
     * Why what ran between an earlier state of this host and this one does not count: what the firmware held back, now
     * or at some time since then. Empty if nothing, or if there is no such firmware. What began and ended in between
     * is not seen if the firmware had already met the same since the machine's start: its bits are not counters.
     */
    public Optional<String> heldBackSince(HostState earlier) {
        if (throttling < 0 || earlier.throttling < 0) {
            return Optional.empty();
        }
        long happened = (throttling & NOW)
                | (earlier.throttling & NOW)
                | ((throttling & ~earlier.throttling) >>> SINCE_START_SHIFT & NOW);
        for (int bit = 0; bit < MEANING.length; bit++) {
            if ((happened >>> bit & 1) == 1) {
                return Optional.of(MEANING[bit] + " on " + host);
            }
        }
        return Optional.empty();
    }
}
