package org.sparkberry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JVMs of their own, in which vectors have other widths or are missing: all give the same bits. */
final class VectorWidthsIT {
    private static final String MODULE = "--add-modules=jdk.incubator.vector";

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 64})
    void everyWidthGivesTheSameBits(int bytes) throws Exception {
        List<String> lines = digests(MODULE, "-XX:MaxVectorSize=" + bytes);
        // A processor without such wide vectors uses what it has.
        assertThat(lines.get(0)).isIn("scalar", "vector, 2 × 64 bits", "vector, 4 × 64 bits", "vector, 8 × 64 bits");
        assertThat(lines.subList(1, lines.size())).isEqualTo(pinned());
    }

    @Test
    void whereVectorsAreObjectsScalarsCompute() throws Exception {
        assertThat(digests()).first().isEqualTo("scalar");
        assertThat(digests(MODULE, "-XX:TieredStopAtLevel=1")).first().isEqualTo("scalar");
    }

    @Test
    void withoutTheModuleTheBitsAreTheSame() throws Exception {
        List<String> lines = digests();
        assertThat(lines.subList(1, lines.size())).isEqualTo(pinned());
    }

    @Test
    void onX86NarrowVectorsHaveNoFusedMultiplyAddToRelyOn() throws Exception {
        assumeTrue("amd64".equals(System.getProperty("os.arch")));
        List<String> lines = digests(MODULE, "-XX:UseAVX=1");
        assertThat(lines.get(0)).isEqualTo("scalar");
        assertThat(lines.subList(1, lines.size())).isEqualTo(pinned());
    }

    private static List<String> pinned() {
        return Digests.scalar().keySet().stream()
                .map(name -> name + " " + DigestsTest.PINNED.get(name))
                .toList();
    }

    private static List<String> digests(String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add("-cp");
        command.add(Stream.of(Digests.class, Darts.class)
                .map(VectorWidthsIT::place)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator)));
        command.add(Digests.class.getName());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return text.lines().toList();
    }

    private static String place(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }
}
