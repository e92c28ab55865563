package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's commands, as they are written there. */
final class ReadmeIT {
    private static final String INDENT = "    ";
    private static final String LAUNCHER = "./sparkberry";
    /** A rack that this machine has not got; {@code ClusterIT} does the same with virtual Pis. */
    private static final String RACK = " cluster";
    /** It serves until Ctrl-C; the tests in {@code notebooks/tests} start it. */
    private static final String JUPYTER = " notebook";

    @TempDir
    Path folder;

    @Test
    void everyCommandOfTheReadmeWorks() throws Exception {
        List<String> commands = Files.readAllLines(Launched.root().resolve("README.md")).stream()
                .filter(line -> line.startsWith(INDENT + LAUNCHER))
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.contains(RACK) && !line.contains(JUPYTER))
                .toList();

        assertThat(commands).hasSizeGreaterThanOrEqualTo(4).startsWith("./sparkberry sweep pi");
        // The results go elsewhere, the data are named as seen from the project's folder.
        Files.createSymbolicLink(
                folder.resolve("datasets"), Launched.root().resolve("datasets").toAbsolutePath());
        for (String command : commands) {
            String[] words = command.split(" +", -1);
            Launched launched = Launched.in(folder, Arrays.copyOfRange(words, 1, words.length));

            assertThat(launched.exitCode()).as(command + "\n" + launched.err()).isZero();
            assertThat(launched.out()).as(command).isNotBlank();
        }
    }
}
