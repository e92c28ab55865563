package org.sparkberry.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparkberry.estimate.Table;

/**
 * The directory of a sweep. {@code runs.csv} and {@code tasks.csv} grow by what was measured as soon as it was, so that
 * an interrupted sweep keeps what it has and can be continued.
 */
public final class SweepDirectory {
    static final String KIND = "sweep";
    static final int SCHEMA_VERSION = 2;

    private static final CsvRows<MeasuredRun> RUNS = new CsvRows<>(MeasuredRun.class);
    private static final CsvRows<MeasuredTask> TASKS = new CsvRows<>(MeasuredTask.class);
    /** What must be the same for two halves of a sweep to be one. */
    private static final List<String> SAME = List.of("machine", "processors", "java", "sparkberry", "spark");

    private final Path directory;
    private final SweepSettings settings;
    private final String started;
    private final Map<String, Object> environment;

    private SweepDirectory(Path directory, SweepSettings settings, String started, Map<String, Object> environment) {
        this.directory = directory;
        this.settings = settings;
        this.started = started;
        this.environment = environment;
    }

    /**
     * Makes the directory of a sweep that begins.
     *
     * @throws BadInput if it cannot be written
     */
    public static SweepDirectory create(
            ResultsFolder results, SweepSettings settings, Map<String, Object> environment, Instant start) {
        Path directory = results.create("sweep-" + settings.job() + "-" + Clock.stamp(start));
        SweepDirectory sweep = new SweepDirectory(directory, settings, start.toString(), environment);
        try {
            SafeFile.write(directory.resolve("runs.csv"), RUNS.header() + "\n");
            SafeFile.write(directory.resolve("tasks.csv"), TASKS.header() + "\n");
            sweep.writeJson("unfinished", Json.object());
        } catch (IOException e) {
            throw ResultsFolder.cannotWrite(directory, e);
        }
        return sweep;
    }

    /**
     * Opens the directory of a sweep to go on with it, and strikes out what was measured of an invocation that was not
     * finished. The environment on record stays the one in which the sweep was begun.
     *
     * @param environment of this process
     * @throws BadInput if it is not a sweep's, was made by another version or on another machine
     */
    public static SweepDirectory open(Path directory, Map<String, Object> environment) {
        if (!Files.isDirectory(directory)) {
            throw new BadInput("--resume: " + directory + " is not a folder");
        }
        JsonNode json = Json.read(directory.resolve("sweep.json"), KIND, SCHEMA_VERSION);
        for (String name : SAME) {
            String then = json.path("environment").path(name).asText();
            String now = String.valueOf(environment.get(name));
            if (!then.equals(now)) {
                throw new BadInput("--resume: " + directory + " was begun with another " + name + " (" + then + ", now "
                        + now + "); start a new sweep");
            }
        }
        SweepDirectory sweep = of(directory, json);
        try {
            sweep.strikeOutUnfinished();
            return sweep;
        } catch (IOException e) {
            throw new BadInput(directory + ": cannot be read: " + BadInput.reason(e), e);
        }
    }

