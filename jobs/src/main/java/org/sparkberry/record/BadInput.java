package org.sparkberry.record;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * Something that a person gave (an option, a file, an address, a folder) cannot be used. The message is one line that
 * names the thing, says what is wrong with it and what to do. The command line prints it and exits with 2.
 */
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BadInput(String message) {
        super(message);
    }

    public BadInput(String message, Throwable cause) {
        super(message, cause);
    }

    /** What was wrong with a file, in a few words of one line: {@code permission denied}, {@code no such file}. */
    public static String reason(IOException e) {
        // Hadoop wraps what the network said in a paragraph about it.
        if (e.getCause() instanceof IOException cause) {
            return reason(cause);
        }
        if (e instanceof UnknownHostException) {
            return "unknown host " + e.getMessage();
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "there is a file of that name";
        }
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        String message = e.getMessage() == null ? "" : e.getMessage();
        return message.lines().findFirst().orElseGet(() -> e.getClass().getSimpleName());
    }
}
