package org.sparkberry.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimingsFileTest {
    private static final TimingsFile.Columns ANY =
            new TimingsFile.Columns(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    @TempDir
    private Path folder;

    /** The same two runs in every dress; ~ is the end of a line. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "n,seconds~1,100~2,52.5~",
                "n;seconds~1;100~2;52.5~",
                "n\tseconds~1\t100~2\t52.5~",
                "n,seconds~1,100~2,52.5",
                "n,seconds\r~1,100\r~2,52.5\r~",
                "\uFEFFn,seconds~1,100~2,52.5~",
                "\uFEFF\"n\",\"seconds\"~\"1\",\"100\"~\"2\",\"52.5\"~",
                "\"n\";\"time, in words\";\"seconds\"~1;\"a, b\";100~2;x;52.5~",
                " n , seconds ~ 1 , 100 ~2,52.5~",
                "seconds,host,Executors~100,a,1~52.5,b,2.0~",
                "seconds,nodes~1e2,1~5.25E1,2~",
                "n,seconds~~1,100~~,~2,52.5~~"
            })
    void anyDressOfTheFile(String text) throws IOException {
        Timings timings = read(text.replace('~', '\n'), ANY);

        assertThat(timings).isEqualTo(Timings.of(false, List.of(run(1, 100), run(2, 52.5))));
    }

    /** Its rows would pass for those of anybody's timings, warm-ups and invalid ones too. */
    @Test
    void aSweepOfAnotherVersionIsRefused() throws IOException {
        Files.writeString(folder.resolve("sweep.json"), "{\"kind\":\"sweep\",\"schemaVersion\":1}");
        Files.writeString(folder.resolve("runs.csv"), "order,executors,seconds,valid\n1,1,100,true\n2,2,52.5,true\n");

        assertThatThrownBy(() -> TimingsFile.read(folder, ANY))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        folder.resolve("sweep.json") + ": schemaVersion 1 is not known to this version, which reads 2");
    }

    @Test
    void columnsThatAreNamed() throws IOException {
        TimingsFile.Columns columns = new TimingsFile.Columns(
                Optional.of("cores used"), Optional.of("wall"), Optional.of("no"), Optional.of(true));

        assertThat(read("n,cores used,wall,seconds,no\n7,1,100,9,2\n7,2,101,9,1\n", columns))
                .isEqualTo(Timings.of(true, List.of(new TimedRun(1, 100, 2), new TimedRun(2, 101, 1))));
    }

    /** The table that a sweep writes: in weak mode its trials grow with the executors. */
    @ParameterizedTest
    @CsvSource({"10, 10, false", "10, 20, true"})
    void workThatGrowsIsWeakScaling(int first, int second, boolean weak) throws IOException {
        assertThat(read("executors,cores,trials,seconds\n1,4," + first + ",5\n2,8," + second + ",5\n", ANY)
                        .weak())
                .isEqualTo(weak);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            emptyValue = "",
            value = {
                "`` | is empty; it needs a header and a row for each run",
                "` ~ ~` | is empty; it needs a header and a row for each run",
                "n,seconds~ | has a header and no row; it needs a row for each run",
                "n,seconds~1,NaN~ | , line 2, column seconds: must be a number of seconds above 0, not 'NaN'",
                "n,seconds~1,-3~ | , line 2, column seconds: must be a number of seconds above 0, not '-3'",
                "n,seconds~1,0~ | , line 2, column seconds: must be a number of seconds above 0, not '0'",
                "n,seconds~1,Infinity~ | , line 2, column seconds: must be a number of seconds above 0, not 'Infinity'",
                "n,seconds~1,5~2,fast~ | , line 3, column seconds: must be a number with a decimal point, not 'fast'",
                "n;seconds~1;5,2~ | , line 2, column seconds: must be a number with a decimal point, not '5,2'",
                "n,seconds~1,~ | , line 2, column seconds: is empty; drop the row if the run failed",
                "n,seconds~,5~ | , line 2, column n: is empty; drop the row if the run failed",
                "n,seconds~0,5~ | , line 2, column n: must be a whole number from 1 to 10000000, not '0'",
                "n,seconds~-2,5~ | , line 2, column n: must be a whole number from 1 to 10000000, not '-2'",
                "n,seconds~1.5,5~ | , line 2, column n: must be a whole number from 1 to 10000000, not '1.5'",
                "n,seconds~NaN,5~ | , line 2, column n: must be a whole number from 1 to 10000000, not 'NaN'",
                "n,seconds~~1,5,6~ | , line 3: has 3 cells, the header has 2",
                "n,seconds,n~1,5,1~ | the header has two columns 'n'; rename or drop one",
                "a,b~1,5~ | which column is how many executors? It has a, b (set --n-column; the first line must be a header)",
                "n,b~1,5~ | which column is the time in seconds (not a throughput)? It has n, b (set --seconds-column; the first line must be a header)",
                "1,100~2,50~ | which column is how many executors? It has 1, 100 (set --n-column; the first line must be a header)"
            })
    void whatIsNoTiming(String text, String line) {
        assertThatThrownBy(() -> read(text.replace('~', '\n'), ANY))
                .isInstanceOf(BadInput.class)
                .message()
                .matches(message -> message.endsWith(line) && message.startsWith(folder.toString()))
                .doesNotContain("\n");
    }

    @Test
    void aColumnThatIsNotThere() {
        TimingsFile.Columns columns =
                new TimingsFile.Columns(Optional.of("p"), Optional.empty(), Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> read("n,seconds\n1,5\n", columns))
                .hasMessage("--n-column: " + folder.resolve("timings.csv") + " has no column 'p', only n, seconds");
    }

    @Test
    void whatIsNoTextFile() throws IOException {
        Path binary = folder.resolve("binary.csv");
        Files.write(binary, new byte[] {'n', ',', 0, 1, 2, '\n'});

        assertThatThrownBy(() -> TimingsFile.read(binary, ANY))
                .hasMessage(binary + ": is not a text file; give a CSV file");
        assertThatThrownBy(() -> TimingsFile.read(folder.resolve("none.csv"), ANY))
                .hasMessage(folder.resolve("none.csv") + ": cannot be read: no such file or folder");
        assertThatThrownBy(() -> TimingsFile.read(folder, ANY))
                .hasMessage(
                        folder + ": is a folder without runs.csv, so not a sweep's; give a sweep's folder or a file");
    }

    private Timings read(String text, TimingsFile.Columns columns) throws IOException {
        Path file = folder.resolve("timings.csv");
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        return TimingsFile.read(file, columns);
    }

    private static TimedRun run(int n, double seconds) {
        return new TimedRun(n, seconds, 0);
    }
}
