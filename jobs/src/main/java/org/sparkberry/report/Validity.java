package org.sparkberry.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sparkberry.record.MeasuredRun;
import org.sparkberry.scaling.SweepAnalysis;

/** How many runs count, how many do not, and why. */
final class Validity {
    private final List<MeasuredRun> runs;

    Validity(List<MeasuredRun> runs) {
        this.runs = runs;
    }

    /** Words and numbers, row by row. */
    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("iterations measured", runs.size()));
        rows.add(
                row("of them counted", runs.stream().filter(MeasuredRun::counts).count()));
        rows.add(row(
                "of them warm-ups, kept but not counted",
                runs.stream().filter(MeasuredRun::warmup).count()));
        rows.add(row(
                "of them left out as invalid",
                runs.stream().filter(run -> !run.valid() && !run.warmup()).count()));
        reasons().forEach((reason, count) -> rows.add(row("invalid because: " + reason, count)));
        rows.add(List.of("same bits in all runs of the same work", SweepAnalysis.sameDigests(runs) ? "yes" : "NO"));
        return rows;
    }

    private Map<String, Long> reasons() {
        return runs.stream()
                .filter(run -> !run.valid())
                .collect(Collectors.groupingBy(MeasuredRun::reason, TreeMap::new, Collectors.counting()));
    }

    private static List<String> row(String words, long count) {
        return List.of(words, "" + count);
    }
}
