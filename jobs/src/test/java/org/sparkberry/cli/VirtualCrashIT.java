package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code virtual up} is killed by SIGKILL, and {@code virtual down} leaves this machine as it was before. */
final class VirtualCrashIT {
    private static final int KILLS = 10;
    private static final long SEED = 20261129;
    private static final int DEADLINE_SECONDS = 90;

    @TempDir
    Path folder;

    @Test
    void downAfterAnUpThatWasKilledLeavesNothing() throws Exception {
        VirtualPis.assumePossible();
        NavigableSet<String> before = VirtualPis.traces();
        // Makes the nodes' Debian, if no other test has; as the README has it.
        String[] words = VirtualPis.readmeCommand();
        assertThat(VirtualPis.call(words).exitCode()).isZero();
        assertThat(VirtualPis.call("down").exitCode()).isZero();
        long start = System.nanoTime();
        assertThat(VirtualPis.call(words).exitCode()).isZero();
        int millis = (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertThat(VirtualPis.call("down").exitCode()).isZero();
        Random random = new Random(SEED);
        int halfMade = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int after = random.nextInt(millis);
            Process up = start(words);
            up.waitFor(after, TimeUnit.MILLISECONDS);
            up.destroyForcibly().waitFor();
            halfMade += VirtualPis.traces().equals(before) ? 0 : 1;

            Launched down = VirtualPis.call("down");

            assertThat(down.exitCode())
                    .as("killed after " + after + " ms: " + down.err())
                    .isZero();
            assertThat(VirtualPis.traces()).as("killed after " + after + " ms").isEqualTo(before);
        }
        assertThat(halfMade).as("kills with something to take away").isGreaterThanOrEqualTo(KILLS / 2);
    }

    @Test
    void aKilledUpDoesNotGoOnMakingTheNodesDebian() throws Exception {
        VirtualPis.assumePossible();
        NavigableSet<String> before = VirtualPis.traces();
        Path cache = folder.resolve("cache");
        Process up = start("up", "1", "--subnet", VirtualPis.SUBNET, "--cache", cache.toString());
        try {
            await(() -> partial(cache).stream().anyMatch(path -> Files.exists(path.resolve("bin/sh"))));
        } finally {
            up.destroyForcibly().waitFor();
        }

        await(() -> VirtualPis.traces().stream()
                .filter(trace -> trace.startsWith("process") || trace.startsWith("mount"))
                .allMatch(before::contains));
        assertThat(VirtualPis.call("down", "--base", "--cache", cache.toString())
                        .exitCode())
                .isZero();
        assertThat(cache).doesNotExist();
        assertThat(VirtualPis.traces()).isEqualTo(before);
    }

    private Process start(String... words) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Launched.root().resolve("sparkberry").toString()));
        command.addAll(List.of(VirtualPis.words(words)));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("up.txt").toFile())
                .start();
    }

    private static List<Path> partial(Path cache) throws IOException {
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(file -> file.toString().endsWith(".partial"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static void await(Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("did not happen in time").isLessThan(end);
            Thread.sleep(100);
        }
    }
}
