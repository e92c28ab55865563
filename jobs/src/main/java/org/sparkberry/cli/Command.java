package org.sparkberry.cli;

import java.io.IOException;
import java.util.List;
import org.sparkberry.job.Option;

/** One word of the command line. */
interface Command {
    int DONE = 0;
    int FAILED = 1;
    int BAD_INPUT = 2;
    int NOT_VERIFIED = 3;

    /** What a command works on. */
    enum Subject {
        NOTHING(""),
        /** A job, whose options the command then takes too. */
        JOB("JOB"),
        FILE("FILE"),
        DIRECTORY("DIR");

        private final String word;

        Subject(String word) {
            this.word = word;
        }

        /** What stands for it in the help, after a blank; nothing for nothing. */
        String inHelp() {
            return word.isEmpty() ? "" : " " + word;
        }
    }

    /** The word. */
    String name();

    /** What it does, in one line. */
    String summary();

    /** Whether it is for programs, not for people, and in no list. */
    default boolean isHidden() {
        return false;
    }

    /** What the word after it is. */
    Subject subject();

    /** Whether Spark's classes are there for it: a command that only reads files is started without them. */
    default boolean mayStartSpark() {
        return subject() == Subject.JOB;
    }

    /** Its own options. */
    List<Option<?>> options();

    /**
     * Does it.
     *
     * @return the exit code
     * @throws IOException if something that is not the user's fault fails
     */
    int execute(Call call) throws IOException;
}
