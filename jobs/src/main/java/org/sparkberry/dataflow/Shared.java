package org.sparkberry.dataflow;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * A value that all tasks of a pass read. A small one goes along with every task; a large one is sent to every executor
 * once, from the driver and from executor to executor, and unpacked there once.
 *
 * @param <T> what it is
 */
public final class Shared<T extends Serializable> implements Serializable, AutoCloseable {
    private static final long serialVersionUID = 1;

    /** Sending a value beforehand takes a question and an answer more, which is worth it from about this size. */
    private static final int SMALL_BYTES = 1 << 16;

    private final @Nullable T small;
    private final @Nullable Broadcast<Carried> large;

    /**
     * What is sent: written by Java's own serialisation, as tasks are, so that no class need be named to Kryo.
     *
     * @param value itself
     */
    public record Carried(Serializable value) implements Serializable {}

    Shared(SparkContext spark, T value) {
        if (isSmall(value)) {
            small = value;
            large = null;
        } else {
            ClassTag<Carried> tag = ClassTag$.MODULE$.apply(Carried.class);
            small = null;
            large = spark.broadcast(new Carried(value), tag);
        }
    }

    /** The value, on the driver or in a task. */
    @SuppressWarnings("unchecked") // The constructor put it there.
    T value() {
        return large == null ? Objects.requireNonNull(small) : (T) large.value().value();
    }

    /** Frees the executors' memory: no task that still counts needs it any more. */
    @Override
    public void close() {
        if (large != null) {
            large.destroy();
        }
    }

    private static boolean isSmall(Serializable value) {
        try (ObjectOutputStream out = new ObjectOutputStream(new Limited())) {
            out.writeObject(value);
            return true;
        } catch (TooMuch e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(value.getClass().getName() + " must be serialisable", e);
        }
    }

    /** Counts what is written, up to a limit. */
    private static final class Limited extends OutputStream {
        private int bytes;

        @Override
        public void write(int one) throws TooMuch {
            count(1);
        }

        @Override
        public void write(byte[] many, int offset, int length) throws TooMuch {
            count(length);
        }

        private void count(int more) throws TooMuch {
            bytes += more;
            if (bytes > SMALL_BYTES) {
                throw new TooMuch();
            }
        }
    }

    private static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1;
    }
}
