package org.sparkberry.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * JSON as Sparkberry writes it: numbers in full. In files, what is not known is {@code null}: {@link #number}. A record
 * that goes from process to process keeps its NaN, as the text {@code "NaN"}.
 */
public final class Json {
    /** Records are written by their components alone: their questions ({@code isWeak}) are no properties. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private Json() {}

    /** One line. */
    public static String line(Object value) {
        return write(value, false);
    }

    /** Many lines, for people. */
    public static String pretty(Object value) {
        return write(value, true);
    }

    /** An object with its field names and values, in turn. */
    public static Map<String, Object> object() {
        return new LinkedHashMap<>();
    }

    /** A number, or null (in JSON) where it is NaN or infinite. */
    public static Object number(double value) {
        return Math.abs(value) <= Double.MAX_VALUE ? value : MAPPER.nullNode();
    }

    /** A whole number, or null (in JSON) where there is none. */
    static Object number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : MAPPER.nullNode();
    }

    /**
     * Reads a line that {@link #line} wrote of a record.
     *
     * @throws IOException if it is not JSON, or a component is missing, null, unknown or of another type
     */
    public static <T> T parse(String json, Class<T> type) throws IOException {
        return MAPPER.readValue(json, type);
    }

    /** The {@code schemaVersion} of a JSON object; 0 if it has none. */
    public static int schemaVersion(String json) throws IOException {
        return MAPPER.readTree(json).path("schemaVersion").asInt();
    }

    /** Reads any JSON text. */
    public static JsonNode tree(String json) throws IOException {
        return MAPPER.readTree(json);
    }

    /**
     * Reads a versioned file.
     *
     * @throws BadInput if it is not there, is not JSON, or is of another kind or version
     */
    public static JsonNode read(Path file, String kind, int version) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new BadInput(file + ": not JSON; was it changed or cut short?", e);
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read: " + BadInput.reason(e), e);
        }
        if (!kind.equals(tree.path("kind").asText())) {
            throw new BadInput(file + ": is not the record of a " + kind);
        }
        if (!tree.path("schemaVersion").equals(IntNode.valueOf(version))) {
            throw new BadInput(file + ": schemaVersion " + tree.path("schemaVersion")
                    + " is not known to this version, which reads " + version);
        }
        return tree;
    }

    private static String write(Object value, boolean pretty) {
        try {
            return pretty
                    ? MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value)
                    : MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not to be written as JSON: " + value.getClass(), e);
        }
    }
}