    /**
     * Opens the directory of a sweep to look at it, finished or not, made here or elsewhere.
     *
     * @throws BadInput if it is not a sweep's
     */
    public static SweepDirectory read(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new BadInput(directory + ": is not a folder; give the folder of a sweep");
        }
        return of(directory, Json.read(directory.resolve("sweep.json"), KIND, SCHEMA_VERSION));
    }

    private static SweepDirectory of(Path directory, JsonNode json) {
        Map<String, Object> recorded = Json.object();
        json.path("environment").properties().forEach(field -> recorded.put(field.getKey(), field.getValue()));
        try {
            SweepSettings settings = Json.parse(json.path("settings").toString(), SweepSettings.class);
            return new SweepDirectory(directory, settings, json.path("start").asText(), recorded);
        } catch (IOException e) {
            throw new BadInput(directory.resolve("sweep.json") + ": not the settings of a sweep; was it changed?", e);
        }
    }

    /** The first line of {@code runs.csv}. */
    static String runsHeader() {
        return RUNS.header();
    }

    /** The rows of a {@code runs.csv}. */
    static List<MeasuredRun> parseRuns(String text, String what) {
        return RUNS.parse(text, what);
    }

    public Path path() {
        return directory;
    }

    /** Where it was measured: names and values, as in {@code sweep.json}. */
    public Map<String, Object> environment() {
        return environment;
    }

    public SweepSettings settings() {
        return settings;
    }

    /** Of the machine that all executors shared; {@code Integer.MAX_VALUE} for a real cluster. */
    public int sharedProcessors() {
        String processors = String.valueOf(environment.get("processors"));
        return settings.isEmbedded() && processors.matches("\\d{1,9}")
                ? Integer.parseInt(processors)
                : Integer.MAX_VALUE;
    }

    /** Everything measured so far. */
    public List<MeasuredRun> runs() {
        return RUNS.parse(read("runs.csv"), directory.resolve("runs.csv").toString());
    }

    /** The tasks of everything measured so far. */
    public List<MeasuredTask> tasks() {
        return TASKS.parse(read("tasks.csv"), directory.resolve("tasks.csv").toString());
    }

    /** Adds an iteration and its tasks. */
    public void append(MeasuredRun run, List<MeasuredTask> tasks) {
        try {
            // The tasks first: an iteration that has its row has its tasks.
            SafeFile.append(
                    directory.resolve("tasks.csv"),
                    tasks.stream().map(TASKS::line).toList());
            SafeFile.append(directory.resolve("runs.csv"), List.of(RUNS.line(run)));
        } catch (IOException e) {
            throw ResultsFolder.cannotWrite(directory, e);
        }
    }

    /**
     * Writes what the measurements came to.
     *
     * @param scaling the table of points
     * @param fits the content of {@code fits.json}
     * @param summary further fields of {@code sweep.json}
     * @return the content of {@code sweep.json}
     */
    public Map<String, Object> finish(Table scaling, Map<String, Object> fits, Map<String, Object> summary) {
        try {
            SafeFile.write(directory.resolve("scaling.csv"), TableFiles.csv(scaling));
            SafeFile.write(directory.resolve("fits.json"), Json.pretty(fits) + "\n");
            TableFiles.parquet(directory.resolve("tasks.parquet"), TASKS.table("tasks", tasks()));
            return writeJson("completed", summary);
        } catch (IOException e) {
            throw ResultsFolder.cannotWrite(directory, e);
        }
    }

    private Map<String, Object> writeJson(String outcome, Map<String, Object> summary) throws IOException {
        Map<String, Object> json = Json.object();
        json.put("kind", KIND);
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("job", settings.job());
        json.put("start", started);
        json.put("settings", settings);
        json.putAll(summary);
        json.put("environment", environment);
        json.put("outcome", outcome);
        json.put("directory", directory.toString());
        SafeFile.write(directory.resolve("sweep.json"), Json.pretty(json) + "\n");
        return json;
    }

    private void strikeOutUnfinished() throws IOException {
        List<MeasuredRun> runs = runs();
        Set<Integer> finished = new HashSet<>();
        for (MeasuredRun run : runs) {
            if (run.iteration() == settings.warmupWith(run.executors()) + settings.iterations()) {
                finished.add(run.order());
            }
        }
        List<String> keptRuns = new ArrayList<>(List.of(RUNS.header()));
        runs.stream()
                .filter(run -> finished.contains(run.order()))
                .map(RUNS::line)
                .forEach(keptRuns::add);
        List<String> keptTasks = new ArrayList<>(List.of(TASKS.header()));
        tasks().stream()
                .filter(task -> finished.contains(task.order()))
                .map(TASKS::line)
                .forEach(keptTasks::add);
        SafeFile.write(directory.resolve("runs.csv"), String.join("\n", keptRuns) + "\n");
        SafeFile.write(directory.resolve("tasks.csv"), String.join("\n", keptTasks) + "\n");
    }

    private String read(String name) {
        try {
            // Not readString, which refuses the text of a last line that was cut in the middle of a letter.
            return new String(Files.readAllBytes(directory.resolve(name)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BadInput(directory.resolve(name) + ": cannot be read: " + BadInput.reason(e), e);
        }
    }
}
