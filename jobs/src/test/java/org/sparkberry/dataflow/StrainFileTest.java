package org.sparkberry.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkberry.model.waves.Strain;
import org.sparkberry.record.BadInput;

/** Files written by jHDF in the form of the Gravitational Wave Open Science Center, and one of its own. */
final class StrainFileTest {
    private static final Path ROOT = Path.of(System.getProperty("sparkberry.root"));
    private static final String HANFORD = "datasets/gravitational-waves/H-H1_LOSC_4_V2-1126259446-32.hdf5";
    private static final String LIVINGSTON = "datasets/gravitational-waves/L-L1_LOSC_4_V2-1126259446-32.hdf5";

    @TempDir
    Path folder;

    private final Tables tables = new Tables(
            () -> {
                throw new AssertionError("no Spark is needed");
            },
            ROOT);

    private String write(String name, String detector, long gps, int hertz, long seconds, double[] samples) {
        Path path = folder.resolve(name);
        try (WritableHdfFile file = HdfFile.write(path)) {
            WritableGroup strain = file.putGroup("strain");
            WritableDataset dataset = strain.putDataset("Strain", samples);
            dataset.putAttribute("Xspacing", 1.0 / hertz);
            WritableGroup meta = file.putGroup("meta");
            meta.putDataset("Detector", detector);
            meta.putDataset("GPSstart", gps);
            meta.putDataset("Duration", seconds);
        }
        return path.toString();
    }

    private static double[] tone(int hertz, int seconds) {
        double[] samples = new double[hertz * seconds];
        Arrays.setAll(samples, i -> 1e-21 * Math.sin(2 * Math.PI * 100 * i / hertz));
        return samples;
    }

    private String good(String name, String detector) {
        return write(name, detector, 1_000_000_000, 4096, 8, tone(4096, 8));
    }

    /** GPS time, duration and detector are those in the files' names. */
    @Test
    void thePublishedFilesAreReadFromAnyFolder() {
        List<Strain> strains = tables.strains(List.of(HANFORD, LIVINGSTON));

        assertThat(strains).extracting(Strain::detector).containsExactly("H1", "L1");
        assertThat(strains).extracting(Strain::gpsStart).containsOnly(1126259446L);
        assertThat(strains).extracting(Strain::size).containsOnly(131072);
    }

    @Test
    void samplesAt16384HertzBecomeAFourth() {
        List<Strain> strains = tables.strains(List.of(
                write("fast", "H1", 1_000_000_000, 16384, 130, tone(16384, 130)),
                write("slow", "L1", 1_000_000_000, 4096, 130, tone(4096, 130))));

        Strain fast = strains.get(0);
        Strain slow = strains.get(1);
        assertThat(fast.size()).isEqualTo(slow.size());
        // Also where one slice ends and the next begins, 64 s after the beginning.
        for (int i = 100; i < fast.size() - 100; i++) {
            assertThat((double) fast.at(i)).isCloseTo(1e-21 * Math.sin(2 * Math.PI * 100 * i / 4096), within(1e-24));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.0001, 0.01, 0.2, 0.5, 0.9, 0.999})
    void aFileThatIsCutOffIsNotWhole(double share) throws Exception {
        byte[] bytes = Files.readAllBytes(ROOT.resolve(HANFORD));
        Path cut = folder.resolve("cut.hdf5");
        Files.write(cut, Arrays.copyOf(bytes, (int) (share * bytes.length)));

        assertRefused(List.of(cut.toString(), LIVINGSTON), "cut.hdf5: is not an HDF5 file, or not a whole one");
    }

    @Test
    void whatIsNoStrainFileIsSaid() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "no strain\n".repeat(1000));
        assertRefused(List.of(text.toString()), "is not an HDF5 file");
        assertRefused(List.of("/nowhere.hdf5"), "/nowhere.hdf5: no such file");
        assertRefused(List.of(folder.toString()), "is a folder");
        Path other = folder.resolve("other");
        try (WritableHdfFile file = HdfFile.write(other)) {
            file.putDataset("temperature", new double[] {20, 21});
        }
        assertRefused(List.of(other.toString()), "has no dataset strain/Strain");
        try (WritableHdfFile file = HdfFile.write(other)) {
            file.putGroup("strain").putDataset("Strain", tone(4096, 8)).putAttribute("Xspacing", 1.0 / 4096);
        }
        assertRefused(List.of(other.toString()), "has no dataset meta/Duration");
    }

    @Test
    void samplesThatAreNoNumbersAreCounted() {
        double[] samples = tone(4096, 8);
        Arrays.fill(samples, 8192, 8292, Double.NaN);
        samples[20_000] = Double.POSITIVE_INFINITY;

        assertRefused(
                List.of(write("gap", "H1", 1, 4096, 8, samples)),
                "101 of 32768 samples are no numbers (NaN or infinite), the first 2.0 s after the beginning");
    }

    /** A user that may read everything cannot tell. */
    @Test
    void aFileThatMayNotBeReadSaysSo() throws Exception {
        Path file = Path.of(good("closed", "H1"));
        Files.setPosixFilePermissions(file, Set.of());
        Assumptions.assumeFalse(Files.isReadable(file));

        assertRefused(List.of(file.toString()), "closed: cannot be read: permission denied");
    }

    @Test
    void otherRatesAndLengthsAreRefused() {
        assertRefused(
                List.of(write("rate", "H1", 1, 2048, 16, tone(2048, 16))),
                "is sampled at 2048.0 Hz; files of 4096 Hz and 16384 Hz can be searched");
        assertRefused(List.of(write("short", "H1", 1, 4096, 7, tone(4096, 7))), "has 7 s of strain; at least 8 s");
        assertRefused(
                List.of(write("lies", "H1", 1, 4096, 9, tone(4096, 8))),
                "has 32768 samples, but 9 s (meta/Duration) at 4096 Hz are 36864");
        // More than an int holds: 2³² + 8 s would be 8 s in one.
        assertRefused(
                List.of(write("long", "H1", 1, 4096, (1L << 32) + 8, tone(4096, 8))),
                "has 4294967304 s of strain; at most 4096 s");
        assertRefused(
                List.of(write("longest", "H1", 1, 4096, Long.MAX_VALUE, tone(4096, 8))),
                "at most 4096 s can be searched");
        assertRefused(List.of(write("name", "??", 1, 4096, 8, tone(4096, 8))), "meta/Detector must be");
    }

    @Test
    void filesThatDoNotGoTogetherAreRefused() {
        assertRefused(List.of(good("a", "H1"), good("b", "H1")), "is of the detector H1, as is ");
        assertRefused(
                List.of(good("a", "H1"), write("b", "L1", 1_000_000_001, 4096, 8, tone(4096, 8))),
                "8 s from GPS 1000000001, but ");
        assertRefused(List.of(good("a", "H1"), LIVINGSTON), "give files of the same time");
        assertRefused(List.of(good("a", "H1")), "is of one detector");
    }

    private void assertRefused(List<String> files, String message) {
        assertThatThrownBy(() -> tables.strains(files))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }
}
