package org.sparkberry.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sparkberry.job.Option;
import org.sparkberry.record.Json;
import org.sparkberry.record.SweepDirectory;
import org.sparkberry.report.ReportContent;
import org.sparkberry.report.ScalingReport;
import org.sparkberry.report.SweepContent;
import org.sparkberry.scaling.SweepAnalysis;

/** {@code report DIR}: a sweep as a page with figures. */
final class ReportCommand implements Command {
    @Override
    public String name() {
        return "report";
    }

    @Override
    public String summary() {
        return "makes a sweep's report again: report.html, and its figures as SVG and PNG";
    }

    @Override
    public Subject subject() {
        return Subject.DIRECTORY;
    }

    @Override
    public List<Option<?>> options() {
        return List.of(Options.FORMAT);
    }

    @Override
    public int execute(Call call) {
        Path path = call.path("which sweep? sparkberry report DIR (a sweep says at its end which directory it wrote)");
        SweepDirectory directory = SweepDirectory.read(path);
        ReportContent content = SweepContent.of(directory, SweepAnalysis.of(directory));
        List<Path> written = ScalingReport.write(path, content);
        Terminal terminal = call.terminal();
        if (Options.isJson(call)) {
            Map<String, Object> json = Json.object();
            json.put("verdict", content.verdict());
            json.put("files", written.stream().map(Path::toString).toList());
            terminal.result(Json.pretty(json));
            return DONE;
        }
        if (!content.verdict().isEmpty()) {
            terminal.result(content.verdict());
        }
        terminal.result(
                "written  " + written.get(0) + (written.size() > 1 ? ", figures in " + path.resolve("figures") : ""));
        return DONE;
    }
}
