package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
    void theMasterIsTheOptionElseTheSettingElseThisMachine() throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("conf")).resolve("spark-defaults.conf"),
                "spark.master spark://pi1:7077\n");
        Surroundings surroundings = at(Map.of("SPARK_HOME", folder.toString()));

        assertThat(surroundings.target(Optional.of("local[2]")).master()).isEqualTo("local[2]");
        assertThat(surroundings.target(Optional.empty()).master()).isEqualTo("spark://pi1:7077");
        assertThat(at(Map.of("SPARK_HOME", folder.resolve("none").toString()))
                        .target(Optional.empty())
                        .master())
                .isEqualTo("local[*]");
    }

    @Test
    void theSettingsOfTheClusterThatWasSetUpHereAreFoundByItsMaster() throws Exception {
        ourCluster("spark.master spark://10.0.0.2:7077\nspark.authenticate.secret 5ecret\nspark.driver.port 7100\n");
        Surroundings surroundings = at(Map.of("SPARK_HOME", folder.toString()));

        assertThat(surroundings.target(Optional.of("spark://10.0.0.2:7077")).settings())
                .isEqualTo(Map.of(
                        "spark.master", "spark://10.0.0.2:7077",
                        "spark.authenticate.secret", "5ecret",
                        "spark.driver.port", "7100"));
        assertThat(surroundings.target(Optional.of("cluster")))
                .isEqualTo(surroundings.target(Optional.of("spark://10.0.0.2:7077")));
        assertThat(surroundings.target(Optional.of("cluster")).toString()).doesNotContain("5ecret");
        assertThat(surroundings.target(Optional.of("spark://10.0.0.3:7077")).settings())
                .isEmpty();
        assertThat(surroundings.target(Optional.of("local[2]")).settings()).isEmpty();
        assertThat(surroundings.target(Optional.empty())).isEqualTo(new Target("local[*]", Map.of()));
    }

    @Test
    void whatSparksOwnSettingsSayGoesBeforeThoseOfTheCluster() throws Exception {
        ourCluster("spark.master spark://10.0.0.2:7077\nspark.driver.port 7100\nspark.local.dir /tmp\n");
        Files.writeString(
                Files.createDirectories(folder.resolve("conf")).resolve("spark-defaults.conf"),
                "spark.master spark://10.0.0.2:7077\nspark.local.dir /mnt/ssd\n");

        assertThat(at(Map.of("SPARK_HOME", folder.toString())).target(Optional.empty()))
                .isEqualTo(new Target(
                        "spark://10.0.0.2:7077",
                        Map.of(
                                "spark.master", "spark://10.0.0.2:7077",
                                "spark.driver.port", "7100",
                                "spark.local.dir", "/mnt/ssd")));
    }

    @Test
    void whoSaysWhereSettingsAreDoesNotGetThoseOfTheCluster() throws Exception {
        ourCluster("spark.master spark://10.0.0.2:7077\nspark.driver.port 7100\n");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));

        assertThat(at(Map.of("SPARK_CONF_DIR", elsewhere.toString())).target(Optional.of("cluster")))
                .isEqualTo(new Target("spark://10.0.0.2:7077", Map.of()));

        Properties submit = properties("spark.submit.deployMode", "client");
        submit.setProperty("spark.master", "spark://10.0.0.2:7077");
        submit.setProperty("sparkberry.home", folder.toString());
        assertThat(new Surroundings(Map.of(), submit)
                        .target(Optional.of("cluster"))
                        .settings())
                .doesNotContainKey("spark.driver.port");
    }

    private void ourCluster(String settings) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("cluster/conf")).resolve("spark-defaults.conf"), settings);
    }

    private Surroundings at(Map<String, String> environment) {
        return new Surroundings(environment, properties("sparkberry.home", folder.toString()));
    }

    @Test
    void theSameMasterMayBeGivenTwice() {
        Properties submit = properties("spark.submit.deployMode", "client");
        submit.setProperty("spark.master", "local[2]");

        assertThat(new Surroundings(Map.of(), submit)
                        .target(Optional.of("local[2]"))
                        .master())
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
