package org.sparkberry.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import org.sparkberry.record.Clock;

/** {@code sparkberry COMMAND …}, and the class that {@code spark-submit sparkberry.jar COMMAND …} starts. */
public final class Main {
    private Main() {}

    /** Parses, runs, exits with the command's code. */
    public static void main(String[] args) {
        // UTF-8 whatever the locale: π and ± are in every table.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(standardError()), true, StandardCharsets.UTF_8);
        // For what others print: Log4j, and uncaught exceptions.
        System.setErr(err);
        Surroundings surroundings = new Surroundings(System.getenv(), System.getProperties());
        Terminal terminal = new Terminal(out, err, surroundings.isTerminal(), Clock.system());
        System.exit(new CommandLine(surroundings, terminal, Clock.system()).run(args));
    }

    /** Where the launcher filters what the JVM says, it keeps the unfiltered descriptor under another number. */
    private static FileDescriptor standardError() {
        Integer number = Integer.getInteger("sparkberry.stderr");
        if (number == null) {
            return FileDescriptor.err;
        }
        try {
            Constructor<FileDescriptor> constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            return constructor.newInstance(number);
        } catch (ReflectiveOperationException | RuntimeException e) {
            // The filter passes on all that the program says, if a moment later.
            return FileDescriptor.err;
        }
    }
}
