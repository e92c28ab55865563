package org.sparkberry.cli;

import java.util.List;
import java.util.Optional;
import org.sparkberry.job.Option;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.SweepSettings;
import org.sparkberry.record.Timings;
import org.sparkberry.record.TimingsFile;

/** The options of commands that read timings from a file, ours or not. */
final class TimingsOptions {
    private static final Option<String> N_COLUMN = Option.text(
            "n-column", "NAME", null, "the column of how many executors (default: n, executors, nodes, cores …)");
    private static final Option<String> SECONDS_COLUMN =
            Option.text("seconds-column", "NAME", null, "the column of the time in seconds (default: seconds, time …)");
    private static final Option<String> ORDER_COLUMN =
            Option.text("order-column", "NAME", null, "the column that numbers the runs in time, from 1");
    private static final Option<String> MODE = Option.choice(
            "mode",
            List.of(SweepSettings.STRONG, SweepSettings.WEAK),
            null,
            "the same work for every n, or work that grows with n (default: as the column trials says, else strong)");

    static final List<Option<?>> ALL = List.of(N_COLUMN, SECONDS_COLUMN, ORDER_COLUMN, MODE);

    private TimingsOptions() {}

    /**
     * Reads the file that was named.
     *
     * @throws BadInput if there is none or it cannot be used
     */
    static Timings read(Call call, String command) {
        Optional<Boolean> weak = call.options().find(MODE).map(SweepSettings.WEAK::equals);
        return TimingsFile.read(
                call.path("which file? sparkberry " + command + " FILE.csv (a row for each run: n, seconds),"
                        + " or the folder of a sweep"),
                new TimingsFile.Columns(
                        call.options().find(N_COLUMN),
                        call.options().find(SECONDS_COLUMN),
                        call.options().find(ORDER_COLUMN),
                        weak));
    }
}
