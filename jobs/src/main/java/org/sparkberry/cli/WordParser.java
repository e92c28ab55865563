package org.sparkberry.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkberry.job.Option;
import org.sparkberry.record.BadInput;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The words after a command: options with their texts, and the name of a job. */
final class WordParser {
    private final List<Option<?>> options;
    private final boolean takesJob;

    /**
     * What was found.
     *
     * @param job the first word that belongs to no option
     * @param texts the options' values as typed, by the options' names
     */
    record Parsed(Optional<String> job, Map<String, String> texts) {}

    WordParser(List<Option<?>> options, boolean takesJob) {
        this.options = options;
        this.takesJob = takesJob;
    }

    /**
     * Parses.
     *
     * @throws BadInput at an unknown or repeated option, a missing value, a word too many
     */
    Parsed parse(List<String> words) {
        CommandSpec spec = CommandSpec.create();
        for (Option<?> option : options) {
            OptionSpec.Builder builder = OptionSpec.builder(option.flag());
            spec.addOption(
                    option.isSwitch()
                            ? builder.arity("0").type(boolean.class).build()
                            : builder.arity("1").type(String.class).build());
        }
        if (takesJob) {
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
                texts.put(option.name(), String.valueOf(value));
            }
        }
        return new Parsed(
                takesJob ? Optional.ofNullable(result.matchedPositionalValue(0, null)) : Optional.empty(), texts);
    }

    private BadInput explain(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            if (!word.startsWith("-")) {
                return new BadInput("unexpected word '" + word + "'", e);
            }
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            return new BadInput(
                    "unknown option '" + name + "'"
                            + Suggestion.among(
                                    name, options.stream().map(Option::flag).toList()),
                    e);
        }
        if (e instanceof OverwrittenOptionException twice && twice.getOverwritten() instanceof OptionSpec option) {
            return new BadInput(option.longestName() + " is given twice", e);
        }
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()
                && missing.getMissing().get(0) instanceof OptionSpec option) {
            String value = options.stream()
                    .filter(known -> known.flag().equals(option.longestName()))
                    .map(Option::value)
                    .findFirst()
                    .orElse("");
            return new BadInput(option.longestName() + " needs a value: " + value, e);
        }
        String message = e.getMessage();
        return new BadInput(message == null ? "the options cannot be understood" : message, e);
    }
}
