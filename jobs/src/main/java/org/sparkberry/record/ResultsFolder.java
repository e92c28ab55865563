package org.sparkberry.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparkberry.estimate.Table;

/** The folder in which every run gets a directory of its own. */
public final class ResultsFolder {
    /** More than the small files of a run need: a disk that cannot take this is full. */
    private static final int PROBE_BYTES = 1 << 16;

    private static final String RUN_FILE = "run.json";

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
     * Makes the directory of a run that begins.
     *
     * @throws BadInput if it cannot be made
     */
    public Path begin(String job, Instant start) {
        return create(job + "-" + Clock.stamp(start));
    }

    /** Writes a state on the way as {@code snapshots/NAME.parquet} into a run's directory. */
    public static void snapshot(Path directory, Table table) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("snapshots"));
        TableFiles.parquet(folder.resolve(table.name() + ".parquet"), table);
    }

    /**
     * Writes the files of a run that has ended into its directory; {@code run.json} is the last, so that a directory
     * which has it is complete.
     *
     * @param further writes what the directory holds beside: after the result itself, before {@code run.json}
     * @throws BadInput if they cannot be written
     */
    public static void finish(Path directory, RunRecord run, Runnable further) {
        List<Path> written = new ArrayList<>();
        try {
            Files.createDirectories(directory);
            for (Table table : run.result().tables()) {
                written.addAll(TableFiles.files(directory, table));
                TableFiles.write(directory, table);
            }
            written.add(directory.resolve("estimates.csv"));
            SafeFile.write(directory.resolve("estimates.csv"), TableFiles.csv(run.estimates()));
            further.run();
            SafeFile.write(directory.resolve(RUN_FILE), Json.pretty(run.json()) + "\n");
        } catch (IOException e) {
            written.forEach(ResultsFolder::deleteIfPossible);
            throw new BadInput("run directory " + directory + " cannot be written: " + BadInput.reason(e), e);
        }
    }

    /**
     * The digest of the run that has ended in this directory; empty if none has.
     *
     * @throws BadInput if its {@code run.json} is damaged
     */
    public static Optional<String> digest(Path directory) {
        Path file = directory.resolve(RUN_FILE);
        return Files.exists(file)
                ? Optional.of(Json.read(file, RunRecord.KIND, RunRecord.SCHEMA_VERSION)
                        .path("digest")
                        .asText())
                : Optional.empty();
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
}
