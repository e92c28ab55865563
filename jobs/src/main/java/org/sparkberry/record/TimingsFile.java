package org.sparkberry.record;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads timings: a sweep's directory, its {@code runs.csv} or {@code scaling.csv}, or any CSV file with a row for each
 * run, a header, and columns for n and for the seconds. Commas, semicolons or tabs separate.
 */
public final class TimingsFile {
    /** What a column of n may be called, if no option names it: the first that is there. */
    private static final List<String> N_NAMES =
            List.of("n", "executors", "nodes", "workers", "cores", "processors", "processes", "threads", "p");

    private static final List<String> SECONDS_NAMES =
            List.of("seconds", "time", "wallseconds", "elapsed", "duration", "runtime", "t");
    private static final String TRIALS = "trials";
    /** Beyond that no cluster goes, and n·n still fits into a double's digits. */
    public static final int MOST_N = 10_000_000;

    private static final int MOST_COLUMNS = 10_000;
    private static final int LONGEST_QUOTE = 40;

    private final Columns columns;
    private final String what;

    /**
     * Which columns to read and how to take them; what is empty is found out.
     *
     * @param n the column of how many executors
     * @param seconds the column of the time
     * @param order the column that tells the order of the runs in time
     * @param weak whether the work grew with n
     */
    public record Columns(
            Optional<String> n, Optional<String> seconds, Optional<String> order, Optional<Boolean> weak) {}

    private TimingsFile(Columns columns, String what) {
        this.columns = columns;
        this.what = what;
    }

    /**
     * Reads.
     *
     * @throws BadInput if the file cannot be read or a cell is no time or no n; the message names the line
     */
    public static Timings read(Path path, Columns columns) {
        Path file = Files.isDirectory(path) ? path.resolve("runs.csv") : path;
        if (file != path && !Files.exists(file)) {
            throw new BadInput(
                    path + ": is a folder without runs.csv, so not a sweep's; give a sweep's folder or a file");
        }
        if (file != path && Files.exists(path.resolve("sweep.json"))) {
            // Rows of another version would pass for anybody's timings.
            SweepDirectory.read(path);
        }
        String text;
        try {
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read: " + BadInput.reason(e), e);
        }
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (withoutMark.isBlank()) {
            throw new BadInput(file + ": is empty; it needs a header and a row for each run");
        }
        if (withoutMark.indexOf('\0') >= 0) {
            throw new BadInput(file + ": is not a text file; give a CSV file");
        }
        TimingsFile reader = new TimingsFile(columns, file.toString());
        return isSweep(withoutMark, columns)
                ? reader.sweep(withoutMark, sharedProcessors(file))
                : reader.table(withoutMark);
    }

    private static boolean isSweep(String text, Columns columns) {
        return columns.n().isEmpty()
                && columns.seconds().isEmpty()
                && text.lines().findFirst().orElse("").equals(SweepDirectory.runsHeader());
    }

    /** As the record beside the file says; unlimited without one. */
    private static int sharedProcessors(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder != null && Files.exists(folder.resolve("sweep.json"))
                ? SweepDirectory.read(folder).sharedProcessors()
                : Integer.MAX_VALUE;
    }

    /** Executors that had to share processors follow no law of more machines: they are left out. */
    private Timings sweep(String text, int processors) {
        Timings timings = ofRuns(SweepDirectory.parseRuns(text, what).stream()
                .filter(run -> run.executors() * run.coresPerExecutor() <= processors)
                .toList());
        if (timings.runs().isEmpty()) {
            throw new BadInput(what
                    + ": no run counts: all are invalid (column reason), or had more executor cores than the machine");
        }
        return columns.weak().isEmpty()
                ? timings
                : new Timings(columns.weak().get(), timings.runs(), timings.tasksPerCore());
    }

    /**
     * The runs of a sweep that count: an invocation's iterations share its luck, so each invocation is one run, with
     * the mean of its iterations. The baseline without Spark is left out.
     */
    public static Timings ofRuns(List<MeasuredRun> measured) {
        List<MeasuredRun> counted = measured.stream()
                .filter(run -> run.counts() && !run.isBaseline())
                .toList();
        Map<Integer, List<MeasuredRun>> byInvocation = new TreeMap<>();
        Map<Integer, Double> tasksPerCore = new HashMap<>();
        Map<Integer, Long> trials = new HashMap<>();
        for (MeasuredRun run : counted) {
            byInvocation.computeIfAbsent(run.order(), any -> new ArrayList<>()).add(run);
            tasksPerCore.put(run.executors(), (double) run.tasks() / run.coresSeen());
            trials.put(run.executors(), run.trials());
        }
        List<TimedRun> runs = new ArrayList<>();
        byInvocation.forEach((order, iterations) -> runs.add(new TimedRun(
                iterations.get(0).executors(),
                iterations.stream().mapToDouble(MeasuredRun::seconds).average().orElseThrow(),
                order)));
        return new Timings(growsWithN(trials), runs, tasksPerCore);
    }

    private static boolean growsWithN(Map<Integer, Long> trials) {
        Optional<Map.Entry<Integer, Long>> first = trials.entrySet().stream().findFirst();
        return trials.size() > 1
                && trials.entrySet().stream()
                        .allMatch(
                                entry -> entry.getValue() * first.orElseThrow().getKey()
                                        == first.get().getValue() * entry.getKey());
    }

