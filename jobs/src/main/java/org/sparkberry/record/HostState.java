package org.sparkberry.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A Java process and its machine at one moment.
 *
 * @param host the machine's name
 * @param pid the process
 * @param throttling the firmware's bits, {@link Hardware#throttling}; −1 where there are none
 * @param swappedBytes moved out to swap and in from it since the machine's start; −1 where not known
 * @param celsius the processor's temperature; NaN where not known
 * @param clockMillis {@link Clock#wallMinusMonotonicMillis}
 */
public record HostState(String host, long pid, long throttling, long swappedBytes, double celsius, long clockMillis) {
    /** Bits that say "now": under-voltage, frequency capped, throttled, soft temperature limit. */
    private static final long NOW = 0xF;

    private static final int SINCE_START_SHIFT = 16;
    private static final String[] MEANING = {"under-voltage", "frequency capped", "throttled", "soft temperature limit"
    };

    private static final long MEBIBYTE = 1 << 20;
    /** A page or two come back whenever a program wakes that slept: a tenth of a second at most, on the slowest card. */
    private static final long SWAP_ALLOWED_BYTES = MEBIBYTE;
    /** Reading two clocks one after the other, on a busy machine, errs by less. */
    private static final long STEP_ALLOWED_MILLIS = 500;

    private static final double MILLIS = 1e3;

    public static HostState here() {
        return new HostState(
                Hardware.host(),
                ProcessHandle.current().pid(),
                Hardware.throttling().orElse(-1),
                Hardware.swappedBytes().orElse(-1),
                Hardware.celsius().orElse(Double.NaN),
                Clock.system().wallMinusMonotonicMillis());
    }

    /**
     * What made this host slower than it is between an earlier state of it and this one: {@link #heldBackSince} and
     * {@link #swappedSince}, each in a few words. Empty if nothing.
     */
    public List<String> slowedSince(HostState earlier) {
        List<String> reasons = new ArrayList<>();
        heldBackSince(earlier).ifPresent(reasons::add);
        swappedSince(earlier).ifPresent(reasons::add);
        return reasons;
    }

    /** Why what ran between an earlier state of this host and this one does not count. Empty if it does. */
    public List<String> invalidSince(HostState earlier) {
        List<String> reasons = slowedSince(earlier);
        clockSteppedSince(earlier).ifPresent(reasons::add);
        return reasons;
    }

    /**
     * What the firmware held back, now or at some time since an earlier state of this host. Empty if nothing, or if
     * there is no such firmware. What began and ended in between is not seen if the firmware had already met the same
     * since the machine's start: its bits are not counters.
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

    /** That more than 1 MiB went to swap and came from it since an earlier state; empty if not, or if not known. */
    public Optional<String> swappedSince(HostState earlier) {
        long swapped = swappedBytes - earlier.swappedBytes;
        return swappedBytes < 0 || earlier.swappedBytes < 0 || swapped <= SWAP_ALLOWED_BYTES
                ? Optional.empty()
                : Optional.of("swapped " + (swapped + MEBIBYTE - 1) / MEBIBYTE + " MiB on " + host);
    }

    /**
     * That the clock was set, forth or back, by more than half a second since an earlier state of the same boot; empty
     * if not. Spark takes a task's times from clocks that may be set. A clock that is merely made to run faster or
     * slower for a while, as time synchronisation usually does, is none that was set: Linux does so with both clocks.
     */
    public Optional<String> clockSteppedSince(HostState earlier) {
        long step = Math.abs(clockMillis - earlier.clockMillis);
        return step <= STEP_ALLOWED_MILLIS
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT, "clock of %s stepped by %.1f s", host, step / MILLIS));
    }
}
