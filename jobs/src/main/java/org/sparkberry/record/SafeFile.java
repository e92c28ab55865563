package org.sparkberry.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Files that are whole or not there: written beside, brought to the disk, renamed. */
public final class SafeFile {
    private SafeFile() {}

    /** Writes the content beside the file; {@link #replace} puts it in place. */
    public interface Content {
        void writeTo(Path beside) throws IOException;
    }

    public static void write(Path file, String text) throws IOException {
        replace(file, beside -> Files.writeString(beside, text, StandardCharsets.UTF_8));
    }

    /** Replaces the file by new content, or leaves it as it was and throws. */
    public static void replace(Path file, Content content) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + ".partial");
        try {
            Files.deleteIfExists(beside);
            content.writeTo(beside);
            sync(beside);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** Adds lines at the end and brings them to the disk; a crash may cut the last of them short. */
    static void append(Path file, List<String> lines) throws IOException {
        Files.write(file, lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        sync(file);
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
