package org.sparkberry.cluster;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs another main class and ends with the process that started it, however that one ends: their only tie is this
 * process's standard input, which reaches its end when the other is gone, killed or not. Then the children of this
 * process are killed and its working folder is deleted.
 *
 * <p>Arguments: the folder to delete (or {@code -}), the main class, its arguments.
 */
public final class Tether {
    private static final String NO_FOLDER = "-";

    private Tether() {}

    /** Runs the main class that the arguments name. */
    public static void main(String[] args) throws ReflectiveOperationException {
        String folder = args[0];
        Thread watch = new Thread(() -> watch(folder), "tether");
        watch.setDaemon(true);
        watch.start();
        try {
            Class.forName(args[1]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 2, args.length));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(args[1] + " failed", e.getCause());
        }
    }

    private static void watch(String folder) {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; only the end counts.
            }
        } catch (IOException e) {
            // A broken pipe says the same as its end.
        }
        List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        children.forEach(child -> child.onExit().join());
        if (!folder.equals(NO_FOLDER)) {
            deleteTree(Path.of(folder));
        }
        Runtime.getRuntime().halt(0);
    }

    /** Deletes what can be deleted; what cannot, another process's tether deletes. */
    static void deleteTree(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            // Files come and go while the cluster's processes end.
        }
    }
}
