package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkberry.report.MadeUpSweep;

/** Commands that only read files work where Spark is no more than a name: none of its classes is needed. */
final class QuickCommandsIT {
    private static final List<String> NEEDED = List.of(
            "jackson-annotations-",
            "jackson-core-",
            "jackson-databind-",
            "univocity-parsers-",
            "commons-math3-",
            "slf4j-api-");

    @TempDir
    Path folder;

    private Path home = Path.of("");

    /** A Spark home with the few libraries that are not Spark's own, and an empty spark-core. */
    @BeforeEach
    void takeSparkAway() throws IOException {
        home = folder.resolve("home");
        Path jars = Files.createDirectories(home.resolve("jars"));
        Files.writeString(jars.resolve("spark-core_2.13-4.2.0.jar"), "");
        Path real = Launched.root().resolve("cluster-setup/runtime/target/spark/jars");
        try (Stream<Path> files = Files.list(real)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (NEEDED.stream().anyMatch(name::startsWith)) {
                    Files.createSymbolicLink(jars.resolve(name), file);
                }
            }
        }
    }

    private Launched launch(String... words) throws Exception {
        return Launched.in(folder, Map.of("SPARK_HOME", home.toString()), words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fit DATA --fit-up-to 24", "fit DATA --format json", "plan DATA --node pi5-8gb"})
    void timingsFromAFile(String words) throws Exception {
        String data = Launched.root().resolve("datasets/scaling/raytracer.csv").toString();
        Launched launched = launch(words.replace("DATA", data).split(" ", -1));

        assertThat(launched.exitCode()).as(launched.err()).isZero();
        assertThat(launched.err()).isEmpty();
        assertThat(launched.out()).isNotBlank();
    }

    @Test
    void aReport() throws Exception {
        Path sweep = MadeUpSweep.directory(folder, 1, 2, 4).path();
        Launched launched = launch("report", sweep.toString());

        assertThat(launched.exitCode()).as(launched.err()).isZero();
        assertThat(launched.err()).isEmpty();
        assertThat(launched.out()).contains("written  " + sweep.resolve("report.html"));
    }
}
