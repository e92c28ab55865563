package org.sparkberry.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.sparkberry.record.BadInput;

/** All jobs of Sparkberry's jar, and of those that the thread's context class loader has beside it. */
public final class Jobs {
    private Jobs() {}

    /**
     * The jobs by name, those of a user's jar too.
     *
     * @throws BadInput if a jar names a job that cannot be loaded or used, or two jobs have one name
     */
    public static List<Job> all() {
        List<Job> jobs = new ArrayList<>();
        try {
            ServiceLoader.load(Job.class, Thread.currentThread().getContextClassLoader())
                    .forEach(jobs::add);
        } catch (ServiceConfigurationError | LinkageError e) {
            throw Admission.refusal(e);
        }
        jobs.forEach(Admission::check);
        jobs.sort(Comparator.comparing(Job::name));
        for (int i = 1; i < jobs.size(); i++) {
            if (jobs.get(i).name().equals(jobs.get(i - 1).name())) {
                throw new BadInput("two jobs have the name " + jobs.get(i).name() + ": "
                        + jobs.get(i - 1).getClass().getName() + " and "
                        + jobs.get(i).getClass().getName() + "; give your own another one");
            }
        }
        return jobs;
    }

    /** The options of a job as the command line offers them: its size, the seed, its own. */
    public static List<Option<?>> options(Job job) {
        List<Option<?>> options = new ArrayList<>();
        options.add(job.size());
        options.add(Parameters.SEED);
        options.addAll(job.options());
        return options;
    }
}
