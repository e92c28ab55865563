package org.sparkberry.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What {@code ./sparkberry} did when it was started as a person starts it. */
record Launched(int exitCode, String out, String err) {
    private static final int DEADLINE_MINUTES = 12;

    /** The root of this repository. */
    static Path root() {
        return Path.of(System.getProperty("sparkberry.root")).toAbsolutePath().normalize();
    }

    /** Runs it in this folder to its end. */
    static Launched in(Path folder, String... words) throws IOException, InterruptedException {
        return in(folder, Map.of(), words);
    }

    /** Runs it in this folder with further environment variables. */
    static Launched in(Path folder, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(root().resolve("sparkberry").toString()));
        command.addAll(List.of(words));
        return of(folder, environment, command);
    }

    /** Runs any command in this folder to its end. */
    static Launched of(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("launched", ".out");
        Path err = Files.createTempFile("launched", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(
                        command + " did not end in " + DEADLINE_MINUTES + " minutes: " + Files.readString(err));
            }
            return new Launched(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
