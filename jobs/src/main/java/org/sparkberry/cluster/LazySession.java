package org.sparkberry.cluster;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.sparkberry.record.Clock;

/** A session that starts when it is first asked for: bad input is found before, and a job that reads none needs none. */
public final class LazySession implements Supplier<SparkSession>, AutoCloseable {
    private final Supplier<Session> opener;
    private final Clock clock;
    private @Nullable Session session;
    private double startSeconds;

    private LazySession(Supplier<Session> opener, Clock clock) {
        this.opener = opener;
        this.clock = clock;
    }

    /**
     * An application that waits for its first executor.
     *
     * @param settings of Spark, by their names
     * @param starting is run when it starts
     */
    public static LazySession application(
            String name, String master, Map<String, String> settings, SparkHome home, Runnable starting, Clock clock) {
        SparkConf conf = Session.configuration(name, master, settings, home.jars());
        return new LazySession(
                () -> {
                    starting.run();
                    return Session.openWithExecutors(conf, clock);
                },
                clock);
    }

    /** A Spark of one thread in this process, to read a dataset with. */
    static LazySession local(SparkHome home, Clock clock) {
        return new LazySession(
                () -> Session.open(Session.configuration("sparkberry input", "local[1]", Map.of(), home.jars()), clock),
                clock);
    }

    /** The session, started by now. */
    public Session session() {
        Session open = session;
        if (open == null) {
            long start = clock.nanos();
            open = opener.get();
            startSeconds = clock.secondsSince(start);
            session = open;
        }
        return open;
    }

    /** What starting it took; 0 if it was not started. */
    public double startSeconds() {
        return startSeconds;
    }

    /** Why the work on this application really failed: Spark only knows that a job was cancelled. */
    public RuntimeException explained(RuntimeException failure) {
        return session == null ? failure : session.explained(failure);
    }

    @Override
    public SparkSession get() {
        return session().spark();
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }
}
