package org.sparkberry.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.estimate.Result;
import org.sparkberry.estimate.Table;
import org.sparkberry.model.HistoricalBootstrap;
import org.sparkberry.model.Losses;
import org.sparkberry.model.Work;
import org.sparkberry.random.Streams;
import org.sparkberry.record.Clock;

/** A process that writes checkpoints nearly all the time is killed at twenty random moments. */
class CheckpointKillIT {
    private static final int KILLS = 20;
    private static final Work WORK = new Work(new Streams(1, "test"), 400_000, 500);
    /** Some returns; what they are does not matter here. */
    private static final HistoricalBootstrap MODEL =
            new HistoricalBootstrap(new double[] {0.01, -0.02, 0.015, -0.005, 0.03, -0.01, 0.002}, 10);

    @TempDir
    Path folder;

    /** The process: computes, with a checkpoint after every block, and writes its digest when it is done. */
    public static void main(String[] folders) throws IOException {
        Path run = Path.of(folders[0]);
        Rounds rounds = new Rounds(
                new InThread("pi1"),
                new Rounds.Settings(Optional.empty(), false, Double.POSITIVE_INFINITY, OptionalInt.of(1_000), 0, 0),
                CheckpointFolder.at(run.toString(), Map.of()),
                CheckpointHeader.of("test", Map.of(), Map.of()),
                new Silent(),
                Clock.system());
        Result result = rounds.sample(MODEL, WORK, CheckpointKillIT::result);
        Files.writeString(run.resolve("digest"), result.digest());
    }

    @Test
    void killedAtTwentyRandomMomentsItEndsWithTheSameBits() throws Exception {
        Random random = new Random(20261121);
        Path run = folder.resolve("run");
        int onTheWay = 0;
        int whileWriting = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start(run);
            Thread.sleep(300 + random.nextInt(900));
            process.destroyForcibly().waitFor();
            if (!Files.exists(run.resolve("digest"))) {
                onTheWay++;
            }
            if (Files.isDirectory(run)) {
                try (var files = Files.list(run)) {
                    whileWriting += (int) files.filter(file -> file.toString().endsWith(".partial"))
                            .count();
                }
            }
        }
        assertThat(start(run).waitFor()).isZero();

        assertThat(Files.readString(run.resolve("digest")))
                .isEqualTo(result(new SingleThread().estimate(MODEL, WORK)).digest());
        System.out.println("killed " + onTheWay + " times on the way, at least " + whileWriting
                + " of them while a checkpoint was written");
        assertThat(onTheWay).isGreaterThan(KILLS / 4);
    }

    private Process start(Path run) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CheckpointKillIT.class.getName(),
                        run.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
    }

    private static Result result(Losses losses) {
        return new Result(
                losses.moments().count(),
                List.of(losses.moments().estimate("mean"), losses.quantiles().quantile("quantile", 0.99)),
                List.of(losses.histogram().table("losses")));
    }

    private static final class Silent implements Rounds.Observer {
        @Override
        public void progress(long doneBlocks, long blocks) {}

        @Override
        public void round(Round round, double trialsNeeded, double secondsLeft) {}

        @Override
        public void wrong(AuditReport.Wrong wrong) {}

        @Override
        public void resumable() {}

        @Override
        public void snapshot(Table table) {}

        @Override
        public void checkpointFailed(IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
