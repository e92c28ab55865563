package org.sparkberry.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.sparkberry.estimate.Estimator;
import org.sparkberry.model.Model;
import org.sparkberry.model.Work;
import org.sparkberry.model.galaxy.NBody;
import org.sparkberry.random.Streams;

/** Blocks of a model, one after the other, in one thread. The rate is trials over the thread's processor time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class KernelBenchmark {
    @Param({"pi", "value-at-risk", "european", "asian", "galaxy", "pi-as-spark-does"})
    public String kernel = "";

    private static final long WARM_UP_NANOS = 2_000_000_000L;

    private Block block = () -> 0;

    /** Computes the next block and returns how many trials it had. */
    private interface Block {
        long compute();
    }

    /** What JMH's own clock does not see: other programs take this thread's processor, on any machine that is not idle. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Counters {
        private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        public long trials;
        public long processorNanos;
        private long start;

        @Setup(Level.Iteration)
        public void begin() {
            trials = 0;
            start = THREADS.getCurrentThreadCpuTime();
        }

        @TearDown(Level.Iteration)
        public void end() {
            processorNanos = THREADS.getCurrentThreadCpuTime() - start;
        }
    }

    private void prepare() {
        block = switch (kernel) {
            case "pi" -> blocks(Workloads.darts(), 1 << 20);
            case "value-at-risk" -> blocks(Workloads.bootstrap(), 1 << 16);
            case "european" -> blocks(Workloads.european(), 1 << 15);
            case "asian" -> blocks(Workloads.asian(), 1 << 11);
            case "galaxy" -> attraction(Workloads.galaxy());
            default -> new SparkPi()::block;
        };
    }

    /** A kernel of vectors is in use when the thread that makes the JVM compile it has ended. */
    @Setup
    public void warmUp() {
        prepare();
        do {
            block.compute();
        } while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().endsWith("Simd")));
        long enough = Counters.THREADS.getCurrentThreadCpuTime() + WARM_UP_NANOS;
        while (Counters.THREADS.getCurrentThreadCpuTime() < enough) {
            block.compute();
        }
    }

    @Benchmark
    public void run(Counters counters) {
        counters.trials += block.compute();
    }

    /** A trial is what one body does to another. */
    private static Block attraction(NBody bodies) {
        double[][] states = new double[bodies.blocks()][];
        double[][] shown = new double[states.length][];
        for (int block = 0; block < states.length; block++) {
            states[block] = bodies.initial(block);
            shown[block] = bodies.shown(block, states[block], 0);
        }
        int[] next = {0};
        return () -> {
            int block = next[0];
            next[0] = (block + 1) % states.length;
            states[block] = bodies.step(block, 0, states[block], shown);
            return (long) NBody.BODIES_PER_BLOCK * Workloads.BODIES;
        };
    }

    private static <E extends Estimator<E>> Block blocks(Model<E> model, long trials) {
        E estimator = model.estimator();
        Work work = new Work(new Streams(1, "benchmark"), 1L << 50, trials);
        long[] number = {0};
        return () -> {
            model.compute(work.block(number[0]++), estimator);
            return trials;
        };
    }
}
