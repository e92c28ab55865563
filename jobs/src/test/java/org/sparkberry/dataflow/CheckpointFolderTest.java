package org.sparkberry.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.record.BadInput;

class CheckpointFolderTest {
    private static final CheckpointHeader HEADER =
            CheckpointHeader.of("pi", Map.of("trials", "1e9"), Map.of("precision", "0.1%"));

    @TempDir
    Path folder;

    @Test
    void theNewestIsReadAsItWasWritten() throws IOException {
        CheckpointFolder checkpoints = open();
        assertThat(checkpoints.newest()).isEmpty();
        checkpoints.write(HEADER, bytes("one"));
        checkpoints.write(HEADER, bytes("two\nlines"));

        CheckpointFolder.Stored stored = open().newest().orElseThrow();

        assertThat(stored.header()).isEqualTo(HEADER);
        assertThat(stored.state()).isEqualTo(bytes("two\nlines"));
    }

    @Test
    void twoAreKeptAndNothingElseIsLeft() throws IOException {
        CheckpointFolder checkpoints = open();
        for (int i = 0; i < 5; i++) {
            checkpoints.write(HEADER, bytes("" + i));
        }
        assertThat(names()).containsExactly("checkpoint-000000004", "checkpoint-000000005");

        // Another process goes on with the numbers.
        CheckpointFolder later = open();
        later.newest();
        later.write(HEADER, bytes("later"));
        assertThat(names()).containsExactly("checkpoint-000000005", "checkpoint-000000006");

        later.delete();
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void whatElseIsInTheFolderStays() throws IOException {
        CheckpointFolder checkpoints = open();
        checkpoints.write(HEADER, bytes("one"));
        Files.writeString(folder.resolve("run/notes.txt"), "mine");
        checkpoints.delete();
        assertThat(names()).containsExactly("notes.txt");
    }

    @Test
    void everyByteIsUnderTheChecksum() throws IOException {
        CheckpointFolder checkpoints = open();
        checkpoints.write(HEADER, bytes("state"));
        Path file = folder.resolve("run/checkpoint-000000001");
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 1;
            Files.write(file, damaged);
            assertThatThrownBy(() -> open().newest()).as("byte " + i).isInstanceOf(BadInput.class);
        }
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> open().newest())
                    .as("length " + length)
                    .isInstanceOf(BadInput.class)
                    .hasMessageStartingWith(file + ": is ")
                    .hasMessageEndingWith("start the run anew");
        }
        // The way back is told where there is one.
        checkpoints.write(HEADER, bytes("newer"));
        Files.writeString(folder.resolve("run/checkpoint-000000002"), "damaged");
        assertThatThrownBy(() -> open().newest())
                .hasMessageEndingWith("delete it to go on from the one before, checkpoint-000000001");
    }

    @Test
    void theChecksumIsSha256OfWhatIsBeforeIt() throws Exception {
        open().write(HEADER, bytes("state"));
        byte[] whole = Files.readAllBytes(folder.resolve("run/checkpoint-000000001"));
        byte[] content = java.util.Arrays.copyOf(whole, whole.length - 32);
        assertThat(new String(content, StandardCharsets.UTF_8))
                .startsWith("SPARKBERRY-CHECKPOINT\n{\"schemaVersion\":1,")
                .endsWith("}\nstate");
        assertThat(MessageDigest.getInstance("SHA-256").digest(content))
                .isEqualTo(java.util.Arrays.copyOfRange(whole, whole.length - 32, whole.length));
    }

    @Test
    void anotherVersionIsRefusedByName() throws IOException {
        CheckpointHeader other = new CheckpointHeader(2, "0.1.0", "pi", Map.of(), Map.of(), 0, List.of(), 0, 0);
        open().write(other, bytes(""));
        assertThatThrownBy(() -> open().newest())
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("schemaVersion 2 is not known to this version, which reads 1");

        CheckpointFolder checkpoints = CheckpointFolder.at(folder.resolve("old").toString(), Map.of());
        checkpoints.write(new CheckpointHeader(1, "0.0.9", "pi", Map.of(), Map.of(), 0, List.of(), 0, 0), bytes(""));
        assertThatThrownBy(checkpoints::newest)
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("was written by Sparkberry 0.0.9, this is unpackaged");
    }

    @Test
    void aHalfWrittenOneIsNoCheckpoint() throws IOException {
        CheckpointFolder checkpoints = open();
        checkpoints.write(HEADER, bytes("one"));
        Files.writeString(folder.resolve("run/.checkpoint-000000002.partial"), "SPARKBERRY-CHECK");
        assertThat(open().newest().orElseThrow().state()).isEqualTo(bytes("one"));
        checkpoints.write(HEADER, bytes("two"));
        assertThat(names()).containsExactly("checkpoint-000000001", "checkpoint-000000002");

        Files.writeString(folder.resolve("run/.checkpoint-000000003.partial"), "SPARKBERRY-CHECK");
        checkpoints.delete();
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void whereItCannotBeWrittenThatIsSaidAndTheLastOneIsKept() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        CheckpointFolder checkpoints =
                CheckpointFolder.at(folder.resolve("file/run").toString(), Map.of());
        assertThatThrownBy(() -> checkpoints.write(HEADER, bytes("one"))).isInstanceOf(IOException.class);
    }

    @Test
    void anUnknownFileSystemIsRefused() {
        assertThatThrownBy(() -> CheckpointFolder.at("nofs://pi1/x", Map.of()))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("nofs://pi1/x: no file system of that kind is known");
    }

    private CheckpointFolder open() {
        return CheckpointFolder.at(folder.resolve("run").toString(), Map.of());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("run"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
