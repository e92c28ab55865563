package org.sparkberry.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real {@code ./sparkberry} in a small copy of the tree, on a PATH where java, javac, mvn, apt-get and sudo are
 * stand-ins that write down how they were called. No Java but this test's starts, nothing is built or installed.
 */
class LauncherIT {
    private static final String MUST_BUILD = ", needs a JDK 17 or newer and Maven 3.8.6 or newer: ";
    private static final String MUST_RUN = ", needs Java 17 or newer: ";
    private static final String APT = ("root".equals(System.getProperty("user.name")) ? "" : "sudo ")
            + "apt-get install default-jdk-headless maven\n";
    private static final String JAVA_HOME_CURE = ": point JAVA_HOME to a JDK 17 or newer, or unset it\n";
    private static final String SPARK_HOME_CURE = ": unset SPARK_HOME, or point it to Spark 4.2.x\n";
    private static final String RECORD = "echo \"${0##*/} $*\" >>\"$CALLS\"";

    private final Path scratch;
    private final Path tree;
    private final Path jar;
    private final Path runtime;
    private final Path bin;
    private final Map<String, String> environment = new HashMap<>();

    private record Outcome(int exit, String out, String err) {}

    /** A tree where nothing needs a build, Java 17, its compiler and Maven 3.8.6. */
    LauncherIT(@TempDir Path folder) throws IOException {
        scratch = Files.createDirectory(folder.toRealPath().resolve("a b"));
        tree = scratch.resolve("tree");
        jar = tree.resolve("jobs/target/sparkberry.jar");
        runtime = tree.resolve("cluster-setup/runtime/target/spark");
        bin = Files.createDirectories(scratch.resolve("jdk/bin"));

        Path script = Path.of(Objects.requireNonNull(System.getProperty("sparkberry.root")), "sparkberry");
        write(
                tree.resolve("pom.xml"),
                "<spark.version>4.2.0</spark.version> <scala.binary.version>2.13</scala.binary.version>");
        Files.copy(script, tree.resolve("sparkberry"));
        write(tree.resolve("jobs/pom.xml"), "");
        write(tree.resolve("jobs/src/main/java/Main.java"), "");
        write(tree.resolve("cluster-setup/runtime/pom.xml"), "");
        write(tree.resolve("cluster-setup/runtime/src/spark-class"), "");
        makeOld(tree);
        write(jar, "");
        write(runtime.resolve("RELEASE"), "");

        java("17.0.15");
        program("javac", "");
        maven("3.8.6", "echo >jobs/target/sparkberry.jar; echo >cluster-setup/runtime/target/spark/RELEASE");
        program("sudo", "\"$@\"");
        program("apt-get", RECORD + "\ncase $1 in install) mv \"$BIN\"/../later/* \"$BIN\" ;; esac");
        Path tools = Files.createDirectory(scratch.resolve("tools"));
        for (String tool :
                "awk bash cat env find flock grep head mkdir mv readlink rm sleep tail touch".split(" ", -1)) {
            write(tools.resolve(tool), "#!/bin/sh\nexec " + which(tool) + " \"$@\"\n");
        }
        environment.put("PATH", bin + ":" + tools);
        environment.put("BIN", bin.toString());
        environment.put("CALLS", scratch.resolve("calls").toString());
    }

    @Test
    void handsOverToJava() throws Exception {
        assertThat(run("run", "pi", "--name", "two words", "")).isEqualTo(new Outcome(0, "", ""));

        List<String> call = javaCall();
        assertThat(call)
                .contains(
                        "-Xmx1g",
                        "-Xshare:auto",
                        "-Djava.awt.headless=true",
                        "-Dsparkberry.home=" + tree,
                        "-Dsparkberry.terminal=false")
                .endsWith(
                        "-cp",
                        jar + ":" + runtime + "/jars/*",
                        "org.sparkberry.cli.Main",
                        "run",
                        "pi",
                        "--name",
                        "two words",
                        "");
        assertThat(scratch.resolve("java-environment"))
                .content(UTF_8)
                .isEqualTo("SPARK_HOME=" + runtime + " SPARK_SCALA_VERSION=2.13\n");
        assertThat(calls()).isEmpty();
    }

