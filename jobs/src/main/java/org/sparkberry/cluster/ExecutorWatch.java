package org.sparkberry.cluster;

import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Clock;

/**
 * Ends the jobs of an application that has work and no executor for too long: Spark itself would wait for ever, for
 * example for a master that was started again and knows nothing of it.
 */
final class ExecutorWatch implements AutoCloseable {
    /** How long is too long, as Spark writes durations. */
    static final String SETTING = "spark.sparkberry.executorDeadline";

    /** A Pi that starts again is back after a minute or two. */
    private static final String DEFAULT = "180s";

    private static final int TICK_MILLIS = 1_000;

    private final Application application;
    private final int deadlineSeconds;
    private final Clock clock;
    private final Timer timer = new Timer("executor watch", true);
    private long since;
    private volatile @Nullable IllegalStateException failure;

    /** What is watched. */
    interface Application {
        /** Whether a job is running that has no executor. */
        boolean isStarved();

        /** Lets all jobs fail. */
        void cancel();
    }

    ExecutorWatch(Application application, int deadlineSeconds, Clock clock) {
        this.application = application;
        this.deadlineSeconds = deadlineSeconds;
        this.clock = clock;
        this.since = clock.nanos();
    }

    /**
     * The deadline that these settings ask for, in seconds.
     *
     * @throws BadInput if it is none
     */
    static int deadlineSeconds(SparkConf conf) {
        String text = conf.get(SETTING, DEFAULT);
        try {
            long seconds = conf.getTimeAsSeconds(SETTING, DEFAULT);
            if (seconds >= 1 && seconds <= Integer.MAX_VALUE) {
                return (int) seconds;
            }
        } catch (RuntimeException e) {
            throw new BadInput(SETTING + ": must be a time such as 180s or 3min, not '" + text + "'", e);
        }
        throw new BadInput(SETTING + ": must be a time of 1s or more, not '" + text + "'");
    }

    /** Looks every second from now on. */
    void start() {
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        try {
                            look();
                        } catch (RuntimeException e) {
                            // The application ended while it was looked at: there is nothing left to watch.
                        }
                    }
                },
                TICK_MILLIS,
                TICK_MILLIS);
    }

    void look() {
        if (!application.isStarved()) {
            since = clock.nanos();
        } else if (clock.secondsSince(since) > deadlineSeconds) {
            failure = new IllegalStateException("the cluster has had no executor for " + deadlineSeconds
                    + " s; are its master and its workers well? A master that was started again may have forgotten"
                    + " this application (" + SETTING + " is how long to wait)");
            application.cancel();
        }
    }

    /** Why jobs were ended, if they were. */
    Optional<IllegalStateException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
