package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's jar, and what is said of one that cannot be used: one line, exit code 2. */
final class JobJarsTest {
    @TempDir
    static Path shared;

    private static Path sparkHome = Path.of("");

    @TempDir
    Path folder;

    private Path jar = Path.of("");

    @BeforeAll
    static void makeSparkHome() throws Exception {
        sparkHome = Invoked.sparkHome(shared);
    }

    @BeforeEach
    void nameJar() {
        jar = folder.resolve("own.jar");
    }

    @Test
    void aJobInAJarIsAJobLikeOurs() throws Exception {
        good("own").at(jar);

        Invoked list = Invoked.with(sparkHome, "jobs", "--jars", jar.toString());
        assertThat(list.out()).contains("  own ", "made by a test", "  pi ");
        Invoked help = Invoked.with(sparkHome, "run", "own", "--jars=" + jar, "--help");
        assertThat(help.out()).startsWith("usage: sparkberry run own [OPTIONS]\n");
        // The jar is gone with the command.
        assertThat(Invoked.with(sparkHome, "jobs").out()).doesNotContain("made by a test");
    }

    @Test
    void aLibraryBesideTheJobNeedsNoJobOfItsOwn() throws Exception {
        good("own").at(jar);
        Path library = MadeJar.of(folder.resolve("library"), "Lib package lib; public class Lib {}")
                .at(folder.resolve("lib.jar"));

        assertThat(Invoked.with(sparkHome, "jobs", "--jars", library + "," + jar)
                        .out())
                .contains("made by a test");
        assertLine(
                "--jars: no job in lib.jar: the class of a job must be named in META-INF/services/"
                        + "org.sparkberry.job.Job of its jar",
                library);
    }

    @Test
    void aFileThatIsNoJarIsNamed() throws Exception {
        assertLine("--jars: " + jar + ": no such file", jar);
        assertLine(
                "--jars: none.jar: no such file (looked for in " + Path.of("").toAbsolutePath() + ")",
                Path.of("none.jar"));
        assertLine("--jars: " + folder + " is a folder; give the file of a jar", folder);
        assertLine("--jars: " + jar + " is not a jar", Files.writeString(jar, "text"));
        assertLine("--jars: " + jar + " is not a jar", Files.writeString(jar, ""));
    }

    @Test
    void theOptionNeedsItsValueAndACommandThatTakesIt() {
        assertThat(Invoked.with(sparkHome, "run", "pi", "--jars").err())
                .isEqualTo("sparkberry: --jars needs a value: --jars FILE.jar,… (jars with jobs of your own, and with"
                        + " what these need)\n");
        assertThat(Invoked.with(sparkHome, "jobs", "--jars", "a.jar,").err())
                .isEqualTo("sparkberry: --jars: a value is missing beside a comma: 'a.jar,'\n");
        assertThat(Invoked.with(sparkHome, "fit", "--jars", "a.jar").err())
                .isEqualTo("sparkberry: unknown option '--jars'; 'sparkberry fit --help' lists the options\n");
    }

    @Test
    void executorsCouldNotTellJarsOfOneNameApart() throws Exception {
        good("own").at(jar);
        Path twin = Files.createDirectory(folder.resolve("twin")).resolve("own.jar");
        Files.copy(jar, twin);

        assertThat(Invoked.with(sparkHome, "jobs", "--jars", jar + "," + twin).err())
                .isEqualTo("sparkberry: --jars: " + jar + " and " + twin + " have the same file name; rename one of"
                        + " them\n");
    }

    @Test
    void aJarWithASparkberryOfItsOwnIsRefused() throws Exception {
        good("own").with("org/sparkberry/job/Job.class", "any").at(jar);

        assertLine(
                "--jars: " + jar + " has Sparkberry's own classes in it; build it without them (in Maven: scope"
                        + " provided)",
                jar);
    }

    @Test
    void aClassThatIsNotThereIsNamed() throws Exception {
        good("own").with(MadeJar.SERVICES, "own.Job1\n").at(jar);

        assertLine(
                "own.Job1: META-INF/services/org.sparkberry.job.Job names this class, and no jar has it; is it spelt"
                        + " right, with its package?",
                jar);
    }