    @Test
    void virtualPisNeedPythonAloneAndNoBuild() throws Exception {
        Files.delete(bin.resolve("java"));
        Files.delete(jar);

        assertThat(run("virtual", "up", "2"))
                .isEqualTo(new Outcome(
                        2, "", "sparkberry: found no python3, which virtual Pis need: apt-get install python3\n"));
        program("python3", "printf '%s|' \"$@\"");
        assertThat(run("virtual", "shell", "pi1", "two words", ""))
                .isEqualTo(
                        new Outcome(0, tree.resolve("cluster-setup/virtual/virtual") + "|shell|pi1|two words||", ""));
        assertThat(calls()).isEmpty();
    }

    @Test
    void clustersNeedPythonAloneAndNoBuild() throws Exception {
        Files.delete(bin.resolve("java"));
        Files.delete(jar);

        assertThat(run("cluster", "up"))
                .isEqualTo(new Outcome(
                        2, "", "sparkberry: found no python3, which clusters need: apt-get install python3\n"));
        program("python3", "printf '%s|' \"$@\"");
        assertThat(run("cluster", "run", "--", "two words", ""))
                .isEqualTo(new Outcome(0, tree.resolve("cluster-setup/cluster") + "|run|--|two words||", ""));
        assertThat(calls()).isEmpty();
    }

    /** The expected list is Spark's own. */
    @Test
    void theModuleOptionsAreThoseOfSparkWithoutTheVectorModule() throws Exception {
        run();
        assertThat(moduleOptions()).containsExactlyInAnyOrderElementsOf(sparkOptions());
    }

    @Test
    void whatComputesGetsTheVectorModuleAndNothingElseDoes() throws Exception {
        for (String command : List.of("run", "verify", "sweep", "measure-invocation")) {
            run(command, "pi");
            assertThat(javaCall()).as(command).contains("--add-modules=jdk.incubator.vector", "-Dsparkberry.stderr=3");
        }
        for (String command : List.of("jobs", "fit", "plan", "report")) {
            run(command);
            assertThat(javaCall()).as(command).noneMatch(option -> option.matches("--add-modules.*|.*stderr.*"));
        }
    }

    /** Descriptor 3 is the program's own way; what comes by the filter may come after its end. */
    @Test
    void ofWhatTheJvmSaysOnlyTheWarningOfTheModuleIsLost() throws Exception {
        program(
                "java",
                """
                [[ $1 != -version ]] || { echo 'openjdk version "17.0.15"' >&2; exit; }
                echo 'Picked up JAVA_TOOL_OPTIONS: -Dx' >&2
                echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
                echo 'the program' >&3
                echo 'a result'
                echo '  a WARNING: Using incubator modules: x' >&2
                printf 'no newline' >&2
                exit 7""");
        Outcome outcome = run("run", "pi");
        assertThat(outcome.exit()).isEqualTo(7);
        assertThat(outcome.out()).isEqualTo("a result\n");
        assertThat(outcome.err()).contains("the program\n");
        Path err = scratch.resolve("output.err");
        while (!Files.readString(err, UTF_8).contains("no newline\n")) {
            Thread.sleep(20);
        }
        assertThat(Files.readAllLines(err, UTF_8))
                .containsExactlyInAnyOrder(
                        "the program",
                        "Picked up JAVA_TOOL_OPTIONS: -Dx",
                        "  a WARNING: Using incubator modules: x",
                        "no newline");
    }

