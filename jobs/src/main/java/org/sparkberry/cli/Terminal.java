package org.sparkberry.cli;

import java.io.PrintStream;
import org.sparkberry.record.Clock;
import org.sparkberry.scaling.InWords;

/** Where text goes: results to standard output, all else to standard error. */
final class Terminal {
    private static final double REDRAW_SECONDS = 0.2;
    private static final double LINE_SECONDS = 10;
    private static final int BAR_WIDTH = 30;
    private static final String CLEAR_LINE = "\r\u001B[K";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private final Clock clock;
    private boolean barShown;
    private long lastShown;

    /** @param interactive whether a person sees standard error, line by line redrawn */
    Terminal(PrintStream out, PrintStream err, boolean interactive, Clock clock) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
        this.clock = clock;
        this.lastShown = clock.nanos();
    }

    /** A line of the result. */
    synchronized void result(String line) {
        clearBar();
        out.println(line);
    }

    /** A line about the result, or about what is going on. */
    synchronized void note(String line) {
        clearBar();
        err.println(line);
        lastShown = clock.nanos();
    }

    /** What is going on for a moment: shown on a terminal until the next line, elsewhere not at all. */
    synchronized void status(String line) {
        if (interactive) {
            clearBar();
            err.print(line);
            err.flush();
            barShown = true;
        }
    }

    /** A step of something long: shown on a terminal until the next one, elsewhere a line. */
    synchronized void step(String line) {
        if (interactive) {
            status(line);
        } else {
            note(line);
        }
    }

    /** How far something has come: a bar on a terminal, elsewhere a line every ten seconds. */
    synchronized void progress(String what, double share, double secondsLeft) {
        double since = clock.secondsSince(lastShown);
        if (share >= 1 || since < (interactive ? REDRAW_SECONDS : LINE_SECONDS)) {
            return;
        }
        lastShown = clock.nanos();
        String left = secondsLeft >= 0 ? ", " + InWords.duration(secondsLeft) + " left" : "";
        if (interactive) {
            int filled = (int) Math.round(share * BAR_WIDTH);
            err.print(CLEAR_LINE + what + " [" + "#".repeat(filled) + " ".repeat(BAR_WIDTH - filled) + "] "
                    + InWords.percent(share) + left);
            err.flush();
            barShown = true;
        } else {
            err.println(what + ": " + InWords.percent(share) + left);
        }
    }

    private void clearBar() {
        if (barShown) {
            err.print(CLEAR_LINE);
            barShown = false;
        }
    }
}
