package org.sparkberry.record;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sparkberry.estimate.Table;

/** The folder in which every run gets a directory of its own. */
public final class ResultsFolder {
    /** More than the small files of a run need: a disk that cannot take this is full. */
    private static final int PROBE_BYTES = 1 << 16;

    private final Path folder;

    private ResultsFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens the folder, makes it if it is not there, and tries it by writing: a run must not find out after an hour
     * that it has nowhere to leave its result.
     *
     * @throws BadInput if it cannot be written
     */
    public static ResultsFolder open(Path folder) {
        Path probe = folder.resolve(".probe-" + ProcessHandle.current().pid());
        try {
            Files.createDirectories(folder);
            try {
                Files.write(probe, new byte[PROBE_BYTES]);
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
        return new ResultsFolder(folder);
    }

    /**
     * Writes a run's directory, whole or not at all.
     *
     * @return the directory
     * @throws BadInput if it cannot be written
     */
    public Path write(RunRecord run) {
        String name = run.job() + "-" + Clock.stamp(run.times().start());
        Path partial = folder.resolve("." + name + ".partial");
        try {
            delete(partial);
            Files.createDirectory(partial);
            SafeFile.write(partial.resolve("run.json"), Json.pretty(run.json()) + "\n");
            SafeFile.write(partial.resolve("estimates.csv"), TableFiles.csv(run.estimates()));
            for (Table table : run.result().tables()) {
                TableFiles.write(partial, table);
            }
            Path directory = free(name);
            Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
            return directory;
        } catch (IOException e) {
            try {
                delete(partial);
            } catch (IOException ignored) {
                e.addSuppressed(ignored);
            }
            throw cannotWrite(folder, e);
        }
    }

    /**
     * Makes an empty directory of this name, or of this name with a number where that is taken.
     *
     * @throws BadInput if it cannot be made
     */
    Path create(String name) {
        try {
            return Files.createDirectory(free(name));
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }

    static BadInput cannotWrite(Path folder, IOException e) {
        return new BadInput(
                "results folder " + folder + " cannot be written: " + BadInput.reason(e) + " (set --results)", e);
    }

    private Path free(String name) {
        Path directory = folder.resolve(name);
        for (int i = 2; Files.exists(directory); i++) {
            directory = folder.resolve(name + "-" + i);
        }
        return directory;
    }

    /** Deletes a flat directory, if it is there. */
    private static void delete(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
