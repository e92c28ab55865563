package org.sparkberry.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.sparkberry.job.Job;
import org.sparkberry.job.Parameters;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Clock;

/**
 * What a command works with.
 *
 * @param chosenJob the job that was named
 * @param chosenPath the file or directory that was named
 * @param jobParameters the checked values of the job's options
 * @param options the checked values of the command's own options
 * @param surroundings what the process was started with
 * @param terminal where text goes
 * @param clock the time
 */
record Call(
        Optional<Job> chosenJob,
        Optional<String> chosenPath,
        Parameters jobParameters,
        Parameters options,
        Surroundings surroundings,
        Terminal terminal,
        Clock clock) {

    /**
     * The job.
     *
     * @throws BadInput if none was named
     */
    Job job() {
        return chosenJob.orElseThrow(() -> new BadInput("which job? 'sparkberry jobs' lists the jobs"));
    }

    /**
     * The file or directory.
     *
     * @throws BadInput if none was named; the question says which is wanted
     */
    Path path(String question) {
        String word = chosenPath.orElseThrow(() -> new BadInput(question));
        try {
            return Path.of(word);
        } catch (InvalidPathException e) {
            throw new BadInput("'" + word + "': is no name of a file", e);
        }
    }
}
