package org.sparkberry.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.sparkberry.record.Clock;

/** What the command line did in this JVM, where it started no Spark: milliseconds instead of seconds. */
record Invoked(int exitCode, String out, String err) {
    /** With nothing around it but a Spark home. */
    static Invoked with(Path sparkHome, String... words) {
        return with(new Surroundings(Map.of("SPARK_HOME", sparkHome.toString()), properties()), words);
    }

    static Invoked with(Surroundings surroundings, String... words) {
        return with(surroundings, Clock.system(), words);
    }

    static Invoked with(Surroundings surroundings, Clock clock, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                Clock.system());
        int exitCode = new CommandLine(surroundings, terminal, clock).run(words);
        return new Invoked(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The system properties that the launcher gives. */
    static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("sparkberry.home", Launched.root().toString());
        return properties;
    }

    /** A folder that is taken for a Spark home. */
    static Path sparkHome(Path folder) throws IOException {
        Path jars = Files.createDirectories(folder.resolve("spark/jars"));
        Files.writeString(jars.resolve("spark-core_2.13-4.2.0.jar"), "");
        return folder.resolve("spark");
    }
}
