package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkberry.cluster.SparkHome;
import org.sparkberry.cluster.Sweep;
import org.sparkberry.record.Environment;
import org.sparkberry.record.ResultsFolder;
import org.sparkberry.record.SweepDirectory;
import org.sparkberry.record.SweepSettings;

/** Wrong use: exactly one line that names the thing, says what is wrong and what to do; exit code 2; nothing written. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class BadInputTest {
    private static final String WHOLE = "must be a whole number (such as 250000, 250k, 10M or 1e9), not ";
    private static final String MASTERS =
            "--master: must be local[N], local[*], local-cluster[WORKERS,CORES,MiB], spark://HOST:PORT or cluster, not ";
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    @TempDir
    static Path folder;

    private static Path sparkHome = Path.of("");
    private static int closedPort;

    /**
     * One wrong use. In both texts ~ is the folder of this test, and CLOSED a port where nobody listens.
     *
     * @param words as typed after sparkberry; '' is an empty word
     * @param line what is said after "sparkberry: "
     */
    private record Use(String words, String line) {
        @Override
        public String toString() {
            return words;
        }
    }

    @BeforeAll
    static void prepare() throws IOException {
        sparkHome = Invoked.sparkHome(folder);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }
        Files.writeString(folder.resolve("file"), "text");
        write("ok.csv", "A,B\n1,2\n2,3\n3,4\n");
        write("header-with-empty.csv", "A,,B\n1,2,3\n");
        write("semicolons.csv", "A;B\n1,5;2\n");
        write("twice.csv", "A,B,A\n1,2,3\n");
        write("wide.csv", "c".repeat(100) + ",c".repeat(30) + "\n");
        write("empty.csv", "");
        write("blank.csv", "\n  \n");
        Files.write(folder.resolve("binary.csv"), new byte[] {'A', ',', 'B', '\n', 0, 1, 2});
        // Latin-1: 0xF4 alone is not UTF-8.
        Files.write(folder.resolve("latin.csv"), new byte[] {'D', (byte) 0xF4, 't', ',', 'A', '\n'});

        Map<String, Object> here = Environment.here(SparkHome.sparkVersion(), "");
        Path sweep = sweep(here);
        Files.move(sweep, folder.resolve("pi-sweep"));
        here.put("machine", "Abacus");
        Files.move(sweep(here), folder.resolve("other-machine"));
        write("nothing/readme", "");
        write("other-kind/sweep.json", "{\"kind\": \"run\", \"schemaVersion\": 1}");
        write("newer/sweep.json", "{\"kind\": \"sweep\", \"schemaVersion\": 99}");
        write("cut/sweep.json", "{\"kind\": \"sweep\", \"schema");
    }

    /** An unfinished sweep of pi that was begun in this environment. */
    private static Path sweep(Map<String, Object> environment) {
        SweepSettings settings = new SweepSettings(
                "pi",
                List.of(),
                Map.of(),
                1,
                SweepSettings.EMBEDDED,
                SweepSettings.STRONG,
                List.of(1),
                1,
                480,
                1,
                1,
                0,
                false,
                1000,
                4);
        return SweepDirectory.create(ResultsFolder.open(folder), settings, environment, Instant.EPOCH)
                .path();
    }

    private static void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    static Stream<Use> words() {
        return Stream.of(
                new Use("virtual up 2", "'virtual' is done by the launcher: './sparkberry virtual --help'"),
                new Use("cluster up", "'cluster' is done by the launcher: './sparkberry cluster --help'"),
                new Use("notebook", "'notebook' is done by the launcher: './sparkberry notebook --help'"),
                new Use("clutser up", "unknown command 'clutser': did you mean 'cluster'?"),
                new Use("rum pi", "unknown command 'rum': did you mean 'run'?"),
                new Use("foo", "unknown command 'foo'; 'sparkberry --help' lists the commands"),
                new Use("''", "unknown command ''; 'sparkberry --help' lists the commands"),
                new Use("pi", "'pi' is a job, not a command: did you mean 'sparkberry run pi'?"),
                new Use(
                        "--master local run pi",
                        "the command comes first, before --master; 'sparkberry --help' lists the commands"),
                new Use("help foo", "unknown command 'foo'; 'sparkberry --help' lists the commands"),
                new Use("help run foo", "unknown job 'foo'; 'sparkberry jobs' lists the jobs"),
                new Use("run foo --help", "unknown job 'foo'; 'sparkberry jobs' lists the jobs"),
                new Use("help jobs pi", unexpected("pi", "jobs")),
                new Use(
                        "--version now",
                        "unexpected word 'now'; a value with spaces needs quotes, and 'sparkberry --help' shows what"
                                + " may stand here"),
                new Use("run", "which job? 'sparkberry jobs' lists the jobs"),
                new Use("verify", "which job? 'sparkberry jobs' lists the jobs"),
                new Use("sweep", "which job? 'sparkberry jobs' lists the jobs"),
                new Use("run --trials 5", "which job is --trials for? 'sparkberry jobs' lists the jobs"),
                new Use("run --trials pi", "which job is --trials for? 'sparkberry jobs' lists the jobs"),
                new Use("run pie", "unknown job 'pie': did you mean 'pi'?"),
                new Use("verify qqq", "unknown job 'qqq'; 'sparkberry jobs' lists the jobs"),
                new Use("run pi twice", unexpected("twice", "run pi")),
                new Use("run pi value-at-risk", unexpected("value-at-risk", "run pi")),
                new Use("run pi @file", unexpected("@file", "run pi")),
                new Use("run pi --", unexpected("--", "run pi")),
                new Use("run pi -- --trials 5", unexpected("--", "run pi")),
                new Use("jobs pi", unexpected("pi", "jobs")),
                new Use("run pi --trails 5", "unknown option '--trails': did you mean '--trials'?"),
                new Use("run pi --TRIALS 5", "unknown option '--TRIALS': did you mean '--trials'?"),
                new Use("run --trails 5", "unknown option '--trails': did you mean '--trials'?"),
                new Use("run pi --zzz=5", "unknown option '--zzz'; 'sparkberry run pi --help' lists the options"),
                new Use("run pi -t 5", "unknown option '-t'; 'sparkberry run pi --help' lists the options"),
                // An option of another job is no suggestion.
                new Use(
                        "run pi --columns 5",
                        "unknown option '--columns'; 'sparkberry run pi --help' lists the options"),
                new Use(
                        "verify pi --master local",
                        "unknown option '--master'; 'sparkberry verify pi --help' lists the options"),
                new Use("run pi --trials 5 --trials 6", "--trials is given twice; leave one out"),
                new Use("run pi --verbose --verbose", "--verbose is given twice; leave one out"),
                new Use("run pi --verbose=yes", "--verbose stands alone: it takes no value"),
                new Use("run pi --trials", "--trials needs a value: --trials N (how many trials)"),
                new Use("run pi --trials --seed 3", "--trials needs a value: --trials N (how many trials)"),
                new Use(
                        "run pi --results --formt json",
                        "--results needs a value: --results DIR (the folder in which the run gets a directory)"));
    }

    private static String unexpected(String word, String command) {
        return "unexpected word '" + word + "'; a value with spaces needs quotes, and 'sparkberry " + command
                + " --help' shows what may stand here";
    }

    static Stream<Use> values() {
        return Stream.of(
                new Use("run pi --trials 0", "--trials: must be at least 1, not 0"),
                new Use("run pi --trials -1", "--trials: must be at least 1, not -1"),
                new Use("run pi --trials 1e30", "--trials: must be at most 1e18, not 1e30"),
                new Use("run pi --trials 1e999999999", "--trials: must be at most 1e18, not 1e999999999"),
                new Use("run pi --trials -1e999999999", "--trials: must be at least 1, not -1e999999999"),
                new Use("run pi --trials 1e-999999999", "--trials: " + WHOLE + "'1e-999999999'"),
                new Use("run pi --trials abc", "--trials: " + WHOLE + "'abc'"),
                new Use("run pi --trials NaN", "--trials: " + WHOLE + "'NaN'"),
                new Use("run pi --trials 1.5", "--trials: " + WHOLE + "'1.5'"),
                new Use("run pi --trials ''", "--trials: " + WHOLE + "''"),
                new Use("run pi --trials=", "--trials: " + WHOLE + "''"),
                new Use("run pi --trials 1e-9", "--trials: " + WHOLE + "'1e-9'"),
                // m may be milli or million: only M is taken.
                new Use("run pi --trials 10m", "--trials: " + WHOLE + "'10m'"),
                new Use("run pi --trials 1,000", "--trials: " + WHOLE + "'1,000'"),
                new Use(
                        "run pi --seed 9223372036854775808",
                        "--seed: must be at most 9223372036854775807, not 9223372036854775808"),
                new Use(
                        "run pi --seed -9223372036854775809",
                        "--seed: must be at least -9223372036854775808, not -9223372036854775809"),
                new Use("run pi --seed 0.5", "--seed: " + WHOLE + "'0.5'"),
                new Use("run pi --partitions 0", "--partitions: must be at least 1, not 0"),
                new Use("run pi --partitions 100001", "--partitions: must be at most 100000, not 100001"),
                new Use("run pi --partitions x", "--partitions: must be a whole number, not 'x'"),
                new Use("run pi --format xml", "--format: must be text or json, not 'xml'"),
                new Use("jobs --format yaml", "--format: must be text or json, not 'yaml'"),
                new Use("run pi --results ''", "--results: is empty; give DIR"),
                new Use(
                        "run pi --results ~/file",
                        "results folder ~/file cannot be made: ~/file is there and is not a folder (set --results)"),
                new Use(
                        "run pi --results ~/file/below",
                        "results folder ~/file/below cannot be made: ~/file is there and is not a folder"
                                + " (set --results)"));
    }

    static Stream<Use> masters() {
        return Stream.of(
                new Use("run pi --master spark:/x", MASTERS + "'spark:/x'"),
                new Use("run pi --master spark://", "--master: '' in spark:// is not HOST:PORT (such as pi1:7077)"),
                new Use(
                        "run pi --master spark://host",
                        "--master: 'host' in spark://host is not HOST:PORT (such as pi1:7077)"),
                new Use(
                        "run pi --master spark://host:0",
                        "--master: 'host:0' in spark://host:0 is not HOST:PORT (such as pi1:7077)"),
                new Use(
                        "run pi --master spark://host:99999",
                        "--master: 'host:99999' in spark://host:99999 is not HOST:PORT (such as pi1:7077)"),
                new Use(
                        "run pi --master spark://host:7077/",
                        "--master: 'host:7077/' in spark://host:7077/ is not HOST:PORT (such as pi1:7077)"),
                new Use("run pi --master pi1:7077", MASTERS + "'pi1:7077'"),
                new Use("run pi --master local[0]", MASTERS + "'local[0]'"),
                new Use("run pi --master local[x]", MASTERS + "'local[x]'"),
                new Use("run pi --master local-cluster[1,1]", MASTERS + "'local-cluster[1,1]'"),
                new Use(
                        "run pi --master local-cluster[2,1,100]",
                        "--master: local-cluster[2,1,100] has 100 MiB per worker, but an executor needs at least 470"),
                new Use("run pi --master yarn", MASTERS + "'yarn'"),
                new Use("run pi --master k8s://https://host:443", MASTERS + "'k8s://https://host:443'"),
                new Use("run pi --master http://host:8080", MASTERS + "'http://host:8080'"),
                new Use("run pi --master ''", "--master: is empty; give URL"),
                new Use("run pi --master spark://127.0.0.1:CLOSED", unreachable()),
                new Use("sweep pi --master spark://127.0.0.1:CLOSED", unreachable()),
                new Use(
                        "sweep pi --master local[2]",
                        "--master: a sweep needs a standalone master (spark://HOST:PORT), not local[2]; leave it out"
                                + " to sweep on this machine"));
    }

    private static String unreachable() {
        return "--master: no Spark master answers at spark://127.0.0.1:CLOSED (127.0.0.1:CLOSED: Connection refused);"
                + " is it running, and is its port open to this machine?";
    }

    static Stream<Use> sweeps() {
        String each = " each would take ";
        String has = ", and this machine has " + CORES + " (set --oversubscribe to do it all the same)";
        return Stream.of(
                new Use("sweep pi --executors 0", "--executors: must be at least 1, not 0"),
                new Use("sweep pi --executors a", "--executors: must be a whole number, not 'a'"),
                new Use("sweep pi --executors 1,,2", "--executors: a value is missing beside a comma: '1,,2'"),
                new Use("sweep pi --executors ''", "--executors: is empty; give N,…"),
                new Use(
                        "sweep pi --executors 1,9999",
                        "--executors: 9,999 executors with 1 core" + each + "9,999 cores" + has),
                new Use("sweep pi --cores-per-executor 0", "--cores-per-executor: must be at least 1, not 0"),
                new Use(
                        "sweep pi --cores-per-executor 1024",
                        "--cores-per-executor: 1 executor with 1,024 cores" + each + "1,024 cores" + has),
                new Use("sweep pi --invocations 0", "--invocations: must be at least 1, not 0"),
                new Use("sweep pi --iterations 0", "--iterations: must be at least 1, not 0"),
                new Use("sweep pi --warmup -1", "--warmup: must be at least 0, not -1"),
                new Use("sweep pi --mode sideways", "--mode: must be strong or weak, not 'sideways'"),
                new Use(
                        "sweep pi --executor-memory 1",
                        "--executor-memory: must be an amount of memory (such as 512m or 2g), not '1'"),
                new Use(
                        "sweep pi --executor-memory lots",
                        "--executor-memory: must be an amount of memory (such as 512m or 2g), not 'lots'"),
                new Use(
                        "sweep pi --executor-memory 100m",
                        "--executor-memory: must be at least 470m (Spark's minimum), not 100m"),
                new Use(
                        "sweep pi --executor-memory 999999999g",
                        "--executor-memory: must be at most 2000000g, not 999999999g"),
                new Use(
                        "sweep pi --executor-memory 1000000g",
                        "--executor-memory: not even one executor of 1024000000 MiB fits into the free memory; close"
                                + " other programs, or set it lower (at least 470m)"),
                new Use(
                        "sweep pi --executors 1 --executor-memory 1000000g",
                        "--executors: 1 executor of 1024000000 MiB does not fit into the free memory, 0 do (set it or"
                                + " --executor-memory lower)"),
                new Use(
                        "sweep pi --master-page http://host:8080",
                        "--master-page is for a cluster: give --master spark://HOST:PORT too, or leave it out"),
                new Use("sweep --resume ''", "--resume: is empty; give DIR"),
                new Use("sweep --resume ~/nowhere", "--resume: ~/nowhere is not a folder"),
                new Use("sweep --resume ~/file", "--resume: ~/file is not a folder"),
                new Use(
                        "sweep --resume ~/nothing",
                        "--resume: ~/nothing is not a sweep's directory: it has no sweep.json; a sweep says at its"
                                + " start which directory it writes to"),
                new Use("sweep --resume ~/other-kind", "~/other-kind/sweep.json: is not the record of a sweep"),
                new Use(
                        "sweep --resume ~/newer",
                        "~/newer/sweep.json: schemaVersion 99 is not known to this version, which reads 2"),
                new Use("sweep --resume ~/cut", "~/cut/sweep.json: not JSON; was it changed or cut short?"),
                new Use(
                        "sweep value-at-risk --resume ~/pi-sweep",
                        "--resume: ~/pi-sweep is a sweep of pi, not of value-at-risk"),
                new Use(
                        "sweep --resume ~/pi-sweep --executors 1",
                        "--resume goes on with the settings of its directory: leave out --executors"),
                new Use(
                        "sweep pi --resume ~/pi-sweep --seed 1",
                        "--resume goes on with the settings of its directory: leave out --seed"),
                new Use(
                        "sweep --resume ~/pi-sweep --trials 5",
                        "which job is --trials for? 'sparkberry jobs' lists the jobs"),
                new Use(
                        "sweep --resume ~/other-machine",
                        "--resume: ~/other-machine was begun with another machine (Abacus, now "
                                + Environment.here("", "").get("machine") + "); start a new sweep"),
                new Use("measure-invocation", "measure-invocation is started by 'sparkberry sweep', not by hand"));
    }

    static Stream<Use> datasets() {
        return Stream.of(
                risk("--levels ''", "--levels: is empty; give FILE.csv"),
                risk("--levels ~/missing.csv", "~/missing.csv: no such file"),
                risk(
                        "--levels missing.csv",
                        "missing.csv: no such file (looked for in "
                                + Path.of("").toAbsolutePath() + ")"),
                risk("--levels file://~/missing.csv", "file://~/missing.csv: no such file"),
                risk("--levels file:x.csv", "file:x.csv: must be like file:///home/pi/levels.csv"),
                risk("--levels ~", "~: is a folder, not a file"),
                risk("--levels /dev/zero", "/dev/zero: is a device or pipe, not a file"),
                risk("--levels ~/empty.csv", "~/empty.csv: is empty; a CSV file with a header line was expected"),
                risk("--levels ~/blank.csv", "~/blank.csv: is empty; a CSV file with a header line was expected"),
                risk("--levels ~/binary.csv", "~/binary.csv: is not text in UTF-8; export it as CSV in UTF-8"),
                risk("--levels ~/latin.csv", "~/latin.csv: is not text in UTF-8; export it as CSV in UTF-8"),
                risk("--columns Z --levels ~/ok.csv", "~/ok.csv: has no column 'Z'; it has A, B"),
                risk(
                        "--columns Z --levels ~/header-with-empty.csv",
                        "~/header-with-empty.csv: has no column 'Z'; it has A, '', B"),
                // 20 names are listed, and of a long one its first 60 characters.
                risk(
                        "--columns Z --levels ~/wide.csv",
                        "~/wide.csv: has no column 'Z'; it has " + "c".repeat(60) + "…" + ", c".repeat(19)
                                + " and more"),
                risk(
                        "--columns A --levels ~/semicolons.csv",
                        "~/semicolons.csv: has no column 'A'; its cells must be separated by commas, and the header is"
                                + " 'A;B'"),
                risk("--columns B --levels ~/twice.csv", "~/twice.csv: a column stands twice in the header: A, B, A"),
                risk("--columns A,A --levels ~/ok.csv", "--columns: a column stands twice: A,A"),
                risk("--columns A,,B --levels ~/ok.csv", "--columns: a value is missing beside a comma: 'A,,B'"),
                risk("--columns '' --levels ~/ok.csv", "--columns: is empty; give NAME,…"),
                risk("--columns A,B --weights 1", "--weights: must be 2 numbers, one for each of A, B, not 1"),
                // 0.1 + 0.2 is 0.30000000000000004 in binary.
                risk("--columns A,B --weights 0.1,0.2", "--weights: must sum to 1, not 0.3"),
                risk(
                        "--columns A,B --weights half,half",
                        "--weights: must be a number (such as 0.25 or 1e-3), not 'half'"),
                risk("--columns A,B --weights NaN,1", "--weights: must be a number (such as 0.25 or 1e-3), not 'NaN'"),
                risk("--columns A,B --weights 1e400,1", "--weights: must be from -100 to 100, not 1e400"),
                risk("--days 0", "--days: must be at least 1, not 0"),
                risk("--days 1e9", "--days: must be at most 2500, not 1e9"));
    }

    private static Use risk(String options, String line) {
        return new Use("run value-at-risk " + options, line);
    }

    @ParameterizedTest
    @MethodSource({"words", "values", "masters", "sweeps", "datasets"})
    void oneLineExitCodeTwoAndNothingLeft(Use use) throws IOException {
        List<Path> before = everything();

        Invoked invoked = Invoked.with(
                sparkHome,
                Arrays.stream(use.words().split(" ", -1))
                        .map(word -> word.equals("''") ? "" : filled(word))
                        .toArray(String[]::new));

        assertThat(invoked).isEqualTo(new Invoked(2, "", "sparkberry: " + filled(use.line()) + "\n"));
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void whatWasTypedCannotBreakTheLineNorColourIt() {
        assertThat(Invoked.with(sparkHome, "run", "pi\n\tor so\u001b[31m").err())
                .isEqualTo("sparkberry: unknown job 'pi\\n\\tor so?[31m'; 'sparkberry jobs' lists the jobs\n");
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.SECONDS)
    void aLongTextIsNeitherSlowNorShownInFull() {
        String digits = "9".repeat(120_000);
        for (String text : List.of(digits, digits + "x", "1e" + digits, "x".repeat(120_000))) {
            Invoked invoked = Invoked.with(sparkHome, "run", "pi", "--trials", text);

            assertThat(invoked.exitCode()).isEqualTo(2);
            assertThat(invoked.err())
                    .startsWith("sparkberry: --trials: must be")
                    .hasSizeLessThan(2100);
        }
    }

    @Test
    void aPathThatTheLocaleCannotExpressIsNamed() {
        // Where the locale has no ö, Java reads one as U+FFFD and refuses a path with it. NUL it refuses everywhere.
        assertThat(Invoked.with(sparkHome, "run", "pi", "--results", "h\0l"))
                .isEqualTo(new Invoked(
                        2,
                        "",
                        "sparkberry: 'h?l' has characters that file names cannot have in this locale"
                                + " (set LC_ALL=C.UTF-8)\n"));
    }

    @Test
    void theStackIsShownOnlyWhenAskedFor() {
        Invoked invoked = Invoked.with(sparkHome, "run", "pi", "--trials", "0", "--stacktrace");

        assertThat(invoked.exitCode()).isEqualTo(2);
        assertThat(invoked.err())
                .startsWith("sparkberry: --trials: must be at least 1, not 0\n" + "org.sparkberry.record.BadInput: ")
                .contains("\tat org.sparkberry.job.Quantity.whole(");
    }

    @Test
    void workThatGrowsBeyondWhatCanBeCountedIsRefused() {
        assumeTrue(Sweep.executorsThatFit(470) >= 10, "not enough free memory for ten executors");
        // 10 · 10¹⁸ > 2⁶³.
        assertThat(Invoked.with(
                        sparkHome,
                        "sweep pi --mode weak --trials 1e18 --executors 10 --oversubscribe --executor-memory 470m"
                                .split(" ", -1)))
                .isEqualTo(new Invoked(
                        2,
                        "",
                        "sparkberry: --trials: 1000000000000000000 for each of 10 executors are more than can be"
                                + " counted (set it lower)\n"));
    }

    @Test
    void aSparkHomeIsNeededAndMustBeOne() throws IOException {
        assertLine(
                "SPARK_HOME is not set; start with ./sparkberry",
                new Surroundings(Map.of("SPARK_HOME", " "), Invoked.properties()));
        assertLine(
                "SPARK_HOME " + folder.resolve("nowhere") + ": is not a Spark home; start with ./sparkberry",
                surroundings(folder.resolve("nowhere")));
        Path hollow = folder.resolve("hollow");
        Files.createDirectories(hollow.resolve("jars"));
        assertLine(
                "SPARK_HOME " + hollow + ": has no jars/spark-core_*.jar; start with ./sparkberry",
                surroundings(hollow));
    }

    @Test
    void aMasterFromSparksSettingsIsNamedAsSuch() throws IOException {
        Path home = Invoked.sparkHome(folder.resolve("configured"));
        write("configured/spark/conf/spark-defaults.conf", "spark.master  yarn\n");

        assertLine(MASTERS + "'yarn' (it is spark.master in Spark's settings; give --master)", surroundings(home));
    }

    @Test
    void settingsThatCannotBeReadAreNamed() throws IOException {
        Path home = Invoked.sparkHome(folder.resolve("misconfigured"));
        write("misconfigured/spark/conf/spark-defaults.conf", "spark.app.name \\u00zz\n");

        assertLine(
                home.resolve("conf/spark-defaults.conf")
                        + ": cannot be read as Spark settings: Malformed \\uxxxx encoding.",
                surroundings(home));
    }

    @Test
    void aClusterThatWasNotSetUpHereIsSaidInOneLine() throws IOException {
        Properties here = new Properties();
        here.setProperty("sparkberry.home", folder.resolve("here").toString());
        Surroundings surroundings = new Surroundings(Map.of("SPARK_HOME", sparkHome.toString()), here);
        Path file = folder.resolve("here/cluster/conf/spark-defaults.conf");

        assertLine(
                "--master: no cluster is set up here: ./sparkberry cluster init …, then ./sparkberry cluster up",
                surroundings,
                "--master",
                "cluster");

        write("here/cluster/conf/spark-defaults.conf", "spark.driver.port 7100\n");
        assertLine(
                "--master: " + file + " names no spark.master; write it again with ./sparkberry cluster up",
                surroundings,
                "--master",
                "cluster");

        // root may read every file: a folder is what nobody can read.
        Files.delete(file);
        Files.createDirectory(file);
        for (String master : List.of("cluster", "spark://10.0.0.2:7077")) {
            assertLine(
                    file + ": cannot be read as Spark settings: Is a directory (is it yours? SPARK_CONF_DIR names"
                            + " another folder)",
                    surroundings,
                    "--master",
                    master);
        }
    }

    @Test
    void sparkSubmitsMasterCannotBeOverruled() {
        Properties properties = Invoked.properties();
        properties.setProperty("spark.submit.deployMode", "client");
        properties.setProperty("spark.master", "local[2]");

        assertLine(
                "--master: spark-submit was given local[2]; give --master to spark-submit alone, before the jar",
                new Surroundings(Map.of("SPARK_HOME", sparkHome.toString()), properties),
                "--master",
                "local[3]");
    }

    @Test
    void anInvocationsSettingsMustBeThoseOfASweep() {
        Surroundings surroundings = new Surroundings(Map.of("SPARKBERRY_INVOCATION", "x"), Invoked.properties());

        assertThat(Invoked.with(surroundings, "measure-invocation"))
                .isEqualTo(
                        new Invoked(2, "", "sparkberry: SPARKBERRY_INVOCATION is not what 'sparkberry sweep' sets\n"));
    }

    private static Surroundings surroundings(Path sparkHome) {
        return new Surroundings(Map.of("SPARK_HOME", sparkHome.toString()), Invoked.properties());
    }

    private static void assertLine(String line, Surroundings surroundings, String... options) {
        String[] words =
                Stream.concat(Stream.of("run", "pi"), Arrays.stream(options)).toArray(String[]::new);

        assertThat(Invoked.with(surroundings, words)).isEqualTo(new Invoked(2, "", "sparkberry: " + line + "\n"));
    }

    private static String filled(String text) {
        return text.replace("~", folder.toString()).replace("CLOSED", "" + closedPort);
    }

    /** What is in the test's folder and in the working folder. */
    private static List<Path> everything() throws IOException {
        try (Stream<Path> ours = Files.walk(folder);
                Stream<Path> here = Files.list(Path.of(""))) {
            return Stream.concat(ours, here).sorted().toList();
        }
    }
}
