package org.sparkberry.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The datasets are the bytes that their README says. */
final class DatasetsTest {
    private static final Path DATASETS = Path.of(System.getProperty("sparkberry.root"), "datasets");

    private static final Path SAMPLES = DATASETS.resolve("samples");

    @Test
    void everyFileHasARowWithItsBytesAndSum() throws Exception {
        List<String> readme = Files.readAllLines(DATASETS.resolve("README.md"));
        List<Path> data;
        try (Stream<Path> files = Files.walk(DATASETS)) {
            data = new ArrayList<>(files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("README.md"))
                    .filter(file -> !file.startsWith(SAMPLES)) // they have SHA256SUMS, which the notebooks' tests check
                    .toList());
        }

        assertThat(data).isNotEmpty();
        for (Path file : data) {
            byte[] bytes = Files.readAllBytes(file);
            String sum = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            String name = DATASETS.relativize(file).toString();
            assertThat(readme)
                    .as(name)
                    .anyMatch(row -> row.startsWith("| `" + name + "` |")
                            && row.contains("| " + bytes.length + " |")
                            && row.endsWith("| `" + sum + "` |"));
        }
    }
}