    private Timings table(String text) {
        String header = text.lines().findFirst().orElse("");
        CsvParserSettings settings = new CsvParserSettings();
        settings.getFormat().setDelimiter(separator(header));
        settings.getFormat().setComment('\0');
        settings.setLineSeparatorDetectionEnabled(true);
        settings.setMaxCharsPerColumn(-1);
        settings.setMaxColumns(MOST_COLUMNS);
        // Else the numbers of lines in messages would not be those of the file.
        settings.setSkipEmptyLines(false);
        List<String[]> lines;
        try {
            lines = new CsvParser(settings).parseAll(new StringReader(text));
        } catch (TextParsingException e) {
            throw new BadInput(what + ": not CSV", e);
        }
        List<String> names = Arrays.stream(lines.get(0))
                .map(name -> name == null ? "" : name.strip())
                .toList();
        check(names);
        int n = column(names, "--n-column", columns.n(), N_NAMES, "how many executors");
        int seconds = column(
                names, "--seconds-column", columns.seconds(), SECONDS_NAMES, "the time in seconds (not a throughput)");
        int order = columns.order().isEmpty()
                ? -1
                : column(names, "--order-column", columns.order(), List.of(), "the order of the runs");
        int trials = names.indexOf(TRIALS);
        int shared = names.indexOf("oversubscribed");
        List<TimedRun> runs = new ArrayList<>();
        Map<Integer, Long> work = new HashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i);
            if (Arrays.stream(cells).allMatch(cell -> cell == null || cell.isBlank())) {
                continue;
            }
            if (cells.length != names.size()) {
                throw new BadInput(what + ", line " + (i + 1) + ": has " + cells.length + " cells, the header has "
                        + names.size());
            }
            if (shared >= 0 && "true".equals(cells[shared])) {
                // As in a sweep's directory: executors that shared processors follow no law of more machines.
                continue;
            }
            int executors = n(cells[n], i + 1, names.get(n));
            int place = order < 0 ? 0 : whole(cells[order], i + 1, names.get(order), 1, Integer.MAX_VALUE);
            runs.add(new TimedRun(executors, seconds(cells[seconds], i + 1, names.get(seconds)), place));
            if (trials >= 0 && cells[trials] != null && cells[trials].matches("\\d{1,18}")) {
                work.put(executors, Long.parseLong(cells[trials]));
            }
        }
        if (runs.isEmpty()) {
            throw new BadInput(what + ": has a header and no row; it needs a row for each run");
        }
        return Timings.of(columns.weak().orElseGet(() -> growsWithN(work)), runs);
    }

    /** The one of the three that the header has most of, outside of quotes. */
    private static char separator(String header) {
        String bare = header.replaceAll("\"[^\"]*\"", "");
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(bare, candidate) > count(bare, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char letter) {
        return text.chars().filter(each -> each == letter).count();
    }

    private void check(List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!name.isEmpty() && names.indexOf(name) < i) {
                throw new BadInput(what + ": the header has two columns " + quote(name) + "; rename or drop one");
            }
        }
    }

    private int column(List<String> names, String option, Optional<String> given, List<String> usual, String meaning) {
        if (given.isPresent()) {
            int index = names.indexOf(given.get());
            if (index < 0) {
                throw new BadInput(
                        option + ": " + what + " has no column " + quote(given.get()) + ", only " + list(names));
            }
            return index;
        }
        List<String> small =
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        return usual.stream()
                .map(small::indexOf)
                .filter(index -> index >= 0)
                .findFirst()
                .orElseThrow(() -> new BadInput(what + ": which column is " + meaning + "? It has " + list(names)
                        + " (set " + option + "; the first line must be a header)"));
    }

    private int n(String cell, int line, String column) {
        return whole(cell, line, column, 1, MOST_N);
    }

    private int whole(String cell, int line, String column, int least, int most) {
        double value = number(cell, line, column);
        if (!(value >= least && value <= most && value == Math.rint(value))) {
            throw bad(cell, line, column, "must be a whole number from " + least + " to " + most);
        }
        return (int) value;
    }

    private double seconds(String cell, int line, String column) {
        double value = number(cell, line, column);
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw bad(cell, line, column, "must be a number of seconds above 0");
        }
        return value;
    }

    private double number(String cell, int line, String column) {
        if (cell == null || cell.isBlank()) {
            throw new BadInput(where(line, column) + "is empty; drop the row if the run failed");
        }
        try {
            return Double.parseDouble(cell.strip());
        } catch (NumberFormatException e) {
            throw bad(cell, line, column, "must be a number with a decimal point");
        }
    }

    private BadInput bad(String cell, int line, String column, String rule) {
        return new BadInput(where(line, column) + rule + ", not " + quote(cell));
    }

    private String where(int line, String column) {
        return what + ", line " + line + ", column " + column + ": ";
    }

    private static String list(List<String> names) {
        String all = String.join(", ", names);
        return all.length() <= 5 * LONGEST_QUOTE ? all : all.substring(0, 5 * LONGEST_QUOTE) + " …";
    }

    private static String quote(String text) {
        return "'" + (text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…") + "'";
    }
}
