package org.sparkberry.model;

import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Which kernels compute: those of the Vector API where the JVM compiles them to the processor's vector instructions, else
 * scalar ones. Both give the same bits, so this decides about time alone.
 *
 * <p>A kernel is the innermost loop of a model, over {@value #LANES} lanes. It is an interface {@code XKernel}; the class
 * {@code XSimd} beside it uses the module {@code jdk.incubator.vector}, which a JVM has only if it was started with
 * {@code --add-modules jdk.incubator.vector}, and is therefore found by its name; outside of this package it must be public.
 */
public final class Kernels {
    /** Trials are dealt out to this many streams whatever the hardware: 8 × 64 bits fill one vector, or two, or four. */
    static final int LANES = 8;

    /** HotSpot gives a method to its second compiler after 5,000 calls, or fewer with loops; then that takes its time. */
    private static final int REHEARSALS_BETWEEN_PAUSES = 120;

    private static final int PAUSES = 60;
    private static final int PAUSE_MILLIS = 10;

    private static final int VECTOR_BITS = usefulBits(System.getProperties());

    private Kernels() {}

    /** What computes in this JVM: {@code vector, 8 × 64 bits} (4 or 2 on narrower hardware) or {@code scalar}. */
    public static String inUse() {
        return VECTOR_BITS == 0 ? "scalar" : "vector, " + VECTOR_BITS / Long.SIZE + " × 64 bits";
    }

    /**
     * The kernel of this type to use, to be asked for again now and then: {@link #find}, else the scalar one.
     */
    public static <K> Supplier<K> choose(Class<K> type, K scalar, Consumer<K> rehearsal) {
        Supplier<Optional<K>> vector = find(type, rehearsal);
        return () -> vector.get().orElse(scalar);
    }

    /**
     * The kernel of this type that uses vectors, once the JVM has compiled it, to be asked for again now and then. That
     * takes a second of calls, in which vectors are objects and a hundred times slower than scalars: those calls are made
     * in a thread of their own.
     *
     * @param type an interface {@code XKernel}
     * @param rehearsal calls a kernel with some work of a few microseconds
     */
    public static <K> Supplier<Optional<K>> find(Class<K> type, Consumer<K> rehearsal) {
        Optional<K> vector =
                VECTOR_BITS == 0 ? Optional.empty() : load(type, type.getName().replaceFirst("Kernel$", "Simd"));
        if (vector.isEmpty()) {
            return Optional::empty;
        }
        K kernel = vector.get();
        AtomicReference<Optional<K>> current = new AtomicReference<>(Optional.empty());
        Thread thread = new Thread(
                () -> {
                    rehearse(kernel, rehearsal);
                    current.set(vector);
                },
                kernel.getClass().getSimpleName());
        thread.setDaemon(true);
        thread.start();
        return current::get;
    }

    private static <K> void rehearse(K kernel, Consumer<K> rehearsal) {
        try {
            for (int pause = 0; pause < PAUSES; pause++) {
                for (int i = 0; i < REHEARSALS_BETWEEN_PAUSES; i++) {
                    rehearsal.accept(kernel);
                }
                // The compiler works meanwhile, perhaps on the same core.
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it; then the kernel is used as it is.
            Thread.currentThread().interrupt();
        }
    }

    /** The width of the vectors, 0 where they do not pay. */
    static int usefulBits(Properties properties) {
        int bits = compilesVectors(properties)
                ? load(IntSupplier.class, "org.sparkberry.random.WidthSimd")
                        .map(IntSupplier::getAsInt)
                        .orElse(0)
                : 0;
        // A processor of x86 with less than 256 bits for integers has no fused multiply-add, which Java then computes
        // with BigDecimal; every aarch64 has one.
        return bits >= ("aarch64".equals(properties.getProperty("os.arch")) ? 128 : 256) ? bits : 0;
    }

    /** Only HotSpot's second compiler makes vectors of vectors: without it they are objects, and a hundred times slower. */
    private static boolean compilesVectors(Properties properties) {
        String mode = properties.getProperty("java.vm.info", "");
        return mode.startsWith("mixed mode")
                && !mode.contains("emulated-client")
                && !properties.getProperty("java.vm.version", "").contains("jvmci");
    }

    private static <K> Optional<K> load(Class<K> type, String name) {
        try {
            return Optional.of(
                    type.cast(Class.forName(name).getDeclaredConstructor().newInstance()));
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.empty();
        }
    }
}
