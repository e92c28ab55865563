package org.sparkberry.record;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
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
     * Tries the folder by making it and writing into it, and leaves no trace of that: a run must not find out after an
     * hour that it has nowhere to leave its result.
     *
     * @throws BadInput if it cannot be written
     */
    public static ResultsFolder open(Path folder) {
        Path there = folder.toAbsolutePath().normalize();
        List<Path> missing = new ArrayList<>();
        while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS) && there.getParent() != null) {
            missing.add(there);
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new BadInput("results folder " + folder + " cannot be made: " + there
                    + " is there and is not a folder (set --results)");
        }
        Path probe = folder.resolve(".probe-" + ProcessHandle.current().pid());
        try {
            Files.createDirectories(folder);
            Files.write(probe, new byte[PROBE_BYTES]);
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        } finally {
            deleteIfPossible(probe);
            missing.forEach(ResultsFolder::deleteIfPossible);
        }
        return new ResultsFolder(folder);
    }

    private static void deleteIfPossible(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // Another run has put something into the folder by now.
        }
    }

    /**
     * Writes a run's directory, whole or not at all.
     *
     * @return the directory
     * @throws BadInput if it cannot be written
     */
    public Path write(RunRecord run) {
        String name = run.job() + "-" + Clock.stamp(run.times().start());
        Path partial = folder.resolve("." + name + "-" + ProcessHandle.current().pid() + ".partial");
        try {
            Files.createDirectories(folder);
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
            Files.createDirectories(folder);
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
