package org.sparkberry.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkberry.dataflow.CheckpointFolder;
import org.sparkberry.dataflow.CheckpointHeader;
import org.sparkberry.job.Option;
import org.sparkberry.job.Parameters;
import org.sparkberry.record.BadInput;

/**
 * A run that is about to begin, or to go on.
 *
 * @param given the job's options as typed, by name
 * @param parameters the job's
 * @param sampling how many trials
 * @param directory the run's, if it has one
 * @param elsewhere its checkpoints, if they are not to be in the run's directory or are there already
 * @param hadoop Hadoop's settings, by name
 */
record RunPlan(
        Map<String, String> given,
        Parameters parameters,
        SamplingOptions sampling,
        Optional<Path> directory,
        Optional<CheckpointFolder> elsewhere,
        Map<String, String> hadoop) {
    private static final Option<String> RESUME = Option.text(
            "resume", "DIR", null, "go on with the run whose directory (or --checkpoint) this is, to the same bits");
    private static final Option<String> CHECKPOINT = Option.text(
            "checkpoint",
            "DIR|URL",
            null,
            "where checkpoints go, such as hdfs://pi1:8020/pi (default: the run's directory)");
    private static final String HADOOP_PREFIX = "spark.hadoop.";

    static final List<Option<?>> OPTIONS = List.of(RESUME, CHECKPOINT);

    /**
     * What the options ask for.
     *
     * @param spark settings of Spark
     * @throws BadInput if they do not go together, or do not fit to the run that is to go on
     */
    static RunPlan of(Call call, Map<String, String> spark) {
        Map<String, String> hadoop = hadoop(spark);
        Optional<String> resume = call.options().find(RESUME);
        return resume.isPresent() ? resumed(call, resume.get(), hadoop) : fresh(call, hadoop);
    }

    /** The directory of this machine that is to be gone on with, if it is one. */
    static Optional<Path> resumedDirectory(Call call) {
        return call.options().find(RESUME).flatMap(RunPlan::local);
    }

    /** Where the checkpoints go of a run that has this directory. */
    CheckpointFolder checkpoints(Path ofRun) {
        return elsewhere.orElseGet(() -> CheckpointFolder.at(ofRun.toString(), hadoop));
    }

    private static RunPlan fresh(Call call, Map<String, String> hadoop) {
        SamplingOptions sampling = new SamplingOptions(call.options());
        Parameters parameters = sampling.parameters(call.job(), call.jobParameters());
        Optional<CheckpointFolder> checkpoints =
                call.options().find(CHECKPOINT).map(location -> CheckpointFolder.at(location, hadoop));
        if (checkpoints.flatMap(CheckpointFolder::newestHeader).isPresent()) {
            throw new BadInput("--checkpoint: " + checkpoints.get().location()
                    + " has the checkpoints of another run; go on with it by --resume, or give another place");
        }
        return new RunPlan(call.jobParameters().typed(), parameters, sampling, Optional.empty(), checkpoints, hadoop);
    }

    private static RunPlan resumed(Call call, String location, Map<String, String> hadoop) {
        if (call.options().isGiven(CHECKPOINT)) {
            throw new BadInput("--checkpoint: a resumed run goes on where its checkpoints are; leave it out");
        }
        CheckpointFolder checkpoints = CheckpointFolder.at(location, hadoop);
        CheckpointHeader header = checkpoints
                .newestHeader()
                .orElseThrow(() -> new BadInput("--resume: " + location
                        + " has no checkpoint; it must be the directory of a run that was stopped, or its"
                        + " --checkpoint"));
        if (!header.job().equals(call.job().name())) {
            throw new BadInput("--resume: " + location + " is a run of " + header.job() + ", not of "
                    + call.job().name());
        }
        SamplingOptions sampling = new SamplingOptions(call.options()).resume(header.sampling(), location);
        Parameters given = call.jobParameters().resume(header.parameters(), location);
        return new RunPlan(
                given.typed(),
                sampling.parameters(call.job(), given),
                sampling,
                local(location),
                Optional.of(checkpoints),
                hadoop);
    }

    private static Optional<Path> local(String location) {
        if (location.startsWith("file:")) {
            return Optional.of(Path.of(URI.create(location)));
        }
        return location.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*") ? Optional.empty() : Optional.of(Path.of(location));
    }

    /** Hadoop's settings among those of Spark, by their own names. */
    private static Map<String, String> hadoop(Map<String, String> settings) {
        Map<String, String> hadoop = new LinkedHashMap<>();
        settings.forEach((name, value) -> {
            if (name.startsWith(HADOOP_PREFIX)) {
                hadoop.put(name.substring(HADOOP_PREFIX.length()), value);
            }
        });
        return hadoop;
    }
}
