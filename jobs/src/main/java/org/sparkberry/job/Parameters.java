package org.sparkberry.job;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparkberry.random.Streams;
import org.sparkberry.record.BadInput;

/** Checked values of options. */
public final class Parameters {
    /** The seed, which every job has. */
    public static final Option<Long> SEED = Option.whole(
            "seed", "N", Long.MIN_VALUE, Long.MAX_VALUE, "1", "any number; another seed gives other random numbers");

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
}
