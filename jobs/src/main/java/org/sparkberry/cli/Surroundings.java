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
import org.sparkberry.record.BadInput;

/**
 * What the process was started with.
 *
 * @param environment its environment variables
 * @param properties its system properties
 */
record Surroundings(Map<String, String> environment, Properties properties) {
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
            source = new Properties();
            if (Files.exists(file)) {
                try (Reader reader = Files.newBufferedReader(file)) {
                    source.load(reader);
                } catch (IOException | IllegalArgumentException e) {
                    throw new BadInput(file + ": cannot be read as Spark settings: " + e.getMessage(), e);
                }
            }
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : source.stringPropertyNames()) {
            if (name.startsWith("spark.")) {
                settings.put(name, source.getProperty(name).strip());
            }
        }
        return settings;
    }

    /**
     * The master to use: the option's, else that of the settings, else all cores of this machine.
     *
     * @throws BadInput if spark-submit was given another one than the option
     */
    String master(Optional<String> option, Map<String, String> sparkSettings) {
        String set = sparkSettings.get("spark.master");
        if (isUnderSparkSubmit() && option.isPresent() && !option.get().equals(set)) {
            throw new BadInput("--master: spark-submit was given " + set + "; give --master to spark-submit alone,"
                    + " before the jar");
        }
        return option.orElse(set == null ? "local[*]" : set);
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
