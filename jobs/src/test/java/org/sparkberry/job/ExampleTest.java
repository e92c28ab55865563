package org.sparkberry.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The example of a user's own job is what jobs/README.md says of it. {@code ExampleIT} builds and runs it. */
final class ExampleTest {
    private static final Path ROOT = Path.of(System.getProperty("sparkberry.root"));
    private static final Path SOURCES = ROOT.resolve("jobs/example/src/main/java");

    @Test
    void theReadmeShowsTheCodeOfTheExample() throws IOException {
        String readme = Files.readString(ROOT.resolve("jobs/README.md"));

        assertThat(readme).contains("```java\n" + Files.readString(SOURCES.resolve("example/Birthday.java")) + "```\n");
    }

    @Test
    void itHasAtMostFortyLinesOfJava() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> java = files.filter(Files::isRegularFile).toList();
            int lines = 0;
            for (Path file : java) {
                List<String> text = Files.readAllLines(file);
                lines += text.size();
                assertThat(text).allMatch(line -> line.length() <= 100);
            }
            assertThat(lines).isBetween(1, 40);
        }
    }

    @Test
    void itsVersionsAreThoseOfTheBuild() throws IOException {
        String root = Files.readString(ROOT.resolve("pom.xml"));
        String example = Files.readString(ROOT.resolve("jobs/example/pom.xml"));
        String version = first("<artifactId>sparkberry</artifactId>\\s*<version>([^<]+)", root);

        assertThat(example).contains("<sparkberry.version>" + version + "</sparkberry.version>");
        String release = first("<maven.compiler.release>([^<]+)", root);
        assertThat(example).contains("<maven.compiler.release>" + release + "</maven.compiler.release>");
        List<MatchResult> plugins = Pattern.compile("<artifactId>(maven-\\w+-plugin)</artifactId>\\s*<version>([^<]+)")
                .matcher(example)
                .results()
                .toList();
        assertThat(plugins).hasSizeGreaterThanOrEqualTo(5);
        // What the build of Sparkberry has fetched is there without a network.
        for (MatchResult plugin : plugins) {
            assertThat(first("<artifactId>" + plugin.group(1) + "</artifactId>\\s*<version>([^<]+)", root))
                    .as(plugin.group(1))
                    .isEqualTo(plugin.group(2));
        }
    }

    private static String first(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing like " + pattern));
    }
}
