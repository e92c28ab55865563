package org.sparkberry.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.SweepDirectory;
import org.sparkberry.scaling.SweepAnalysis;

class ScalingReportTest {
    @TempDir
    Path folder;

    @Test
    void aReportIsAPageAndItsFiguresAndNothingElse() throws Exception {
        List<Path> written = ScalingReport.write(folder, MadeUpSweep.of(1, 2, 4));

        List<Path> there = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(there::add);
        }
        assertThat(there).containsExactlyInAnyOrderElementsOf(written);
        assertThat(written.stream().map(file -> folder.relativize(file).toString()))
                .startsWith("report.html")
                .contains("figures/speedup.svg", "figures/efficiency.png", "figures/time.svg")
                .contains("figures/timeline.png", "figures/run-order.svg")
                .hasSize(11);
        String page = Files.readString(folder.resolve("report.html"));
        assertThat(page).contains("prefers-color-scheme: dark", "@media print");
        new DrawnSvg(Files.readString(folder.resolve("figures/time.svg")));
    }

    @Test
    void aFolderThatCannotBeWrittenIsBadInput() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> ScalingReport.write(file, MadeUpSweep.of(1, 2)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("the report cannot be written to " + file);
    }

    /** Amdahl's law with σ = 0.04: S(4) = 4/1.12 = 3.571. */
    @Test
    void aSweepsDirectoryIsAllThatAReportNeeds() {
        SweepDirectory sweep = MadeUpSweep.directory(folder, 1, 2, 4);

        SweepDirectory read = SweepDirectory.read(sweep.path());
        ReportContent content = SweepContent.of(read, SweepAnalysis.of(read));

        assertThat(content.points()).hasSize(3);
        assertThat(content.points().get(2).speedup().low()).isLessThan(3.571);
        assertThat(content.points().get(2).speedup().high()).isGreaterThan(3.571);
        assertThat(content.curves()).anyMatch(ReportContent.Curve::isChosen);
        assertThat(content.laws().get(0).law()).isEqualTo("Amdahl");
        assertThat(content.verdict()).contains(" parallel efficiency at 4 executors");
        assertThat(content.environment()).containsEntry("machine", "Pi");
        assertThat(content.tasks()).hasSize(3).allMatch(run -> run.tasks().isEmpty());
    }
}
