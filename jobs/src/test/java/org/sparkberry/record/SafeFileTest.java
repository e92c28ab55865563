package org.sparkberry.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeFileTest {
    @TempDir
    Path folder;

    @Test
    void aWriterThatFailsInTheMiddleLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = folder.resolve("sweep.json");
        SafeFile.write(file, "old");
        assertThatThrownBy(() -> SafeFile.replace(file, beside -> {
                    Files.writeString(beside, "ne");
                    throw new IOException("no space left on device");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no space left on device");
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("sweep.json");
    }

    @Test
    void untilTheNewContentIsWholeTheOldFileIsInPlace() throws IOException {
        Path file = folder.resolve("sweep.json");
        SafeFile.write(file, "old");
        SafeFile.replace(file, beside -> {
            Files.writeString(beside, "new");
            // What a power cut would leave.
            assertThat(file).hasContent("old");
        });
        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("sweep.json");
    }

    @Test
    void whatAKilledWriterLeftBesideIsReplaced() throws IOException {
        Path file = folder.resolve("sweep.json");
        Files.writeString(folder.resolve(".sweep.json.partial"), "half of someth");
        SafeFile.write(file, "whole, κ");
        assertThat(file).hasContent("whole, κ");
        assertThat(names()).containsExactly("sweep.json");
    }

    @Test
    void appendAddsWholeLines() throws IOException {
        Path file = folder.resolve("runs.csv");
        SafeFile.append(file, List.of("a", "b"));
        SafeFile.append(file, List.of());
        SafeFile.append(file, List.of("ü"));
        assertThat(Files.readString(file)).isEqualTo("a\nb\nü\n");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
