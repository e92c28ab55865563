package org.sparkberry.dataflow;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Json;

/**
 * The checkpoints of a run, in a folder of any of Hadoop's file systems. Each is a file of its own, {@code checkpoint-}
 * and its number: written beside, brought to the disk, renamed to a name that is not taken, since replacing a file is
 * not atomic everywhere. The last two are kept.
 *
 * <p>A file is a magic line, a line of JSON ({@link CheckpointHeader}), the serialised state, and SHA-256 of all that.
 */
public final class CheckpointFolder implements AutoCloseable {
    private static final byte[] MAGIC = "SPARKBERRY-CHECKPOINT\n".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{9})");
    /** What a process that was killed in the middle of writing leaves. */
    private static final Pattern PARTIAL = Pattern.compile("\\.checkpoint-\\d{9}\\.partial");

    private static final Pattern HAS_SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");
    private static final int KEPT = 2;
    private static final int SHA_256_BYTES = 32;

    private final String location;
    private final FileSystem files;
    private final Path folder;
    private int last;

    private CheckpointFolder(String location, FileSystem files, Path folder) {
        this.location = location;
        this.files = files;
        this.folder = folder;
    }

    /**
     * What a checkpoint file holds, its checksum tested.
     *
     * @param header what is known before anything is computed
     * @param state the serialised ledger
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Stored(CheckpointHeader header, byte[] state) {}

    /**
     * The checkpoints at this place, which need not exist.
     *
     * @param location a folder of this machine, or an address such as hdfs://namenode/checkpoints
     * @param settings Hadoop's, by name
     * @throws BadInput if there is no such file system, or it cannot be reached
     */
    public static CheckpointFolder at(String location, Map<String, String> settings) {
        Configuration configuration = new Configuration();
        settings.forEach(configuration::set);
        try {
            if (!HAS_SCHEME.matcher(location).matches() || location.startsWith("file:")) {
                Path folder = location.startsWith("file:")
                        ? new Path(location)
                        : new Path(
                                java.nio.file.Path.of(location).toAbsolutePath().toUri());
                // Without the checksum files that Hadoop puts beside local ones: there is a checksum inside.
                return new CheckpointFolder(
                        location, FileSystem.getLocal(configuration).getRaw(), folder);
            }
            Path folder = new Path(location);
            FileSystem files = FileSystem.newInstance(folder.toUri(), configuration);
            return new CheckpointFolder(location, files, folder);
        } catch (UnsupportedFileSystemException e) {
            throw new BadInput(
                    location + ": no file system of that kind is known; give a folder of this machine or on hdfs://",
                    e);
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput(location + ": cannot be used for checkpoints: " + reason(e), e);
        }
    }

    /** As it was given. */
    public String location() {
        return location;
    }

    /**
     * The newest checkpoint; empty if there is none.
     *
     * @throws BadInput if it cannot be read, is damaged, or is of a version that is not known
     */
    Optional<Stored> newest() {
        try {
            List<FileStatus> all = all();
            if (all.isEmpty()) {
                return Optional.empty();
            }
            FileStatus newest = all.get(all.size() - 1);
            last = number(newest.getPath());
            return Optional.of(read(newest, all.size() > 1 ? Optional.of(all.get(all.size() - 2)) : Optional.empty()));
        } catch (IOException e) {
            throw new BadInput(location + ": cannot be read: " + BadInput.reason(e), e);
        } catch (FSError e) {
            throw new BadInput(location + ": cannot be read: " + BadInput.reason(new IOException(e.getCause())), e);
        }
    }

    /** What the newest checkpoint says of its run, as {@link #newest}. */
    public Optional<CheckpointHeader> newestHeader() {
        return newest().map(Stored::header);
    }

    /** Writes a further checkpoint, whole or not at all. */
    void write(CheckpointHeader header, byte[] state) throws IOException {
        files.mkdirs(folder);
        String name = String.format("checkpoint-%09d", last + 1);
        Path beside = new Path(folder, "." + name + ".partial");
        try {
            try (FSDataOutputStream out = files.create(beside, true)) {
                byte[] line = (Json.line(header) + "\n").getBytes(StandardCharsets.UTF_8);
                MessageDigest sha256 = sha256();
                for (byte[] part : List.of(MAGIC, line, state)) {
                    out.write(part);
                    sha256.update(part);
                }
                out.write(sha256.digest());
                out.hsync();
            }
            if (!files.rename(beside, new Path(folder, name))) {
                throw new IOException("cannot rename " + beside);
            }
        } catch (IOException e) {
            deleteIfPossible(beside);
            throw e;
        } catch (FSError e) {
            // So Hadoop reports what goes wrong on a disk of this machine.
            deleteIfPossible(beside);
            throw new IOException(e.getCause());
        }
        last++;
        List<FileStatus> all = all();
        for (FileStatus old : all.subList(0, Math.max(0, all.size() - KEPT))) {
            files.delete(old.getPath(), false);
        }
    }

    /** Deletes all checkpoints, half-written ones too: the run is finished. The folder stays if anything else is in it. */
    public void delete() throws IOException {
        if (!files.exists(folder)) {
            return;
        }
        for (FileStatus status : files.listStatus(folder)) {
            String name = status.getPath().getName();
            if (NAME.matcher(name).matches() || PARTIAL.matcher(name).matches()) {
                files.delete(status.getPath(), false);
            }
        }
        if (files.listStatus(folder).length == 0) {
            files.delete(folder, false);
        }
    }

    @Override
    public void close() throws IOException {
        if (!files.getUri().getScheme().equals("file")) {
            files.close();
        }
    }

    /** The oldest first. */
    private List<FileStatus> all() throws IOException {
        List<FileStatus> all = new ArrayList<>();
        try {
            for (FileStatus status : files.listStatus(folder)) {
                if (NAME.matcher(status.getPath().getName()).matches()) {
                    all.add(status);
                }
            }
        } catch (FileNotFoundException e) {
            return List.of();
        }
        all.sort(Comparator.comparing(status -> status.getPath().getName()));
        return all;
    }

    private static int number(Path file) {
        Matcher matcher = NAME.matcher(file.getName());
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private Stored read(FileStatus file, Optional<FileStatus> older) throws IOException {
        byte[] bytes;
        try (FSDataInputStream in = files.open(file.getPath())) {
            bytes = in.readAllBytes();
        }
        URI shown = file.getPath().toUri();
        String name = shown.getScheme() == null || shown.getScheme().equals("file") ? shown.getPath() : "" + shown;
        String cure = older.isPresent()
                ? "delete it to go on from the one before, "
                        + older.get().getPath().getName()
                : "start the run anew";
        int content = bytes.length - SHA_256_BYTES;
        if (content < MAGIC.length || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new BadInput(name + ": is no checkpoint, or is damaged; " + cure);
        }
        MessageDigest sha256 = sha256();
        sha256.update(bytes, 0, content);
        if (!ByteBuffer.wrap(sha256.digest()).equals(ByteBuffer.wrap(bytes, content, SHA_256_BYTES))) {
            throw new BadInput(name + ": is damaged (its SHA-256 is another one); " + cure);
        }
        int end = MAGIC.length;
        while (bytes[end] != '\n') {
            end++;
        }
        String line = new String(bytes, MAGIC.length, end - MAGIC.length, StandardCharsets.UTF_8);
        return new Stored(CheckpointHeader.read(name, line), Arrays.copyOfRange(bytes, end + 1, content));
    }

    private void deleteIfPossible(Path file) {
        try {
            files.delete(file, false);
        } catch (IOException e) {
            // The next checkpoint overwrites it.
        }
    }

    private static String reason(Exception e) {
        return e instanceof IOException io ? BadInput.reason(io) : "" + e.getMessage();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
