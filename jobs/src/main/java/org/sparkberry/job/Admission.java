package org.sparkberry.job;

import java.lang.reflect.InvocationTargetException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkberry.record.BadInput;

/** What a jar's job must be before anybody can name it; whoever wrote it learns from one line what it is not. */
final class Admission {
    private static final String SERVICES = "META-INF/services/" + Job.class.getName();

    /** What ServiceLoader says: the class, and what is wrong with it. */
    private static final Pattern PROVIDER =
            Pattern.compile(".*?: (?:Provider )?(\\S+) (not found|not a subtype|could not|not accessible|Unable).*");

    /** What the JVM says; class files of Java N have version 44 + N. */
    private static final Pattern NEWER = Pattern.compile("(\\S+) has been compiled by a more .*?version (\\d+)\\..*");

    private static final int CLASS_FILE_VERSION_OF_JAVA_0 = 44;

    private Admission() {}

    /**
     * Checks what a job says of itself.
     *
     * @throws BadInput if something is missing or cannot be used
     */
    static void check(Job job) {
        String type = job.getClass().getName();
        try {
            if (!job.name().matches("[a-z0-9][a-z0-9-]*")) {
                throw new BadInput(
                        type + ": a job's name is of lower-case letters, digits and hyphens, not '" + job.name() + "'");
            }
            Objects.requireNonNull(job.summary(), "summary() is null");
            Objects.requireNonNull(job.pattern(), "pattern() is null");
            List.copyOf(job.travels());
            List.copyOf(job.charts());
            if (job.blockSize() < 1) {
                throw new BadInput(type + ": blockSize() must be at least 1, not " + job.blockSize());
            }
            checkOptions(job, type);
        } catch (BadInput e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new BadInput(type + ": cannot say what it is: " + e, e);
        }
    }

    private static void checkOptions(Job job, String type) {
        Set<String> names = new HashSet<>();
        for (Option<?> option : Jobs.options(job)) {
            if (!option.name().matches("[a-z0-9][a-z0-9-]*")) {
                throw new BadInput(type + ": an option's name is of lower-case letters, digits and hyphens, not '"
                        + option.name() + "'");
            }
            if (!names.add(option.name())) {
                throw new BadInput(type + ": has two options " + option.flag()
                        + (option.name().equals(Parameters.SEED.name()) ? " (every job has that one already)" : ""));
            }
        }
        String size = job.size().defaultText();
        if (size == null) {
            throw new BadInput(type + ": its size, " + job.size().flag() + ", needs a default");
        }
        Objects.requireNonNull(job.size().read().apply(size), "the size is null");
    }

    /** Why a job could not be loaded, from what Java threw. */
    static BadInput refusal(Throwable error) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        if (cause instanceof InvocationTargetException || cause instanceof ExceptionInInitializerError) {
            cause = Objects.requireNonNullElse(cause.getCause(), cause);
        }
        String message = Objects.requireNonNullElse(cause.getMessage(), "");
        Matcher newer = NEWER.matcher(message);
        if (newer.matches()) {
            return new BadInput(
                    newer.group(1).replace('/', '.') + ": was compiled for Java "
                            + (Integer.parseInt(newer.group(2)) - CLASS_FILE_VERSION_OF_JAVA_0) + ", and this is Java "
                            + Runtime.version().feature() + "; compile it with --release 17, which runs everywhere",
                    error);
        }
        if (cause instanceof NoClassDefFoundError) {
            return new BadInput(
                    message.replace('/', '.') + ": a job needs this class, and no jar has it; add its jar to --jars",
                    error);
        }
        Matcher provider = PROVIDER.matcher(Objects.requireNonNullElse(error.getMessage(), ""));
        if (!(error instanceof ServiceConfigurationError) || !provider.matches()) {
            return new BadInput("a jar names a job that cannot be loaded: " + cause, error);
        }
        String type = provider.group(1);
        String reason = provider.group(2);
        if (reason.equals("not found")) {
            return new BadInput(
                    type + ": " + SERVICES + " names this class, and no jar has it; is it spelt right, with"
                            + " its package?",
                    error);
        }
        if (reason.equals("not a subtype")) {
            return new BadInput(
                    type + ": " + SERVICES + " names this class, but it does not implement " + Job.class.getName(),
                    error);
        }
        if (reason.equals("could not")
                && !(cause instanceof IllegalAccessException)
                && !(cause instanceof InstantiationException)) {
            return new BadInput(type + ": cannot be made, its constructor throws " + cause, error);
        }
        return new BadInput(
                type + ": must be a public class, not abstract, with a public constructor without" + " parameters",
                error);
    }
}
