package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.sparkberry.record.Clock;

final class TerminalTest {
    private static final String CLEAR = "\r\u001B[K";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private double seconds;

    private final Clock clock = new Clock() {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanos() {
            return (long) (seconds * 1e9);
        }
    };

    @Test
    void elsewhereProgressIsALineEveryTenSeconds() {
        Terminal terminal = terminal(false);
        for (seconds = 0; seconds <= 25; seconds++) {
            terminal.progress("pi", seconds / 100, 100 - seconds);
        }
        terminal.status("starting");
        terminal.step("measuring 1 of 2");
        terminal.result("π");

        assertThat(text(err)).isEqualTo("pi: 10 %, 1 min 30 s left\npi: 20 %, 1 min 20 s left\nmeasuring 1 of 2\n");
        assertThat(text(out)).isEqualTo("π\n");
    }

    @Test
    void aTerminalHasABarThatGivesWayToLines() {
        Terminal terminal = terminal(true);
        terminal.status("starting");
        seconds = 0.5;
        terminal.progress("pi", 0.5, 7);
        seconds = 0.6; // too soon
        terminal.progress("pi", 0.6, 6);
        terminal.note("done");

        assertThat(text(err))
                .isEqualTo("starting" + CLEAR + "pi [" + "#".repeat(15) + " ".repeat(15) + "] 50 %, 7 s left" + CLEAR
                        + "done\n");
    }

    /** The result follows at once. */
    @Test
    void theEndIsNoProgress() {
        Terminal terminal = terminal(false);
        seconds = 100;
        terminal.progress("pi", 1, 0);

        assertThat(text(err)).isEmpty();
    }

    private Terminal terminal(boolean interactive) {
        return new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                interactive,
                clock);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
