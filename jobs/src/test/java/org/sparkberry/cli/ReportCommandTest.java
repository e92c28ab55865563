package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.record.Json;
import org.sparkberry.report.MadeUpSweep;

class ReportCommandTest {
    @TempDir
    Path folder;

    @Test
    void aSweepsReportIsMadeAgain() throws IOException {
        Path sweep = MadeUpSweep.directory(folder, 1, 2, 4).path();

        Invoked invoked = report(sweep.toString());

        assertThat(invoked.exitCode()).as(invoked.err()).isZero();
        assertThat(invoked.out())
                .contains(" parallel efficiency at 4 executors; serial fraction ")
                .contains("written  " + sweep.resolve("report.html"));
        assertThat(invoked.err()).isEmpty();
        assertThat(sweep.resolve("report.html")).content().contains("<h1>How pi scales</h1>");
        assertThat(sweep.resolve("figures/speedup.png")).isNotEmptyFile();
    }

    @Test
    void jsonTellsTheFilesAndTheVerdict() throws IOException {
        Path sweep = MadeUpSweep.directory(folder, 1, 2, 4).path();

        Invoked invoked = report(sweep.toString(), "--format", "json");

        List<Path> files = new ArrayList<>();
        Json.tree(invoked.out()).path("files").forEach(file -> files.add(Path.of(file.asText())));
        assertThat(files).contains(sweep.resolve("report.html")).allMatch(Files::isRegularFile);
        assertThat(Json.tree(invoked.out()).path("verdict").asText()).contains(" parallel efficiency at 4 executors");
    }

    @Test
    void whatIsNoSweepIsRefusedInOneLine() throws IOException {
        assertRefused(report(), "which sweep? sparkberry report DIR");
        assertRefused(report(folder.resolve("none").toString()), "none: is not a folder; give the folder of a sweep");
        assertRefused(report(folder.toString()), "sweep.json: cannot be read: no such file or folder");
        Path sweep = MadeUpSweep.directory(folder, 1, 2).path();
        Files.delete(sweep.resolve("tasks.csv"));
        assertRefused(report(sweep.toString()), "tasks.csv: cannot be read: no such file or folder");
        Files.writeString(sweep.resolve("runs.csv"), "a,b\n1,2\n");
        assertRefused(report(sweep.toString()), "runs.csv: the columns are not those that this version writes");
        assertThat(sweep.resolve("report.html")).doesNotExist();
    }

    private static void assertRefused(Invoked invoked, String words) {
        assertThat(invoked.exitCode()).isEqualTo(Command.BAD_INPUT);
        assertThat(invoked.err().lines()).hasSize(1);
        assertThat(invoked.err()).startsWith("sparkberry: ").contains(words);
        assertThat(invoked.out()).isEmpty();
    }

    private Invoked report(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of("report"));
        all.addAll(List.of(words));
        return Invoked.with(Invoked.sparkHome(folder), all.toArray(String[]::new));
    }
}
