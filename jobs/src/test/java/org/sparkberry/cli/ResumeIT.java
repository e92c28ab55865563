package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.record.Json;

/** Drivers that are killed, and disks that are full: nothing finished is lost, and the bits are the same. */
class ResumeIT {
    /** Enough for some seconds; for more kills there must be more to do. */
    private static final String TRIALS = System.getProperty("sparkberry.trials", "1e10");

    @TempDir
    Path folder;

    @Test
    void aDriverThatIsKilledAgainAndAgainEndsWithTheBitsOfAnUndisturbedRun() throws Exception {
        // Each start of Spark takes seconds; CheckpointKillIT kills more often.
        int kills = Integer.getInteger("sparkberry.kills", 3);
        Random random = new Random(20261121);
        Path run = killed(random.nextInt(1000));
        for (int kill = 2; kill <= kills; kill++) {
            Process process = start("run", "pi", "--resume", run.toString(), "--checkpoint-interval", "0.05s");
            String before = newest(run);
            while (process.isAlive() && newest(run).equals(before)) {
                Thread.sleep(5);
            }
            Thread.sleep(random.nextInt(1000));
            process.destroyForcibly().waitFor();
            if (Files.exists(run.resolve("run.json"))) {
                System.out.println("killed " + (kill - 1) + " times on the way, then it was done");
                break;
            }
        }

        Launched resumed = Launched.in(folder, "run", "pi", "--resume", run.toString());

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        String digest = digest(run);
        assertThat(resumed.out()).contains(digest);
        assertThat(digest).isEqualTo(undisturbed());
        assertThat(names(run)).containsExactly("estimates.csv", "run.json");

        // What has ended is not done again.
        Launched again = Launched.in(folder, "run", "pi", "--resume", run.toString());
        assertThat(again.exitCode()).isZero();
        assertThat(again.out().strip()).isEqualTo("digest   " + digest);
    }

    @Test
    void whatDiffersIsNamed() throws Exception {
        Path run = killed(0);
        refused(
                "--trials: " + run + " was started with " + TRIALS
                        + ", not 1e9; leave it out to go on, or start a new run",
                run,
                "pi",
                "--trials",
                "1e9");
        refused(
                "--seed: " + run + " was started with 1, not 7; leave it out to go on, or start a new run",
                run,
                "pi",
                "--seed",
                "7");
        refused(
                "--precision: " + run + " was started with none, not 1e-3; leave it out to go on, or start a new run",
                run,
                "pi",
                "--precision",
                "1e-3");
        refused("--resume: " + run + " is a run of pi, not of value-at-risk", run, "value-at-risk");

        Path newest = run.resolve(newest(run));
        byte[] whole = Files.readAllBytes(newest);
        whole[whole.length / 2] ^= 4;
        Files.write(newest, whole);
        Launched damaged = Launched.in(folder, "run", "pi", "--resume", run.toString());
        assertThat(damaged.exitCode()).isEqualTo(2);
        assertThat(damaged.err())
                .startsWith("sparkberry: " + newest.toAbsolutePath() + ": is damaged (its SHA-256 is another one); ")
                .hasLineCount(1);
        assertThat(names(run)).contains(newest.getFileName().toString());

        Path nothing = Files.createDirectory(folder.resolve("nothing"));
        refused(
                "--resume: " + nothing + " has no checkpoint; it must be the directory of a run that was stopped, or"
                        + " its --checkpoint",
                nothing,
                "pi");
    }

    @Test
    void onAFullDiskTheRunGoesOnAndTheLastGoodCheckpointStays() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        boolean mounted = call("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()) == 0;
        if (!mounted) {
            System.out.println("skipped: no right to mount a file system");
        }
        assumeTrue(mounted, "no right to mount a file system");
        try {
            Process process = start(
                    "run", "pi", "--trials", TRIALS, "--checkpoint", disk.toString(), "--checkpoint-interval", "0.05s");
            while (process.isAlive() && newest(disk).isEmpty()) {
                Thread.sleep(5);
            }
            fill(disk.resolve("others"));
            while (process.isAlive() && !Files.readString(folder.resolve("err")).contains("warning")) {
                Thread.sleep(5);
            }
            String kept = newest(disk);
            assertThat(process.isAlive())
                    .as(Files.readString(folder.resolve("err")))
                    .isTrue();
            assertThat(kept).isNotEmpty();
            // It is whole: a copy of it is gone on from, elsewhere.
            Path copy = Files.createDirectory(folder.resolve("copy"));
            Files.copy(disk.resolve(kept), copy.resolve(kept));

            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(Files.readString(folder.resolve("err")))
                    .contains("warning: a checkpoint could not be written: No space left on device; the run goes on,"
                            + " and the last good checkpoint is kept");
            Path run;
            try (Stream<Path> runs = Files.list(folder.resolve("results"))) {
                run = runs.findFirst().orElseThrow();
            }
            Launched resumed = Launched.in(folder, "run", "pi", "--resume", copy.toString());
            assertThat(resumed.exitCode()).as(resumed.err()).isZero();
            assertThat(digest(run)).isEqualTo(undisturbed()).isEqualTo(digest(copy));
        } finally {
            call("umount", "-l", disk.toString());
        }
    }

    /** The directory of a run that was killed so long after its first checkpoint. */
    private Path killed(int millis) throws Exception {
        Process process = start("run", "pi", "--trials", TRIALS, "--checkpoint-interval", "0.05s");
        Path results = folder.resolve("results");
        Path run = results;
        while (process.isAlive() && newest(run).compareTo("checkpoint-000000002") < 0) {
            Thread.sleep(5);
            if (Files.isDirectory(results)) {
                try (Stream<Path> runs = Files.list(results)) {
                    run = runs.filter(Files::isDirectory).findFirst().orElse(results);
                }
            }
        }
        Thread.sleep(millis);
        process.destroyForcibly().waitFor();
        assertThat(run).as(Files.readString(folder.resolve("err"))).isNotEqualTo(results);
        return run;
    }

    private void refused(String message, Path run, String job, String... options)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("run", job, "--resume", run.toString()));
        words.addAll(List.of(options));
        Launched launched = Launched.in(folder, words.toArray(String[]::new));
        assertThat(launched).isEqualTo(new Launched(2, "", "sparkberry: " + message + "\n"));
    }

    private Process start(String... words) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Launched.root().resolve("sparkberry").toString()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private String undisturbed() throws IOException, InterruptedException {
        Launched launched = Launched.in(folder, "run", "pi", "--trials", TRIALS, "--format", "json");
        assertThat(launched.exitCode()).as(launched.err()).isZero();
        return Json.tree(launched.out()).path("digest").asText();
    }

    private static String digest(Path run) throws IOException {
        return Json.tree(Files.readString(run.resolve("run.json")))
                .path("digest")
                .asText();
    }

    /** The name of the newest checkpoint; empty if there is none. */
    private static String newest(Path run) throws IOException {
        return names(run).stream()
                .filter(name -> name.startsWith("checkpoint-"))
                .reduce((first, second) -> second)
                .orElse("");
    }

    private static List<String> names(Path run) throws IOException {
        if (!Files.isDirectory(run)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(run)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Writes until nothing more goes in. */
    private static void fill(Path file) {
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[512]);
            }
        } catch (IOException e) {
            // Full.
        }
    }

    private static int call(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