    @Test
    void aClassThatIsNoJobIsNamed() throws Exception {
        MadeJar.of(folder, "Lib package lib; public class Lib {}")
                .with(MadeJar.SERVICES, "lib.Lib\n")
                .at(jar);

        assertLine(
                "lib.Lib: META-INF/services/org.sparkberry.job.Job names this class, but it does not implement"
                        + " org.sparkberry.job.Job",
                jar);
    }

    @Test
    void aJobForANewerJavaIsToldWhatToDo() throws Exception {
        good("own").asOfJava(55, "own/Job0.class").at(jar);

        assertLine(
                "own.Job0: was compiled for Java 55, and this is Java "
                        + Runtime.version().feature() + "; compile it with --release 17, which runs everywhere",
                jar);
    }

    @Test
    void aJobThatCannotBeMadeSaysWhy() throws Exception {
        made("own", "public Job0() { throw new IllegalStateException(\"no licence\"); }", "")
                .at(jar);
        assertLine("own.Job0: cannot be made, its constructor throws java.lang.IllegalStateException: no licence", jar);

        String constructor =
                "own.Job0: must be a public class, not abstract, with a public constructor without parameters";
        made("own", "public Job0(int seed) {}", "").at(jar);
        assertLine(constructor, jar);
        made("own", "private Job0() {}", "").at(jar);
        assertLine(constructor, jar);
    }

    @Test
    void aClassThatAJobNeedsAndNoJarHasIsNamed() throws Exception {
        MadeJar.of(
                        folder,
                        "Lib package lib; public class Lib { public int two() { return 2; } }",
                        MadeJar.job("own", "public Job0() { new lib.Lib().two(); }", "mine.add(1);", ""))
                .with(MadeJar.SERVICES, "own.Job0\n")
                .without("lib/Lib.class")
                .at(jar);

        assertLine("lib.Lib: a job needs this class, and no jar has it; add its jar to --jars", jar);
    }

    @Test
    void namesMustBeNamesAndNobodyElses() throws Exception {
        good("pi").at(jar);
        assertLine("two jobs have the name pi: org.sparkberry.job.Pi and own.Job0; give your own another one", jar);
        good("My Job").at(jar);
        assertLine("own.Job0: a job's name is of lower-case letters, digits and hyphens, not 'My Job'", jar);
        String option = "Option.whole(\"NAME1\", \"N\", 1, 9, \"1\", \"any\")";
        made("own", "", option.replace("NAME1", "seed")).at(jar);
        assertLine("own.Job0: has two options --seed (every job has that one already)", jar);
        made("own", "", option.replace("NAME1", "results")).at(jar);
        assertLine("own.Job0: its option --results has the name of one of 'run' itself; give it another one", jar);
    }

    @Test
    void aJobThatCannotSayWhatItIsSaysWhy() throws Exception {
        made("own", "{ } public List<Class<?>> travels() { throw new ArithmeticException(\"no idea\"); }", "")
                .at(jar);

        assertLine("own.Job0: cannot say what it is: java.lang.ArithmeticException: no idea", jar);
    }

    private MadeJar good(String name) throws Exception {
        return made(name, "", "");
    }

    private MadeJar made(String name, String constructor, String options) throws Exception {
        Path place = Files.createTempDirectory(folder, "made");
        return MadeJar.of(place, MadeJar.job(name, constructor, "mine.add(1);", options))
                .with(MadeJar.SERVICES, "own.Job0\n");
    }

    private static void assertLine(String line, Path jar) {
        for (List<String> words :
                List.of(List.of("run", "own", "--jars", jar.toString()), List.of("sweep", "--jars=" + jar, "own"))) {
            Invoked invoked = Invoked.with(sparkHome, words.toArray(String[]::new));

            assertThat(invoked)
                    .isEqualTo(new Invoked(
                            2, "", "sparkberry: " + line.replace("'run'", "'" + words.get(0) + "'") + "\n"));
        }
    }
}
