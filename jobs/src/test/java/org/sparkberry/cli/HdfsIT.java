package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.record.Json;

/** Checkpoints on a real HDFS: a name node and a data node on the loopback address. */
class HdfsIT {
    @TempDir
    static Path disk;

    private static MiniDFSCluster hdfs;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        Configuration configuration = new Configuration();
        configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, disk.toString());
        configuration.set("dfs.datanode.address", "127.0.0.1:0");
        configuration.set("dfs.datanode.http.address", "127.0.0.1:0");
        configuration.set("dfs.datanode.ipc.address", "127.0.0.1:0");
        configuration.set("dfs.namenode.http-address", "127.0.0.1:0");
        hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
        hdfs.waitActive();
    }

    @AfterAll
    static void stop() {
        if (hdfs != null) {
            hdfs.shutdown();
        }
    }

    @Test
    void aRunWhoseDriverIsKilledGoesOnFromHdfsToTheSameBits() throws Exception {
        String place = "hdfs://127.0.0.1:" + hdfs.getNameNodePort() + "/runs/pi";
        org.apache.hadoop.fs.Path checkpoints = new org.apache.hadoop.fs.Path(place);
        FileSystem files = hdfs.getFileSystem();
        String[] words = {"run", "pi", "--trials", "1e10", "--seed", "7", "--checkpoint-interval", "0.1s"};
        List<String> command =
                new ArrayList<>(List.of(Launched.root().resolve("sparkberry").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("--checkpoint", place));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        try {
            // Some checkpoints are written: something is done.
            while (process.isAlive() && newest(files, checkpoints) < 3) {
                Thread.sleep(20);
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(newest(files, checkpoints))
                .as(Files.readString(folder.resolve("out")))
                .isGreaterThanOrEqualTo(3);

        Launched resumed = Launched.in(folder, "run", "pi", "--resume", place, "--format", "json");

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        Launched undisturbed = Launched.in(folder, "run", "pi", "--trials", "1e10", "--seed", "7", "--format", "json");
        assertThat(Json.tree(resumed.out()).path("digest"))
                .isEqualTo(Json.tree(undisturbed.out()).path("digest"));
        assertThat(files.exists(checkpoints)).isFalse();
    }

    @Test
    void anHdfsThatDoesNotAnswerIsRefusedInOneLine() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        String place = "hdfs://127.0.0.1:" + free + "/runs/pi";
        Launched launched = Launched.in(folder, "run", "pi", "--checkpoint", place);

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.err().strip().lines()).hasSize(1);
        assertThat(launched.err())
                .startsWith("sparkberry: " + place + ": cannot be ")
                .contains("Connection refused");
    }

    @Test
    void aDamagedCheckpointThereIsRefusedByName() throws Exception {
        String place = "hdfs://127.0.0.1:" + hdfs.getNameNodePort() + "/runs/damaged";
        try (var out = hdfs.getFileSystem().create(new org.apache.hadoop.fs.Path(place + "/checkpoint-000000001"))) {
            out.write("SPARKBERRY-CHECKPOINT\n{}\n".getBytes(StandardCharsets.UTF_8));
        }
        Launched launched = Launched.in(folder, "run", "pi", "--resume", place);

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.err().strip())
                .isEqualTo("sparkberry: " + place
                        + "/checkpoint-000000001: is no checkpoint, or is damaged; start the run anew");
    }

    /** The number of the newest checkpoint; 0 without one. */
    private static int newest(FileSystem files, org.apache.hadoop.fs.Path folder) throws IOException {
        int newest = 0;
        if (files.exists(folder)) {
            for (FileStatus status : files.listStatus(folder)) {
                String name = status.getPath().getName();
                if (name.startsWith("checkpoint-")) {
                    newest = Math.max(newest, Integer.parseInt(name.substring("checkpoint-".length())));
                }
            }
        }
        return newest;
    }
}
