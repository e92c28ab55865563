package org.sparkberry.dataflow;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Environment;
import org.sparkberry.record.Json;

/**
 * What a checkpoint says of its run.
 *
 * @param schemaVersion of the file
 * @param sparkberry the version that wrote it
 * @param job the job's name
 * @param parameters the job's options that were given, as typed, by name
 * @param sampling the options of {@code run} that decide about the rounds and were given, as typed, by name
 * @param blocks up to which block the round goes that was under way
 * @param rounds those that were complete
 * @param computeSeconds that were spent on it
 * @param fingerprint of the first block: whether the job still computes the same is tested with it
 */
public record CheckpointHeader(
        int schemaVersion,
        String sparkberry,
        String job,
        Map<String, String> parameters,
        Map<String, String> sampling,
        long blocks,
        List<Round> rounds,
        double computeSeconds,
        long fingerprint) {
    static final int SCHEMA_VERSION = 1;

    /** What a run is, before it has computed anything. */
    public static CheckpointHeader of(String job, Map<String, String> parameters, Map<String, String> sampling) {
        return new CheckpointHeader(
                SCHEMA_VERSION, Environment.version(), job, parameters, sampling, 0, List.of(), 0, 0);
    }

    /**
     * Reads the line of a file.
     *
     * @throws BadInput if it was written by another version
     */
    static CheckpointHeader read(String file, String line) {
        try {
            int version = Json.schemaVersion(line);
            if (version != SCHEMA_VERSION) {
                throw new BadInput(file + ": schemaVersion " + version + " is not known to this version, which reads "
                        + SCHEMA_VERSION);
            }
            CheckpointHeader header = Json.parse(line, CheckpointHeader.class);
            if (!header.sparkberry.equals(Environment.version())) {
                throw new BadInput(file + ": was written by Sparkberry " + header.sparkberry + ", this is "
                        + Environment.version() + ", which may compute other bits; go on with that one, or start anew");
            }
            return header;
        } catch (IOException e) {
            throw new BadInput(file + ": is damaged: its header cannot be read; start the run anew", e);
        }
    }
}
