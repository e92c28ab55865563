package org.sparkberry.job;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparkberry.model.Work;
import org.sparkberry.random.Streams;
import org.sparkberry.record.BadInput;

/** Checked values of options. */
public final class Parameters {
    /** The seed, which every job has. */
    public static final Option<Long> SEED = Option.whole(
            "seed", "N", Long.MIN_VALUE, Long.MAX_VALUE, "1", "any number; another seed gives other random numbers");

    private final List<Option<?>> options;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Set<String> given = new HashSet<>();

    /**
     * Reads every option's text, its default where none was given.
     *
     * @param typed texts by the options' names
     * @throws BadInput if one of them is not a value of its option
     */
    public Parameters(List<Option<?>> options, Map<String, String> typed) {
        this.options = List.copyOf(options);
        for (Option<?> option : options) {
            String text = typed.getOrDefault(option.name(), option.defaultText());
            if (text != null) {
                if (typed.containsKey(option.name())) {
                    given.add(option.name());
                }
                texts.put(option.name(), text);
                Object value = option.read().apply(text);
                values.put(option.name(), value);
            }
        }
    }

    /**
     * The value of an option that has a default or was given.
     *
     * @throws BadInput if it has neither
     */
    public <T> T get(Option<T> option) {
        return find(option).orElseThrow(() -> new BadInput(option.flag() + " is missing: give " + option.value()));
    }

    /** The value of an option, if it was given or has a default. */
    @SuppressWarnings("unchecked") // The constructor put there what the option of this name read.
    public <T> Optional<T> find(Option<T> option) {
        return Optional.ofNullable((T) values.get(option.name()));
    }

    /** Whether the option was given, not merely has a default. */
    public boolean isGiven(Option<?> option) {
        return given.contains(option.name());
    }

    /** The texts of the options that were given, by their names. */
    public Map<String, String> typed() {
        Map<String, String> typed = new LinkedHashMap<>(texts);
        typed.keySet().retainAll(given);
        return typed;
    }

    /** The same with another text for one option. */
    public Parameters with(Option<?> option, String text) {
        Map<String, String> typed = typed();
        typed.put(option.name(), text);
        return new Parameters(options, typed);
    }

    /**
     * The values that a run was started with, to go on with it.
     *
     * @param earlier what {@link #typed} gave then
     * @param run what the message calls the run
     * @throws BadInput if an option is given now that has another value than then
     */
    public Parameters resume(Map<String, String> earlier, String run) {
        Parameters then = new Parameters(options, earlier);
        for (Option<?> option : options) {
            if (isGiven(option) && !find(option).equals(then.find(option))) {
                throw new BadInput(option.flag() + ": " + run + " was started with "
                        + then.find(option)
                                .map(value -> then.texts.get(option.name()))
                                .orElse("none") + ", not "
                        + texts.get(option.name()) + "; leave it out to go on, or start a new run");
            }
        }
        return then;
    }

    /** All values for a record: numbers as they were read, everything else as it was typed. */
    public Map<String, Object> forRecord() {
        Map<String, Object> json = new LinkedHashMap<>();
        values.forEach((name, value) ->
                json.put(name, value instanceof Number || value instanceof Boolean ? value : texts.get(name)));
        return json;
    }

    /** All texts, by the options' names. */
    public Map<String, String> texts() {
        return Map.copyOf(texts);
    }

    /** The random streams of a job under the seed given. */
    public Streams streams(Job job) {
        return new Streams(get(SEED), job.name());
    }

    /** All the trials of a job, in its blocks, with its random streams. */
    public Work work(Job job) {
        return new Work(streams(job), get(job.size()), job.blockSize());
    }
}
