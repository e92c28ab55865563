package org.sparkberry.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkberry.job.Option;
import org.sparkberry.record.BadInput;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The words after a command: options with their texts, and one word that belongs to no option. */
final class WordParser {
    private final List<Option<?>> options;
    private final boolean takesWord;
    private final String help;

    /**
     * What was found.
     *
     * @param word the first that belongs to no option: a job, a file
     * @param texts the options' values as typed, by the options' names
     */
    record Parsed(Optional<String> word, Map<String, String> texts) {}

    /** @param help what to type to see the options */
    WordParser(List<Option<?>> options, boolean takesWord, String help) {
        this.options = options;
        this.takesWord = takesWord;
        this.help = help;
    }

    /**
     * Parses.
     *
     * @throws BadInput at an unknown or repeated option, a missing value, a word too many
     */
    Parsed parse(List<String> words) {
        check(words);
        CommandSpec spec = CommandSpec.create();
        for (Option<?> option : options) {
            OptionSpec.Builder builder = OptionSpec.builder(option.flag());
            spec.addOption(
                    option.isSwitch()
                            ? builder.arity("0").type(boolean.class).build()
                            : builder.arity("1")
                                    .type(option.isList() ? String[].class : String.class)
                                    .build());
        }
        if (takesWord) {
            spec.addPositional(PositionalParamSpec.builder()
                    .index("0")
                    .arity("0..1")
                    .type(String.class)
                    .build());
        }
        picocli.CommandLine parser = new picocli.CommandLine(spec).setExpandAtFiles(false);
        ParseResult result;
        try {
            result = parser.parseArgs(words.toArray(String[]::new));
        } catch (ParameterException e) {
            throw explain(e);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Option<?> option : options) {
            if (result.hasMatchedOption(option.flag())) {
                Object value = result.matchedOptionValue(option.flag(), "");
                texts.put(
                        option.name(),
                        value instanceof String[] parts ? String.join(",", parts) : String.valueOf(value));
            }
        }
        return new Parsed(
                takesWord ? Optional.ofNullable(result.matchedPositionalValue(0, null)) : Optional.empty(), texts);
    }

    /** What picocli would take for a value, or not say well. */
    private void check(List<String> words) {
        if (words.contains("--")) {
            throw unexpected("--");
        }
        for (Option<?> option : options) {
            for (int i = 0; i < words.size(); i++) {
                if (option.isSwitch() && words.get(i).startsWith(option.flag() + "=")) {
                    throw new BadInput(option.flag() + " stands alone: it takes no value");
                }
                if (!option.isSwitch()
                        && words.get(i).equals(option.flag())
                        && (i == words.size() - 1 || words.get(i + 1).startsWith("--"))) {
                    throw new BadInput(option.flag() + " needs a value: " + option.flag() + " " + option.value() + " ("
                            + option.description() + ")");
                }
            }
        }
    }

    private BadInput explain(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            if (!word.startsWith("-")) {
                return unexpected(word);
            }
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            List<String> flags = options.stream().map(Option::flag).toList();
            return new BadInput("unknown option '" + name + "'"
                    + Suggestion.among(name, flags, "'" + help + "' lists the options"));
        }
        if (e instanceof OverwrittenOptionException twice && twice.getOverwritten() instanceof OptionSpec option) {
            return new BadInput(option.longestName() + " is given twice; leave one out");
        }
        return new BadInput(String.valueOf(e.getMessage()), e);
    }

    private BadInput unexpected(String word) {
        return new BadInput("unexpected word '" + word + "'; a value with spaces needs quotes, and '" + help
                + "' shows what may stand here");
    }
}
