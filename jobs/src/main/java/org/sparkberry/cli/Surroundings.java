package org.sparkberry.cli;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.sparkberry.cluster.MasterUrl;
import org.sparkberry.record.BadInput;

/**
 * What the process was started with.
 *
 * @param environment its environment variables
 * @param properties its system properties
 */
record Surroundings(Map<String, String> environment, Properties properties) {
    /** What a person may say for the master of the cluster that was set up here. */
    static final String OUR_CLUSTER = "cluster";

    private static final String MASTER = "spark.master";

    /** spark-submit puts the application's settings into the system properties, this one always. */
    boolean isUnderSparkSubmit() {
        return properties.containsKey("spark.submit.deployMode");
    }

    /** Whether standard error is a terminal, which the launcher knows. */
    boolean isTerminal() {
        return "true".equals(properties.getProperty("sparkberry.terminal"));
    }

    /**
     * Where Spark is.
     *
     * @throws BadInput if nothing says so
     */
    Path sparkHome() {
        return variable("SPARK_HOME")
                .map(Path::of)
                .orElseThrow(() -> new BadInput("SPARK_HOME is not set; start with ./sparkberry"));
    }

    /** The folder that holds Sparkberry's {@code datasets/}: what the launcher says, else above the jar. */
    Path home() {
        String told = properties.getProperty("sparkberry.home");
        if (told != null) {
            return Path.of(told);
        }
        Path folder = Path.of(URI.create(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toString()));
        while (folder != null && !Files.isDirectory(folder.resolve("datasets"))) {
            folder = folder.getParent();
        }
        return folder == null ? Path.of("") : folder;
    }

    /**
     * Settings of Spark for a cluster: those of spark-submit, else those of {@code spark-defaults.conf}.
     *
     * @throws BadInput if that file is there but cannot be read
     */
    Map<String, String> sparkSettings() {
        Properties source = properties;
        if (!isUnderSparkSubmit()) {
            Path file = variable("SPARK_CONF_DIR")
                    .map(Path::of)
                    .orElseGet(() -> sparkHome().resolve("conf"))
                    .resolve("spark-defaults.conf");
            source = Files.exists(file) ? read(file) : new Properties();
        }
        return settings(source);
    }

    /**
     * The master to use, and Spark's settings for it. The master is the option's, else that of {@link #sparkSettings},
     * else all cores of this machine. If it is that of the cluster that was set up here, and neither spark-submit nor
     * {@code SPARK_CONF_DIR} says where settings come from, the cluster's settings hold where Spark's own say nothing.
     *
     * @param option a master URL, or {@link #OUR_CLUSTER}
     * @throws BadInput if spark-submit was given another one than the option, or no cluster was set up here that is
     *     asked for, or its settings cannot be read
     */
    Target target(Optional<String> option) {
        Map<String, String> own = sparkSettings();
        String master = master(option.map(word -> word.equals(OUR_CLUSTER) ? masterOfOurCluster() : word), own);
        Map<String, String> settings = new LinkedHashMap<>();
        boolean isToldElsewhere =
                isUnderSparkSubmit() || variable("SPARK_CONF_DIR").isPresent();
        if (!isToldElsewhere && MasterUrl.isStandalone(master) && Files.exists(ourCluster())) {
            Map<String, String> ours = settings(read(ourCluster()));
            if (master.equals(ours.get(MASTER))) {
                settings.putAll(ours);
            }
        }
        settings.putAll(own);
        return new Target(master, settings);
    }

    private String master(Optional<String> option, Map<String, String> sparkSettings) {
        String set = sparkSettings.get(MASTER);
        if (isUnderSparkSubmit() && option.isPresent() && !option.get().equals(set)) {
            throw new BadInput("--master: spark-submit was given " + set + "; give --master to spark-submit alone,"
                    + " before the jar");
        }
        return option.orElse(set == null ? "local[*]" : set);
    }

    /** Where {@code sparkberry cluster up} writes the settings of the cluster. */
    private Path ourCluster() {
        return home().resolve("cluster/conf/spark-defaults.conf");
    }

    private String masterOfOurCluster() {
        if (!Files.exists(ourCluster())) {
            throw new BadInput(
                    "--master: no cluster is set up here: ./sparkberry cluster init …, then ./sparkberry cluster up");
        }
        return Optional.ofNullable(settings(read(ourCluster())).get(MASTER))
                .orElseThrow(() -> new BadInput("--master: " + ourCluster()
                        + " names no spark.master; write it again with ./sparkberry cluster up"));
    }

    private static Properties read(Path file) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
            return read;
        } catch (IOException e) {
            throw new BadInput(
                    file + ": cannot be read as Spark settings: " + BadInput.reason(e)
                            + " (is it yours? SPARK_CONF_DIR names another folder)",
                    e);
        } catch (IllegalArgumentException e) {
            throw new BadInput(file + ": cannot be read as Spark settings: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> settings(Properties source) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : source.stringPropertyNames()) {
            if (name.startsWith("spark.")) {
                settings.put(name, source.getProperty(name).strip());
            }
        }
        return settings;
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
