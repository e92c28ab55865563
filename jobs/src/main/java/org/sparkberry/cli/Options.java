package org.sparkberry.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sparkberry.cluster.MasterUrl;
import org.sparkberry.cluster.SparkHome;
import org.sparkberry.job.Option;
import org.sparkberry.record.BadInput;

/** Options that several commands share. */
final class Options {
    static final Option<String> FORMAT =
            Option.choice("format", List.of("text", "json"), "text", "text for people, or one JSON object");
    static final Option<String> RESULTS =
            Option.text("results", "DIR", "results", "the folder in which the run gets a directory");
    static final Option<String> MASTER = Option.text(
            "master",
            "URL",
            null,
            "local[N], local[*], local-cluster[WORKERS,CORES,MiB], spark://HOST:PORT, or cluster: the one set up here");
    static final Option<Boolean> STACKTRACE = Option.toggle("stacktrace", "show where in the code an error arose");
    static final Option<Boolean> VERBOSE = Option.toggle("verbose", "show Spark's own log");

    /** What every command takes. */
    static final List<Option<?>> ALWAYS = List.of(STACKTRACE, VERBOSE);

    private Options() {}

    /**
     * Where Spark is, with the jars of a user's own jobs.
     *
     * @throws BadInput if there is none, or such a jar cannot be given to executors
     */
    static SparkHome sparkHome(Call call) {
        SparkHome home = SparkHome.at(call.surroundings().sparkHome());
        return home.with(JobJars.added(home.application()));
    }

    /**
     * The master to use, checked, and Spark's settings for it.
     *
     * @throws BadInput if it is none or cannot be reached; the message says where it was set
     */
    static Target target(Call call) {
        Optional<String> option = call.options().find(MASTER);
        Target target = call.surroundings().target(option);
        try {
            MasterUrl.check(target.master());
        } catch (BadInput e) {
            throw option.isPresent()
                    ? e
                    : new BadInput(e.getMessage() + " (it is spark.master in Spark's settings; give --master)", e);
        }
        return target;
    }

    static boolean isJson(Call call) {
        return call.options().get(FORMAT).equals("json");
    }

    static Path results(Call call) {
        return Path.of(call.options().get(RESULTS));
    }
}
