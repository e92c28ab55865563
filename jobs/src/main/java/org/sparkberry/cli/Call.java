package org.sparkberry.cli;

import java.util.Optional;
import org.sparkberry.job.Job;
import org.sparkberry.job.Parameters;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Clock;

/**
 * What a command works with.
 *
 * @param chosenJob the job that was named
 * @param jobParameters the checked values of the job's options
 * @param options the checked values of the command's own options
 * @param surroundings what the process was started with
 * @param terminal where text goes
 * @param clock the time
 */
record Call(
        Optional<Job> chosenJob,
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
}
