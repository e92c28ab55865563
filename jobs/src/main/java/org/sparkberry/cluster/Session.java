package org.sparkberry.cluster;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.SparkSession;
import org.sparkberry.dataflow.Place;
import org.sparkberry.dataflow.Progress;
import org.sparkberry.dataflow.SparkTasks;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Clock;
import org.sparkberry.record.HostState;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/** A Spark application, opened with the settings that every run of Sparkberry shares. */
public final class Session implements AutoCloseable, SparkTasks.Executors {
    /** Fits a board with 1 GB beside its system. */
    public static final int DEFAULT_EXECUTOR_MEBIBYTES = 480;

    /** Spark wants 450 MiB that the heap can use; the serial collector keeps a thirtieth of the heap for itself. */
    public static final int LEAST_EXECUTOR_MEBIBYTES = 470;

    private static final int REGISTRATION_DEADLINE_SECONDS = 60;
    private static final double EXECUTOR_DEADLINE_SECONDS = 60;
    /** Long enough that every core is busy with one at the same time. */
    private static final int GATE_TASK_MILLIS = 200;

    private static final int GATE_POLL_MILLIS = 50;
    private static final int GATE_ROUNDS = 20;

    private final SparkSession spark;
    private final ExecutorWatch watch;
    private final Participants participants;
    private final Map<String, Integer> coresByExecutor = new ConcurrentHashMap<>();
    private final Map<String, Place> placeByExecutor = new ConcurrentHashMap<>();
    private volatile int mostExecutors;
    private volatile int mostCores;

