package org.sparkberry.cluster;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.sparkberry.record.BadInput;

/**
 * A Spark home, this program's jar and those of a user's own jobs: from them, Java processes of the cluster are started.
 *
 * @param folder the Spark home, with {@code jars/}
 * @param application this program: its jar, or its folder of classes in a test
 * @param jobJars what executors need beside it
 */
public record SparkHome(Path folder, Path application, List<Path> jobJars) {
    /** For processes that compute: the kernels' vectors. It prints a warning at every start. */
    static final String VECTOR_MODULE = "--add-modules=jdk.incubator.vector";

    /**
     * The Spark home at this folder.
     *
     * @throws BadInput if there is no Spark in it
     */
    public static SparkHome at(Path folder) {
        try (Stream<Path> jars = Files.list(folder.resolve("jars"))) {
            if (jars.noneMatch(jar -> jar.getFileName().toString().startsWith("spark-core_"))) {
                throw new BadInput("SPARK_HOME " + folder + ": has no jars/spark-core_*.jar; start with ./sparkberry");
            }
        } catch (IOException e) {
            throw new BadInput("SPARK_HOME " + folder + ": is not a Spark home; start with ./sparkberry", e);
        }
        try {
            Path application = Path.of(SparkHome.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new SparkHome(folder.toAbsolutePath(), application, List.of());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("not a file", e);
        }
    }

    /** The same with jars of a user's own jobs. */
    public SparkHome with(List<Path> jars) {
        return new SparkHome(folder, application, List.copyOf(jars));
    }

    /** What executors are to load: this program's jar and those of the jobs. */
    List<Path> jars() {
        return Stream.concat(Stream.of(application), jobJars.stream())
                .filter(path -> path.toString().endsWith(".jar"))
                .toList();
    }

    /** The version of the Spark on the class path. */
    public static String sparkVersion() {
        return org.apache.spark.package$.MODULE$.SPARK_VERSION();
    }

    /**
     * The command line of a Java process of this cluster, on the same Java as this one.
     *
     * @param heapMebibytes its largest heap
     * @param options further options of the JVM
     */
    List<String> java(int heapMebibytes, List<String> options, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heapMebibytes + "m");
        // The collector that suits small heaps and few cores, on every machine the same: HotSpot would choose by size.
        command.add("-XX:+UseSerialGC");
        command.addAll(moduleOptions());
        command.addAll(options);
        command.add("-cp");
        command.add(application + java.io.File.pathSeparator + folder.resolve("jars") + "/*");
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /** Spark's, but for the vector module, which most of these processes do not need. */
    private static List<String> moduleOptions() {
        return Arrays.stream(JavaModuleOptions.defaultModuleOptionArray())
                .filter(option -> !option.equals(VECTOR_MODULE))
                .toList();
    }
}
