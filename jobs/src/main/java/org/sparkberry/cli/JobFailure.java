package org.sparkberry.cli;

import java.io.NotSerializableException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What broke inside a job of a user's own, said so that its author knows where to look and what to do. */
final class JobFailure {
    /** Kryo's words. */
    private static final Pattern NOT_REGISTERED = Pattern.compile("Class is not registered: (\\S+)");

    private JobFailure() {}

    /**
     * One line, if a job of a user's own is to blame.
     *
     * @param root the first cause of a failure
     * @param isOfJob whether the class of this name is in a jar of a user's own jobs
     */
    static Optional<String> inWords(Throwable root, Predicate<String> isOfJob) {
        String message = String.valueOf(root.getMessage());
        Matcher notRegistered = NOT_REGISTERED.matcher(message);
        if (notRegistered.find()) {
            return Optional.of(notRegistered.group(1) + " travels between processes and is not registered with Kryo:"
                    + " list it in travels() of the job");
        }
        if (root instanceof NotSerializableException) {
            return Optional.of(message.lines().findFirst().orElse("")
                    + " travels to the executors and is not java.io.Serializable: make it so, or keep it out of the"
                    + " model");
        }
        return Arrays.stream(root.getStackTrace())
                .filter(frame -> isOfJob.test(frame.getClassName()))
                .findFirst()
                .map(frame -> root.getClass().getName() + " in " + frame.getClassName() + "." + frame.getMethodName()
                        + " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")"
                        + (root.getMessage() == null ? "" : ": " + message));
    }
}
