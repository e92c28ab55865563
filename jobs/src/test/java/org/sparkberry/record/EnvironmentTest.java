package org.sparkberry.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkberry.model.Kernels;

class EnvironmentTest {
    private final Map<String, Object> environment = Environment.here("4.2.0", "spark://pi1:7077");

    @Test
    void theFieldsAreThoseOfTheSchemaInItsOrder() {
        assertThat(environment.keySet())
                .containsExactly(
                        "host",
                        "machine",
                        "processors",
                        "memoryBytes",
                        "architecture",
                        "operatingSystem",
                        "java",
                        "kernels",
                        "sparkberry",
                        "spark",
                        "master");
    }

    @Test
    void itSaysWhereThisProcessRuns() {
        assertThat(environment)
                .containsEntry("host", Hardware.host())
                .containsEntry("processors", Runtime.getRuntime().availableProcessors())
                .containsEntry("architecture", System.getProperty("os.arch"))
                .containsEntry("kernels", Kernels.inUse())
                .containsEntry("sparkberry", Environment.version())
                .containsEntry("spark", "4.2.0")
                .containsEntry("master", "spark://pi1:7077");
        assertThat((String) environment.get("java")).endsWith(" " + Runtime.version());
        assertThat((String) environment.get("operatingSystem")).startsWith("Linux ");
    }

    @Test
    void itCanBeWrittenAsJson() throws Exception {
        assertThat(Json.tree(Json.line(environment)).path("memoryBytes").isIntegralNumber())
                .isTrue();
    }
}
