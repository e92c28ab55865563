package org.sparkberry.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, 0.1, 1.0 / 3, Math.PI, 1e300, Double.MIN_VALUE, -2.5, 1e16})
    void aNumberKeepsEveryBit(double value) throws IOException {
        // Read by a plain mapper: what another program would read.
        double read = new ObjectMapper().readTree(Json.line(Json.number(value))).doubleValue();
        assertThat(Double.doubleToLongBits(read)).isEqualTo(Double.doubleToLongBits(value));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNotKnownIsNull(double value) {
        assertThat(Json.line(Map.of("x", Json.number(value)))).isEqualTo("{\"x\":null}");
    }

    @Test
    void aWholeNumberThatIsNotKnownIsNull() {
        assertThat(Json.line(Json.number(OptionalLong.empty()))).isEqualTo("null");
        assertThat(Json.line(Json.number(OptionalLong.of(Long.MIN_VALUE)))).isEqualTo("-9223372036854775808");
    }

    @Test
    void anObjectKeepsTheOrderOfItsFields() {
        Map<String, Object> object = Json.object();
        object.put("z", 1);
        object.put("a", 2);
        assertThat(Json.line(object)).isEqualTo("{\"z\":1,\"a\":2}");
    }

    @Test
    void aLineIsOneLineWhateverIsInIt() {
        assertThat(Json.line(List.of("a\nb\r\u2028"))).doesNotContain("\n", "\r");
    }

    @Test
    void aRecordWithAFieldMissingNullUnknownOrOfAnotherTypeIsRefused() throws IOException {
        String machine = "\"swappedBytes\":4096,\"celsius\":48.5,\"clockMillis\":-7";
        assertThat(Json.parse("{\"host\":\"pi1\",\"pid\":7,\"throttling\":-1," + machine + "}", HostState.class))
                .isEqualTo(new HostState("pi1", 7, -1, 4096, 48.5, -7));
        for (String json : List.of(
                "{\"host\":\"pi1\",\"pid\":7," + machine + "}",
                "{\"host\":null,\"pid\":7,\"throttling\":-1," + machine + "}",
                "{\"host\":\"pi1\",\"pid\":7,\"throttling\":-1,\"more\":0," + machine + "}",
                "{\"host\":\"pi1\",\"pid\":\"seven\",\"throttling\":-1," + machine + "}",
                "{\"host\":\"pi1\",\"pid\":7,")) {
            assertThatThrownBy(() -> Json.parse(json, HostState.class)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void readGivesAFileOfTheKindAndVersionAskedFor() throws IOException {
        Path file = file("{\"kind\":\"run\",\"schemaVersion\":1,\"job\":\"pi\"}");
        assertThat(Json.read(file, "run", 1).path("job").asText()).isEqualTo("pi");
    }

    @Test
    void readRefusesAnotherKind() throws IOException {
        assertThatThrownBy(() -> Json.read(file("{\"kind\":\"run\",\"schemaVersion\":1}"), "sweep", 1))
                .isInstanceOf(BadInput.class)
                .hasMessage(folder.resolve("file.json") + ": is not the record of a sweep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "0", "\"1.0\"", "null", "[1]"})
    void readRefusesAnotherVersion(String version) throws IOException {
        Path file = file("{\"kind\":\"run\",\"schemaVersion\":" + version + "}");
        assertThatThrownBy(() -> Json.read(file, "run", 1))
                .isInstanceOf(BadInput.class)
                .hasMessage(file + ": schemaVersion " + version + " is not known to this version, which reads 1");
    }

    @Test
    void readRefusesAFileWithoutAVersion() throws IOException {
        Path file = file("{\"kind\":\"run\"}");
        assertThatThrownBy(() -> Json.read(file, "run", 1))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("schemaVersion");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"kind\":\"run\",\"schemaVer", "kind: run", "{"})
    void readRefusesWhatIsNotJson(String text) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> Json.read(file, "run", 1))
                .isInstanceOf(BadInput.class)
                .hasMessage(file + ": not JSON; was it changed or cut short?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "null"})
    void readRefusesJsonThatIsNoObject(String text) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> Json.read(file, "run", 1)).isInstanceOf(BadInput.class);
    }

    @Test
    void readSaysWhyAFileCannotBeRead() {
        assertThatThrownBy(() -> Json.read(folder.resolve("none.json"), "run", 1))
                .isInstanceOf(BadInput.class)
                .hasMessage(folder.resolve("none.json") + ": cannot be read: no such file or folder");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file.json"), text);
    }
}
