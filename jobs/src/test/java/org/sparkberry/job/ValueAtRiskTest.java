package org.sparkberry.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkberry.dataflow.SingleThread;
import org.sparkberry.dataflow.Tables;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Result;
import org.sparkberry.record.BadInput;

/** What the levels' file may look like, and what is said where it does not. */
final class ValueAtRiskTest {
    private static final ValueAtRisk JOB = new ValueAtRisk();

    private static @Nullable SparkSession spark;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        spark = LocalSpark.start();
    }

    @AfterAll
    static void close() {
        Objects.requireNonNull(spark).stop();
    }

    @Test
    void theMeanLossIsKnownByHand() throws IOException {
        // Returns +10 % and −10 % for A, 0 for B: halves give +5 % and −5 %, whose mean is 0.
        Result result = run("A,B\n100,7\n110,7\n99,7\n", Map.of("trials", "10k", "days", "2"));

        assertThat(result.trials()).isEqualTo(10_000);
        Estimate mean = result.estimates().get(4);
        assertThat(mean.name()).isEqualTo("mean-loss");
        assertThat(Objects.requireNonNull(mean.reference())).isCloseTo(0, within(1e-15));
        // Four outcomes, 0.95² to 1.05²: the 95 % quantile is the loss of two bad days in a quarter of all trials.
        Estimate quantile = result.estimates().get(0);
        assertThat(quantile.value()).isCloseTo(1 - 0.95 * 0.95, within(quantile.resolution()));
    }

    @Test
    void weightsAreTheSharesInTheOrderOfTheColumns() throws IOException {
        // All of it in B, which doubles every day: over one day the loss is −1, exactly.
        Result result =
                run("A,B\n1,1\n1,2\n1,4\n", Map.of("trials", "100", "days", "1", "columns", "B,A", "weights", "1,0"));

        assertThat(result.estimates().get(4).value()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A,B\n1,2\n2,3\n3,4",
                "A,B\r\n1,2\r\n2,3\r\n3,4\r\n",
                "\uFEFFA,B\r\n1,2\r\n2,3\r\n3,4\r\n",
                "\uFEFF\"A\",\"B\"\r\n\"1\",\"2\"\r\n\"2\",\"3\"\r\n\"3\",\"4\"\r\n",
                "\n\nA,B\n1,2\n\n2,3\n   \n3,4\n\n",
                " A , B \n 1 , 2\n2 ,3\n3,4 \n",
                "B,date,A\n2,x,1\n3,,2\n4,\"y, z\",3\n",
                "A,B\n1.0,2e0\n+2,30e-1\n3,4.00\n"
            })
    void theSameLevelsHoweverTheFileIsWritten(String text) throws IOException {
        assertThat(run(text, Map.of("trials", "100")).digest())
                .isEqualTo(run("A,B\n1,2\n2,3\n3,4\n", Map.of("trials", "100")).digest());
    }

    @Test
    void aNameMayLookLikeSqlOrAnAddress() throws IOException {
        Path file = Files.writeString(folder.resolve("a:b.csv"), "`x`; drop,c0\n1,2\n2,3\n3,4\n");

        assertThat(run(Map.of("levels", file.toString(), "columns", "c0,`x`; drop", "trials", "10"))
                        .trials())
                .isEqualTo(10);
    }

    @Test
    void aPathThatIsNotHereIsLookedForAtHome() throws IOException {
        Files.writeString(folder.resolve("at-home.csv"), "A,B\n1,2\n2,3\n3,4\n");

        assertThat(run(Map.of("levels", "at-home.csv", "columns", "A,B", "trials", "10"))
                        .trials())
                .isEqualTo(10);
    }

    @Test
    void addressesOfFilesWork() throws IOException {
        Path file = Files.writeString(folder.resolve("a b.csv"), "A,B\n1,2\n2,3\n3,4\n");

        assertThat(run(Map.of("levels", file.toUri().toString(), "columns", "A,B", "trials", "10"))
                        .trials())
                .isEqualTo(10);
    }

    @Test
    void everyCellMustBeANumberAboveZero() throws IOException {
        assertRefused("1,2\n2,\n3,4", ", line 3: the cell of column B is empty");
        assertRefused("1,2\n\n,\n3,4", ", line 4: the cell of column A is empty");
        assertRefused("1,2\nx,3\n3,4", ", line 3: the cell of column A must be a number (such as 1234.5), not 'x'");
        assertRefused(
                "1,2\n\"1,234.5\",3\n3,4",
                ", line 3: the cell of column A must be a number (such as 1234.5), not '1,234.5'");
        assertRefused(
                "1,2\n2," + "y".repeat(100) + "\n",
                ", line 3: the cell of column B must be a number (such as 1234.5), not '" + "y".repeat(60) + "…'");
        assertRefused("1,2\n-2,3\n3,4", ", line 3: the level of A must be a finite number above 0, not -2");
        assertRefused("1,2\n2,0\n3,4", ", line 3: the level of B must be a finite number above 0, not 0");
        assertRefused("1,2\nNaN,3\n3,4", ", line 3: the level of A must be a finite number above 0, not NaN");
        assertRefused("1,2\nInfinity,3\n3,4", ", line 3: the level of A must be a finite number above 0, not Infinity");
        assertRefused("1,2\n1e999,3\n3,4", ", line 3: the level of A must be a finite number above 0, not Infinity");
    }

    @Test
    void everyLineMustHaveAsManyCellsAsTheHeader() throws IOException {
        assertRefused("1,2\n2\n3,4", ", line 3: has 1 cell, but the header has 2: '2'");
        assertRefused("1,2\n\n2,3,4\n3,4", ", line 4: has 3 cells, but the header has 2: '2,3,4'");
        assertRefused("1,2\n\"2\n5\",3\n", ", line 3: has 1 cell, but the header has 2: '\"2'");
    }

    @Test
    void twoReturnsAreNeeded() throws IOException {
        assertRefused("", ": has 0 days of levels; at least 3 are needed, which give 2 returns");
        assertRefused("1,2", ": has 1 day of levels; at least 3 are needed, which give 2 returns");
        assertRefused("1,2\n2,3", ": has 2 days of levels; at least 3 are needed, which give 2 returns");
    }

    @Test
    void returnsMustBeFiniteAndAboveATotalLoss() throws IOException {
        // A doubles, B rises by half: −99 · 1 + 100 · 0.5 = −49.
        assertRefused(
                "1,2\n2,3\n3,4",
                ", line 3: the portfolio's return on this day must be a finite number above -1, not -49; check"
                        + " --weights and the levels",
                "weights",
                "-99,100");
        assertRefused(
                "1e-300,1\n1e300,1\n1,1",
                ", line 3: the portfolio's return on this day must be a finite number above -1, not Infinity; check"
                        + " --weights and the levels");
    }

    @Test
    void levelsThatNoIndexHasAreRefused() throws IOException {
        Path file = levels("1,1\n1000,1000\n1,1");

        assertThatThrownBy(() -> run(Map.of("levels", file.toString(), "columns", "A,B")))
                .isInstanceOf(BadInput.class)
                .hasMessage("--days: within 10 days these levels rise more than a millionfold; check " + file
                        + ", or set --days lower");
    }

    @Test
    void otherFileSystemsAreNamedWhenTheyCannotBeRead() throws IOException {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }
        String unknown = ": no file system of that kind is known; give a file of this machine or on hdfs://";
        assertThatThrownBy(() -> run(Map.of("levels", "foo://bar"))).hasMessage("foo://bar" + unknown);
        // Hadoop knows the name, but its classes for Amazon's store are another download.
        assertThatThrownBy(() -> run(Map.of("levels", "s3a://bucket/x.csv")))
                .isInstanceOf(BadInput.class)
                .hasMessage("s3a://bucket/x.csv" + unknown);
        assertThatThrownBy(() -> run(Map.of("levels", "hdfs:///x.csv")))
                .isInstanceOf(BadInput.class)
                .hasMessage("hdfs:///x.csv: cannot be read: Incomplete HDFS URI, no host: hdfs:///x.csv");
        String address = "hdfs://127.0.0.1:" + closedPort + "/x.csv";
        assertThatThrownBy(() -> run(Map.of("levels", address)))
                .isInstanceOf(BadInput.class)
                .hasMessage(address + ": cannot be read: Connection refused");
    }

    @Test
    void aFileThatDoesNotFitIntoMemoryIsNotRead() throws IOException {
        Path file = folder.resolve("huge.csv");
        long most = Runtime.getRuntime().maxMemory() / 8;
        try (var huge = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(most + (1 << 20)); // a hole: it takes no space
        }

        assertThatThrownBy(() -> run(Map.of("levels", file.toString())))
                .isInstanceOf(BadInput.class)
                .hasMessage(file + ": is too large, " + ((most + (1 << 20)) >> 20) + " MiB of at most " + (most >> 20)
                        + " (set SPARK_DRIVER_MEMORY higher)");
    }

    private Path levels(String rows) throws IOException {
        return Files.writeString(folder.resolve("levels.csv"), "A,B\n" + rows + "\n", StandardCharsets.UTF_8);
    }

    private void assertRefused(String rows, String message, String... option) throws IOException {
        Path file = levels(rows);
        Map<String, String> texts = new HashMap<>(Map.of("levels", file.toString(), "columns", "A,B"));
        if (option.length > 0) {
            texts.put(option[0], option[1]);
        }

        assertThatThrownBy(() -> run(texts)).isInstanceOf(BadInput.class).hasMessage(file + message);
    }

    private Result run(String text, Map<String, String> options) throws IOException {
        Path file = Files.writeString(folder.resolve("levels.csv"), text, StandardCharsets.UTF_8);
        Map<String, String> texts = new HashMap<>(Map.of("levels", file.toString(), "columns", "A,B"));
        texts.putAll(options);
        return run(texts);
    }

    private Result run(Map<String, String> texts) {
        Parameters parameters = new Parameters(Jobs.options(JOB), texts);
        assertThat(Set.copyOf(texts.keySet())).isSubsetOf(parameters.texts().keySet());
        return JOB.prepare(parameters, new Tables(() -> Objects.requireNonNull(spark), folder))
                .run(new SingleThread());
    }
}
