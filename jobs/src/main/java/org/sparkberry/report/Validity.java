package org.sparkberry.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sparkberry.record.MeasuredRun;

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
        rows.add(List.of("same bits in all runs of the same work", sameDigests() ? "yes" : "NO"));
        return rows;
    }

    /** What a reader must know before the numbers. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!sameDigests()) {
            warnings.add("The runs did not all give the same bits: the numbers below must not be trusted."
                    + " Next: sparkberry verify.");
        }
        long invalid = runs.stream().filter(run -> !run.valid()).count();
        if (invalid > 0) {
            warnings.add(invalid + " of " + runs.size()
                    + " runs did not count, being invalid: the table of validity says" + " why.");
        }
        return warnings;
    }

    private Map<String, Long> reasons() {
        return runs.stream()
                .filter(run -> !run.valid())
                .collect(Collectors.groupingBy(MeasuredRun::reason, TreeMap::new, Collectors.counting()));
    }

    private boolean sameDigests() {
        Map<Long, Set<String>> byWork = runs.stream()
                .collect(Collectors.groupingBy(
                        MeasuredRun::trials, Collectors.mapping(MeasuredRun::digest, Collectors.toSet())));
        return byWork.values().stream().allMatch(digests -> digests.size() == 1);
    }

    private static List<String> row(String words, long count) {
        return List.of(words, "" + count);
    }
}
