package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SurroundingsTest {
    @TempDir
    Path folder;

    @Test
    void theDefaultsFileSetsWhatSparkSubmitDoesNot() throws Exception {
        Path conf = Files.createDirectories(folder.resolve("conf"));
        Files.writeString(
                conf.resolve("spark-defaults.conf"),
                "# a comment\nspark.master   spark://pi1:7077 \nspark.local.dir=/mnt/ssd\nother.setting x\n");
        Surroundings alone = new Surroundings(Map.of("SPARK_HOME", folder.toString()), properties("spark.x", "1"));

        assertThat(alone.sparkSettings())
                .isEqualTo(Map.of("spark.master", "spark://pi1:7077", "spark.local.dir", "/mnt/ssd"));

        Surroundings submitted = new Surroundings(
                Map.of("SPARK_HOME", folder.toString()), properties("spark.submit.deployMode", "client"));
        assertThat(submitted.sparkSettings()).isEqualTo(Map.of("spark.submit.deployMode", "client"));
    }

    @Test
    void theFolderOfSettingsMayBeElsewhereOrMissing() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("spark-defaults.conf"), "spark.a b\n");
        Surroundings surroundings = new Surroundings(Map.of("SPARK_CONF_DIR", elsewhere.toString()), new Properties());

        assertThat(surroundings.sparkSettings()).isEqualTo(Map.of("spark.a", "b"));

        Surroundings none = new Surroundings(Map.of("SPARK_HOME", folder.toString()), new Properties());
        assertThat(none.sparkSettings()).isEmpty();
    }

    @Test
    void theMasterIsTheOptionElseTheSettingElseThisMachine() {
        Surroundings surroundings = new Surroundings(Map.of(), new Properties());
        Map<String, String> set = Map.of("spark.master", "spark://pi1:7077");

        assertThat(surroundings.master(Optional.of("local[2]"), set)).isEqualTo("local[2]");
        assertThat(surroundings.master(Optional.empty(), set)).isEqualTo("spark://pi1:7077");
        assertThat(surroundings.master(Optional.empty(), Map.of())).isEqualTo("local[*]");
    }

    @Test
    void theSameMasterMayBeGivenTwice() {
        Surroundings submitted = new Surroundings(Map.of(), properties("spark.submit.deployMode", "client"));

        assertThat(submitted.master(Optional.of("local[2]"), Map.of("spark.master", "local[2]")))
                .isEqualTo("local[2]");
    }

    @Test
    void theDatasetsAreWhereTheLauncherSaysElseAboveTheClasses() {
        assertThat(new Surroundings(Map.of(), properties("sparkberry.home", "/opt/sparkberry")).home())
                .isEqualTo(Path.of("/opt/sparkberry"));
        assertThat(new Surroundings(Map.of(), new Properties()).home()).isEqualTo(Launched.root());
    }

    @Test
    void aTerminalIsWhatTheLauncherSawAsOne() {
        assertThat(new Surroundings(Map.of(), properties("sparkberry.terminal", "true")).isTerminal())
                .isTrue();
        assertThat(new Surroundings(Map.of(), new Properties()).isTerminal()).isFalse();
    }

    private static Properties properties(String name, String value) {
        Properties properties = new Properties();
        properties.setProperty(name, value);
        return properties;
    }
}
