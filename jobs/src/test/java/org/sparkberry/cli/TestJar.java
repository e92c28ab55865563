package org.sparkberry.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sparkberry.job.Job;

/** Sparkberry's jar with a job of the tests added, named as a user's jar would name it. */
record TestJar(Path jar) {
    private static final String SERVICES = "META-INF/services/org.sparkberry.job.Job";

    /** Makes it in this folder. */
    static TestJar with(Class<? extends Job> job, Path folder) throws IOException, URISyntaxException {
        Path jar = folder.resolve("with-" + job.getSimpleName() + ".jar");
        Files.copy(Launched.root().resolve("jobs/target/sparkberry.jar"), jar);
        Path compiled =
                Path.of(job.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path classes = compiled.resolve(job.getPackageName().replace('.', '/'));
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of());
                Stream<Path> files = Files.list(classes)) {
            // The model within the job is a class of its own: Job$Model.
            for (Path file : files.filter(
                            path -> path.getFileName().toString().matches(job.getSimpleName() + "(\\$.*)?\\.class"))
                    .toList()) {
                Files.copy(file, zip.getPath(compiled.relativize(file).toString()));
            }
            Path list = zip.getPath(SERVICES);
            Files.writeString(list, Files.readString(list) + job.getName() + "\n");
        }
        return new TestJar(jar);
    }

    /** Runs its command line in this folder to its end. */
    Launched launch(Path folder, String... words) throws IOException, InterruptedException {
        return Launched.of(
                folder, Map.of("SPARK_HOME", sparkHome().toString(), "SPARK_SCALA_VERSION", "2.13"), java(words));
    }

    private List<String> java(String... words) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
        // The options that the tests themselves run with are those that Spark needs.
        Stream.of("java.lang", "java.lang.invoke", "java.nio", "java.util", "sun.nio.ch", "sun.util.calendar")
                .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
                .forEach(command::add);
        command.addAll(List.of("-cp", jar + ":" + sparkHome().resolve("jars") + "/*", "org.sparkberry.cli.Main"));
        command.addAll(List.of(words));
        return command;
    }

    private static Path sparkHome() {
        return Launched.root().resolve("cluster-setup/runtime/target/spark");
    }
}
