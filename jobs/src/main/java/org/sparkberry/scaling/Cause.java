package org.sparkberry.scaling;

/** What keeps a sweep's efficiency below 100 %, or why that cannot be said. */
public enum Cause {
    SLOWER_CORES(
            "each core computes more slowly (shared memory, heat, clock or other programs)",
            "close other programs, look at temperature and clock; if memory is shared, fewer cores per board"),
    WARM_UP(
            "each core computes more slowly at first (JVM warm-up)",
            "leave out more iterations (--warmup), or measure longer ones (--trials)"),
    GARBAGE_COLLECTION("garbage collection", "more memory for each executor (--executor-memory)"),
    DESERIALIZATION("unpacking tasks", "longer tasks (--trials), or less data sent with each of them"),
    SCHEDULER_DELAY(
            "scheduler delay: tasks on their way to a core or back, or waiting for the driver",
            "longer tasks (--trials), a faster network or a faster driver"),
    SHUFFLE("shuffle: executors wait for each other's data", "a faster network or disk, or less data to exchange"),
    RESULT("packing and fetching results", "smaller results, or fewer and longer tasks (--trials)"),
    IDLE_CORES(
            "idle cores while others still work (uneven or too few tasks)",
            "cut the work into more tasks, and more even ones: smaller blocks"),
    DRIVER(
            "the driver works alone, before, between or after the tasks",
            "more work for each step (--trials), or less work on the driver"),
    NO_LOSS("nothing is lost", "more executors"),
    UNCLEAR(
            "no limit can be named: what grew most may have grown by chance",
            "more fresh applications (--invocations), on a quiet machine"),
    UNKNOWN(
            "no limit can be named: where the time went is not known here or at the smallest executor count",
            "longer iterations (--trials): the times of the tasks must add up to the time of the cores");

    private final String words;
    private final String nextStep;

    Cause(String words, String nextStep) {
        this.words = words;
        this.nextStep = nextStep;
    }

    /** What it is, in words for a person. */
    public String words() {
        return words;
    }

    /** What to do next. */
    public String nextStep() {
        return nextStep;
    }

    /** Whether this is a limit, and not the lack of one. */
    public boolean isLimit() {
        return compareTo(NO_LOSS) < 0;
    }
}