    @Test
    void java25DoesNotGetThePackageThatItNoLongerHas() throws Exception {
        java("25.0.3");
        run();
        List<String> expected = sparkOptions();
        assertThat(expected.remove("--add-opens=java.base/sun.security.action=ALL-UNNAMED"))
                .isTrue();
        assertThat(moduleOptions()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void worksThroughASymbolicLinkInAnotherFolder() throws Exception {
        Path link = Files.createSymbolicLink(scratch.resolve("link"), tree.resolve("sparkberry"));
        assertThat(start(List.of(link.toString(), "jobs"), "").exit()).isZero();
        assertThat(javaCall()).contains("-Dsparkberry.home=" + tree).endsWith("org.sparkberry.cli.Main", "jobs");
    }

    @Test
    void theDriversMemoryIsCheckedAndPassedOn() throws Exception {
        environment.put("SPARK_DRIVER_MEMORY", "2 gigs");
        assertRefused("sparkberry: SPARK_DRIVER_MEMORY must be like 512m or 2g: 2 gigs\n");
        environment.put("SPARK_DRIVER_MEMORY", "700m");
        assertThat(run().exit()).isZero();
        assertThat(javaCall()).contains("-Xmx700m").doesNotContain("-Xmx1g");
    }

    // --- what is missing or too old ---

    @Test
    void withoutJavaItNamesTheCommandThatInstallsIt() throws Exception {
        Files.delete(bin.resolve("java"));
        assertRefused("sparkberry: found no Java" + MUST_RUN + APT);
        Files.delete(bin.resolve("javac"));
        Files.delete(bin.resolve("mvn"));
        Files.delete(jar);
        assertRefused("sparkberry: found no Java and no Maven" + MUST_BUILD + APT);
        Files.delete(bin.resolve("apt-get"));
        assertRefused("sparkberry: found no Java and no Maven: install a JDK 17 or newer and Maven 3.8.6 or newer\n");
    }

    @Test
    void anOldJavaIsRefused() throws Exception {
        java("11.0.2");
        assertRefused("sparkberry: found Java 11 (" + bin + "/java)" + MUST_RUN + APT);
        java("1.8.0_402");
        assertRefused("sparkberry: found Java 8 (" + bin + "/java)" + MUST_RUN + APT);
        program("java", "exit 1");
        assertRefused("sparkberry: found a Java that does not run (" + bin + "/java)" + MUST_RUN + APT);
    }

    @Test
    void theVersionIsReadFromTheFileReleaseWhereThereIsOne() throws Exception {
        write(bin.resolveSibling("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");
        assertRefused("sparkberry: found Java 11 (" + bin + "/java)" + MUST_RUN + APT);
    }

    @Test
    void aBuildNeedsACompilerAndARecentMaven() throws Exception {
        Files.delete(jar);
        maven("3.6.3", "");
        assertRefused("sparkberry: found Maven 3.6.3 (" + bin + "/mvn)" + MUST_BUILD + APT);
        Files.delete(bin.resolve("javac"));
        assertRefused("sparkberry: found no javac (Java 17 in " + bin + "/java is a JRE)" + MUST_BUILD + APT);
    }

    @Test
    void yesInstallsWithoutAskingAndGoesOn() throws Exception {
        Files.delete(jar);
        Path later = Files.createDirectory(scratch.resolve("jdk/later"));
        for (String program : List.of("java", "javac", "mvn")) {
            Files.move(bin.resolve(program), later.resolve(program));
        }
        Outcome outcome = run("--yes", "jobs");
        assertThat(outcome.exit()).as(outcome.err()).isZero();
        assertThat(calls())
                .startsWith("apt-get update", "apt-get install -y default-jdk-headless maven")
                .element(2)
                .asString()
                .startsWith("mvn ");
        assertThat(javaCall()).endsWith("org.sparkberry.cli.Main", "jobs");
    }

    @Test
    void yesIsForTheLauncherOnlyInFirstPlace() throws Exception {
        assertThat(run("command", "reset", "--yes").exit()).isZero();
        assertThat(javaCall()).endsWith("org.sparkberry.cli.Main", "command", "reset", "--yes");
    }

    @Test
    void onATerminalItAsks() throws Exception {
        Path terminal = Path.of("/usr/bin/script");
        assumeTrue(Files.isExecutable(terminal), "no script(1) to make a terminal with");
        environment.put("LAUNCHER", tree.resolve("sparkberry").toString());
        List<String> command = List.of(terminal.toString(), "-qec", "exec \"$LAUNCHER\" jobs", "/dev/null");
        Path later = Files.createDirectory(scratch.resolve("jdk/later"));
        Files.move(bin.resolve("java"), later.resolve("java"));

        Outcome no = start(command, "n\n");
        assertThat(no.exit()).isEqualTo(2);
        assertThat(no.out()).contains("found no Java").contains("Install them now? [y/N] ");
        assertThat(calls()).isEmpty();

        Outcome yes = start(command, "y\n");
        assertThat(yes.exit()).as(yes.out()).isZero();
        assertThat(calls()).containsExactly("apt-get update", "apt-get install -y default-jdk-headless maven");
        assertThat(javaCall()).contains("-Dsparkberry.terminal=true");
    }

    @Test
    void aWrongJavaHomeIsNamedAndNothingInstalled() throws Exception {
        Path home = scratch.resolve("home");
        environment.put("JAVA_HOME", home.toString());
        assertRefused("sparkberry: JAVA_HOME=" + home + " has no bin/java" + JAVA_HOME_CURE);
        write(home.resolve("bin/java"), "#!/bin/bash\necho 'openjdk version \"11.0.2\"' >&2\n");
        assertRefused("sparkberry: JAVA_HOME=" + home + " is Java 11" + JAVA_HOME_CURE);
        write(home.resolve("bin/java"), "#!/bin/bash\nexit 1\n");
        assertRefused("sparkberry: JAVA_HOME=" + home + " has a bin/java that does not run" + JAVA_HOME_CURE);
        write(home.resolve("release"), "JAVA_VERSION=\"21\"\n");
        Files.delete(jar);
        assertRefused("sparkberry: JAVA_HOME=" + home + " has no bin/javac, it is a JRE" + JAVA_HOME_CURE);
    }

    // --- Spark ---

    @Test
    void aSparkHomeOfAnotherVersionIsRefused() throws Exception {
        Path home = scratch.resolve("spark");
        environment.put("SPARK_HOME", home.toString());
        assertRefused("sparkberry: SPARK_HOME=" + home + " is not a Spark home (no jars/spark-core_2.13-4.2.*.jar)"
                + SPARK_HOME_CURE);
        Path core = home.resolve("jars/spark-core_2.12-3.5.1.jar");
        write(core, "");
        assertRefused("sparkberry: SPARK_HOME=" + home + " is Spark 3.5.1 for Scala 2.12" + SPARK_HOME_CURE);
        Files.move(core, core.resolveSibling("spark-core_2.13-4.20.0.jar"));
        assertRefused("sparkberry: SPARK_HOME=" + home + " is Spark 4.20.0 for Scala 2.13" + SPARK_HOME_CURE);
    }

    @Test
    void aSparkHomeFromOutsideIsUsedAndNoneIsBuilt() throws Exception {
        Path home = scratch.resolve("spark");
        write(home.resolve("jars/spark-core_2.13-4.2.3.jar"), "");
        environment.put("SPARK_HOME", home.toString());
        Files.delete(runtime.resolve("RELEASE"));
        assertThat(run().exit()).isZero();
        assertThat(javaCall()).contains(jar + ":" + home + "/jars/*");
        assertThat(calls()).isEmpty();
    }

    // --- the build ---

    @Test
    void buildsOnlyWhatIsMissingOrOld() throws Exception {
        Files.delete(runtime.resolve("RELEASE"));
        assertThat(run().err())
                .startsWith("sparkberry: building a Spark home (takes some minutes the first time), log");
        assertThat(calls()).singleElement().asString().endsWith(" -pl cluster-setup/runtime package");

        makeOld(jar);
        write(tree.resolve("jobs/src/main/java/Main.java"), "changed");
        assertThat(run().err()).startsWith("sparkberry: building Sparkberry, log");
        assertThat(calls()).hasSize(2).last().asString().endsWith(" -pl jobs package");

        makeOld(jar);
        makeOld(runtime);
        write(tree.resolve("pom.xml"), Files.readString(tree.resolve("pom.xml"), UTF_8));
        assertThat(run().err()).startsWith("sparkberry: building Sparkberry and a Spark home, log");
        assertThat(calls()).hasSize(3).last().asString().endsWith(" -pl jobs,cluster-setup/runtime package");

        assertThat(run().err()).isEmpty();
        assertThat(calls()).hasSize(3);
    }

    @Test
    void aFailedBuildShowsMavensErrorsAndIsNeverTakenForFinished() throws Exception {
        makeOld(jar);
        write(tree.resolve("jobs/src/main/java/Main.java"), "changed");
        maven(
                "3.9.9",
                """
                echo half >jobs/target/sparkberry.jar
                echo '[INFO] noise'
                echo '[ERROR] Main.java:[1,2] cannot find symbol'
                echo '[ERROR] Main.java:[1,2] cannot find symbol'
                echo '[ERROR] -> [Help 1]'
                exit 1""");
        for (int time = 1; time <= 2; time++) {
            Outcome outcome = run();
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.err().lines().skip(1))
                    .containsExactly(
                            "[ERROR] Main.java:[1,2] cannot find symbol",
                            "sparkberry: the build failed, all of its output is in tree/target/sparkberry-build.log");
            assertThat(calls()).hasSize(time);
        }
        assertThat(scratch.resolve("java-call")).doesNotExist();
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        Files.delete(jar);
        maven("3.9.9", "sleep 0.5; echo >jobs/target/sparkberry.jar");
        Process first = process(List.of(tree.resolve("sparkberry").toString()), scratch.resolve("first"));
        Outcome second = run();
        assertThat(first.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(first.exitValue()).isZero();
        assertThat(second.exit()).isZero();
        assertThat(calls()).hasSize(1);
    }

    @Test
    void aStopEndsTheBuildToo() throws Exception {
        Files.delete(jar);
        maven("3.9.9", "exec sleep 60");
        Process launcher = process(List.of(tree.resolve("sparkberry").toString()), scratch.resolve("stopped"));
        while (calls().isEmpty()) {
            assertThat(launcher.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
        }
        List<ProcessHandle> children = launcher.descendants().toList();
        assertThat(children).isNotEmpty();
        launcher.destroy();
        assertThat(launcher.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(launcher.exitValue()).isEqualTo(130);
        for (ProcessHandle child : children) {
            child.onExit().get(1, TimeUnit.MINUTES);
        }
        assertThat(scratch.resolve("stopped.err")).content(UTF_8).endsWith("sparkberry: the build was stopped\n");
    }

    // --- the stage ---

    private void java(String version) throws IOException {
        program(
                "java",
                """
                if [[ $1 == -version ]]; then
                  printf 'Picked up JAVA_TOOL_OPTIONS: -Dx\\nopenjdk version "%s" 2025-04-15\\n' >&2
                  exit
                fi
                printf '%%s\\n' "$@" >"${CALLS%%/*}/java-call"
                echo "SPARK_HOME=$SPARK_HOME SPARK_SCALA_VERSION=$SPARK_SCALA_VERSION" >"${CALLS%%/*}/java-environment"
                exit"""
                        .formatted(version));
    }

    /** Says its version in colour, as Maven does where it takes the output for a terminal; else runs the commands. */
    private void maven(String version, String commands) throws IOException {
        program(
                "mvn",
                """
                if [[ $1 == -version ]]; then
                  printf '\\e[1mApache Maven %s\\e[m\\n'
                  exit
                fi
                %s
                %s"""
                        .formatted(version, RECORD, commands));
    }

    private void program(String name, String body) throws IOException {
        write(bin.resolve(name), "#!/bin/bash\n" + body + "\n");
    }

    private static Path which(String tool) {
        return Stream.of("/usr/bin", "/bin")
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text, UTF_8);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void makeOld(Path start) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(start)) {
            paths = walk.toList();
        }
        for (Path path : paths) {
            Files.setLastModifiedTime(path, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        }
    }

    private void assertRefused(String line) throws Exception {
        assertThat(run("jobs")).isEqualTo(new Outcome(2, "", line));
        assertThat(calls()).isEmpty();
    }

    private Outcome run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.add(0, tree.resolve("sparkberry").toString());
        return start(command, "");
    }

    private Outcome start(List<String> command, String input) throws Exception {
        Path output = scratch.resolve("output");
        Process process = process(command, output);
        try (var stdin = process.outputWriter(UTF_8)) {
            stdin.write(input);
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Outcome(
                process.exitValue(),
                Files.readString(output, UTF_8),
                Files.readString(output.resolveSibling("output.err"), UTF_8));
    }

    private Process process(List<String> command, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectOutput(output.toFile())
                .redirectError(
                        output.resolveSibling(output.getFileName() + ".err").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private List<String> calls() throws IOException {
        Path calls = scratch.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls, UTF_8) : List.of();
    }

    private List<String> javaCall() throws IOException {
        return Files.readAllLines(scratch.resolve("java-call"), UTF_8);
    }

    /** The options of the call that are not Sparkberry's own. */
    private List<String> moduleOptions() throws IOException {
        List<String> options = new ArrayList<>(javaCall());
        options.subList(options.indexOf("-cp"), options.size()).clear();
        options.removeIf(option -> option.matches("-Xmx.*|-Xshare:auto|-Djava.awt.headless=.*|-Dsparkberry\\..*"));
        return options;
    }

    private static List<String> sparkOptions() {
        List<String> options = new ArrayList<>(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        assertThat(options.remove("--add-modules=jdk.incubator.vector")).isTrue();
        return options;
    }
}
