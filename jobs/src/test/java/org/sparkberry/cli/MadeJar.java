package org.sparkberry.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.sparkberry.job.Job;

/** A jar as a user would make one: Java text, compiled against Sparkberry and nothing else. */
final class MadeJar {
    static final String SERVICES = "META-INF/services/org.sparkberry.job.Job";

    private final Path classes;

    private MadeJar(Path classes) {
        this.classes = classes;
    }

    /**
     * Compiles these texts.
     *
     * @param folder an empty one, for the classes
     * @param texts of Java, each beginning with its class's name and a blank
     */
    static MadeJar of(Path folder, String... texts) throws IOException, URISyntaxException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path sparkberry = Path.of(
                Job.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> words = new ArrayList<>(
                List.of("-proc:none", "--release", "17", "-cp", sparkberry.toString(), "-d", classes.toString()));
        for (String text : texts) {
            Path file = folder.resolve(text.substring(0, text.indexOf(' ')) + ".java");
            Files.writeString(file, text.substring(text.indexOf(' ') + 1));
            words.add(file.toString());
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new)) != 0) {
            throw new AssertionError("does not compile: " + String.join("\n", texts));
        }
        return new MadeJar(classes);
    }

    /** Adds a file beside the classes. */
    MadeJar with(String name, String content) throws IOException {
        Path file = classes.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
        return this;
    }

    /** Takes a class out again. */
    MadeJar without(String name) throws IOException {
        Files.delete(classes.resolve(name));
        return this;
    }

    /** Makes a class look as if it had been compiled for another Java: its bytes 6 and 7 are the version. */
    MadeJar asOfJava(int java, String name) throws IOException {
        byte[] bytes = Files.readAllBytes(classes.resolve(name));
        bytes[7] = (byte) (44 + java);
        Files.write(classes.resolve(name), bytes);
        return this;
    }

    /** Writes the jar. */
    Path at(Path jar) throws IOException {
        Files.createDirectories(jar.resolveSibling("."));
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, new java.util.jar.Manifest());
                Stream<Path> files = Files.walk(classes)) {
            files.filter(Files::isRegularFile).sorted().forEach(path -> {
                try {
                    out.putNextEntry(new JarEntry(classes.relativize(path).toString()));
                    out.write(Files.readAllBytes(path));
                    out.closeEntry();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return jar;
    }

    /** A Monte Carlo job of this name: its class is {@code own.Job0}, its model draws nothing. */
    static String job(String name, String constructor, String compute, String options) {
        return """
                Job0 package own;
                import java.util.List;
                import org.sparkberry.dataflow.Tables;
                import org.sparkberry.estimate.*;
                import org.sparkberry.job.*;
                import org.sparkberry.model.*;
                public class Job0 implements Job {
                    CONSTRUCTOR
                    public String name() { return "NAME"; }
                    public String summary() { return "made by a test"; }
                    public Option<Long> size() { return Option.trials("1000"); }
                    public long blockSize() { return 100; }
                    public List<Option<?>> options() { return List.of(OPTIONS); }
                    public Experiment prepare(Parameters parameters, Tables tables) {
                        return dataflow -> dataflow.sample(new Model0(), parameters.work(this),
                                all -> Result.of(all.count(), all.estimate("mean")));
                    }
                    static class Model0 implements Model<Mine> {
                        public Mine estimator() { return new Mine(); }
                        public void compute(Block block, Mine mine) {
                            COMPUTE
                        }
                    }
                    static class Mine implements Estimator<Mine> {
                        private final Moments moments = new Moments();
                        void add(double x) { moments.add(x); }
                        long count() { return moments.count(); }
                        Estimate estimate(String name) { return moments.estimate(name); }
                        public void merge(Mine other) { moments.merge(other.moments); }
                    }
                }
                """
                .replace("NAME", name)
                .replace("CONSTRUCTOR", constructor)
                .replace("COMPUTE", compute)
                .replace("OPTIONS", options);
    }

    /** The same, with nothing wrong with it. */
    static String job(String name) {
        return job(name, "", "mine.add(block.number());", "");
    }
}