    private Session(SparkSession spark, int deadlineSeconds, Clock clock) {
        this.spark = spark;
        this.participants = new Participants(spark.sparkContext());
        // Executors come seconds after the driver: none is missed.
        spark.sparkContext().addSparkListener(new SparkListener() {
            @Override
            public void onExecutorAdded(SparkListenerExecutorAdded event) {
                coresByExecutor.put(event.executorId(), event.executorInfo().totalCores());
                placeByExecutor.put(
                        event.executorId(), new Place(event.executorInfo().executorHost(), event.executorId()));
                mostExecutors = Math.max(mostExecutors, coresByExecutor.size());
                mostCores = Math.max(mostCores, cores());
            }

            @Override
            public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
                coresByExecutor.remove(event.executorId());
                placeByExecutor.remove(event.executorId());
            }
        });
        this.watch = new ExecutorWatch(
                new ExecutorWatch.Application() {
                    @Override
                    public boolean isStarved() {
                        return coresByExecutor.isEmpty()
                                && !context().isStopped()
                                && context().statusTracker().getActiveJobIds().length > 0;
                    }

                    @Override
                    public void cancel() {
                        context().cancelAllJobs();
                    }
                },
                deadlineSeconds,
                clock);
    }

    /**
     * The configuration of an application: what spark-submit or the defaults file has set, and for the rest what
     * Sparkberry needs.
     *
     * @param given settings by their Spark names; they go before defaults, not before what exactness needs
     * @param jars what executors are to load beside the jars that are given by Spark's name
     */
    static SparkConf configuration(String name, String master, Map<String, String> given, List<Path> jars) {
        SparkConf conf = new SparkConf(false);
        given.forEach(conf::set);
        conf.setAppName(name).setMaster(master);
        conf.set("spark.serializer", KryoSerializer.class.getName());
        conf.set("spark.kryo.registrationRequired", "true");
        conf.set("spark.kryo.registrator", Registration.class.getName());
        conf.set("spark.jars", jars(given.getOrDefault("spark.jars", ""), jars));
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("spark.ui.enabled", "false");
        defaults.put("spark.log.level", "OFF");
        // A few MB of counts are sent with the task's end; beyond this size they would take a second way and trip.
        defaults.put("spark.task.maxDirectResultSize", "16m");
        defaults.put("spark.ui.showConsoleProgress", "false");
        // Spark's 4 deaths of executors under the same task are few where a board is flaky and the run long.
        defaults.put("spark.task.maxFailures", "10");
        // What nobody looks at: of a hundred thousand tasks it would fill the driver.
        defaults.put("spark.ui.retainedTasks", "1000");
        defaults.put(
                "spark.executor.memory", MasterUrl.workerMebibytes(master).orElse(DEFAULT_EXECUTOR_MEBIBYTES) + "m");
        if (MasterUrl.isStandalone(master)) {
            MasterUrl.addressTowards(master).ifPresent(address -> defaults.put("spark.driver.host", address));
        } else {
            defaults.put("spark.driver.host", "127.0.0.1");
            defaults.put("spark.driver.bindAddress", "127.0.0.1");
        }
        defaults.forEach(conf::setIfMissing);
        return conf;
    }

    /** Executors fetch jars into one folder, so a file name stands for its jar; spark-submit gave some of them already. */
    private static String jars(String given, List<Path> ours) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String jar : given.split(",", -1)) {
            byName.putIfAbsent(jar.substring(jar.lastIndexOf('/') + 1), jar);
        }
        for (Path jar : ours) {
            String uri = jar.toUri().toString();
            byName.putIfAbsent(uri.substring(uri.lastIndexOf('/') + 1), uri);
        }
        byName.remove("");
        return String.join(",", byName.values());
    }

    /**
     * Starts the application in this JVM. Its jobs fail if none of its executors is there for longer than
     * {@code spark.sparkberry.executorDeadline}; {@link #explained} says so.
     *
     * @throws BadInput if that is no time
     */
    static Session open(SparkConf conf, Clock clock) {
        int deadlineSeconds = ExecutorWatch.deadlineSeconds(conf);
        Session session = new Session(SparkSession.builder().config(conf).getOrCreate(), deadlineSeconds, clock);
        if (MasterUrl.hasExecutors(conf.get("spark.master"))) {
            session.watch.start();
        }
        return session;
    }

    /** Why the work on this application really failed: Spark only knows that a job was cancelled. */
    RuntimeException explained(RuntimeException failure) {
        return watch.failure().<RuntimeException>map(reason -> reason).orElse(failure);
    }

    /**
     * Starts an application and waits for its first executor.
     *
     * @throws BadInput if the master does not take the application, or gives it no executor in time
     */
    static Session openWithExecutors(SparkConf conf, Clock clock) {
        String master = conf.get("spark.master");
        if (!MasterUrl.hasExecutors(master)) {
            return open(conf, clock);
        }
        // Spark itself would try for a minute, or wait for ever.
        // Spark's threads take the class loader of the one that starts them: this one's has the jars of the jobs.
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        CompletableFuture<Session> opening = CompletableFuture.supplyAsync(() -> {
            Thread.currentThread().setContextClassLoader(loader);
            return open(conf, clock);
        });
        Session session;
        try {
            session = opening.get(REGISTRATION_DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new BadInput(
                    "--master: something answers at " + master + ", but does not take this application within "
                            + REGISTRATION_DEADLINE_SECONDS
                            + " s; is it a Spark 4.2 master, and is its secret (spark.authenticate.secret) yours?",
                    e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        if (!session.awaitExecutors(1, EXECUTOR_DEADLINE_SECONDS, clock)) {
            session.close();
            throw new BadInput("--master: " + master + " gave no executor of " + conf.get("spark.executor.memory")
                    + " within " + (int) EXECUTOR_DEADLINE_SECONDS
                    + " s; either no worker has that much memory and a core free, or the workers cannot connect back to"
                    + " this machine (set spark.driver.host to an address that they can reach)");
        }
        return session;
    }

    SparkSession spark() {
        return spark;
    }

    SparkContext context() {
        return spark.sparkContext();
    }

    /** How many tasks can run at the same time. Without executors those are this process's, as the master says. */
    @Override
    public int cores() {
        int cores =
                coresByExecutor.values().stream().mapToInt(Integer::intValue).sum();
        return cores > 0 ? cores : context().defaultParallelism();
    }

    /**
     * The most cores that there were at once. An application starts with its first executor, and the others come while
     * it computes.
     */
    public int mostCores() {
        return Math.max(mostCores, cores());
    }

    /** The most executors that there were at once. */
    public int mostExecutors() {
        return Math.max(mostExecutors, executors());
    }

    /** A dataflow on this application. */
    public SparkTasks tasks(int partitions, Progress progress) {
        participants.begin();
        return new SparkTasks(context(), partitions, progress, this);
    }

    /**
     * The hosts whose executors completed at least one task of this dataflow, by the names that Spark has for them,
     * sorted.
     */
    public List<String> hosts(SparkTasks dataflow) {
        return List.copyOf(participants.hosts(dataflow.jobs()));
    }

    @Override
    public Map<String, Place> places() {
        return placeByExecutor.isEmpty() ? Map.of(Place.DRIVER, Place.driver()) : Map.copyOf(placeByExecutor);
    }

    /** How many executors are registered now. */
    public int executors() {
        // The driver is in the list too.
        return context().statusTracker().getExecutorInfos().length - 1;
    }

    /**
     * Waits until so many executors are registered.
     *
     * @return whether they were before the deadline
     */
    public boolean awaitExecutors(int count, double deadlineSeconds, Clock clock) {
        long start = clock.nanos();
        while (executors() < count) {
            if (context().isStopped() || clock.secondsSince(start) > deadlineSeconds) {
                return false;
            }
            try {
                Thread.sleep(GATE_POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /**
     * Runs a task that does nothing on every core and asks every executor for its process and machine.
     *
     * @param cores of all executors together
     * @param executors how many answers to wait for
     * @return by executor; fewer than asked for if one does not answer in many rounds
     */
    public Map<String, ExecutorState> gate(int cores, int executors) {
        Map<String, ExecutorState> states = new LinkedHashMap<>();
        for (int round = 0; round < GATE_ROUNDS && states.size() < executors; round++) {
            ClassTag<ExecutorState> tag = ClassTag$.MODULE$.apply(ExecutorState.class);
            Object answers = context().runJob(context().range(0, cores, 1, cores), new GateTask(), tag);
            for (ExecutorState state : (ExecutorState[]) answers) {
                states.put(state.executorId(), state);
            }
        }
        return states;
    }

    @Override
    public void close() {
        watch.close();
        spark.stop();
    }

    /** Says where it ran. */
    private static final class GateTask extends AbstractFunction2<TaskContext, Iterator<Object>, ExecutorState>
            implements java.io.Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public ExecutorState apply(TaskContext context, Iterator<Object> numbers) {
            try {
                Thread.sleep(GATE_TASK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new ExecutorState(SparkEnv.get().executorId(), HostState.here());
        }
    }
}
