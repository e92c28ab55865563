package org.sparkberry.cli;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** Spark's own log: none, unless it is asked for. What goes wrong reaches a person as one line of our own. */
final class Logging {
    private Logging() {}

    /** No log at all, for what does without Spark: Log4j takes longer to start than most commands take. */
    static void none() {
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        // Else it says which provider it took.
        System.setProperty("slf4j.internal.verbosity", "WARN");
    }

    /** Call it before Spark starts. */
    static void configure(boolean verbose) {
        String resource = verbose ? "log4j2-verbose.properties" : "log4j2-quiet.properties";
        System.setProperty("log4j2.configurationFile", "classpath:org/sparkberry/cli/" + resource);
        // Under spark-submit the log was set up before this program began.
        Configurator.setRootLevel(verbose ? Level.INFO : Level.OFF);
    }
}
