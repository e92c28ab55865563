package org.sparkberry.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sparkberry.job.Job;
import org.sparkberry.job.Jobs;
import org.sparkberry.job.Option;
import org.sparkberry.job.Parameters;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Clock;
import org.sparkberry.record.Environment;

/** The command line: words to a command, its exit code, and an error to one line. */
final class CommandLine {
    private static final List<Command> COMMANDS = List.of(
            new JobsCommand(), new RunCommand(), new VerifyCommand(), new SweepCommand(), new InvocationCommand());

    private final Surroundings surroundings;
    private final Terminal terminal;
    private final Clock clock;

    CommandLine(Surroundings surroundings, Terminal terminal, Clock clock) {
        this.surroundings = surroundings;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** Does what the words say. Never throws; the exit code says how it went. */
    int run(String[] args) {
        try {
            return dispatch(args);
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            return report(e, Arrays.asList(args).contains(Options.STACKTRACE.flag()));
        }
    }

    private int dispatch(String[] args) throws java.io.IOException {
        if (args.length == 0 || List.of("--help", "-h", "help").contains(args[0])) {
            Optional<Command> about = args.length < 2 ? Optional.empty() : Optional.of(command(args[1]));
            help(about, args.length < 3 ? Optional.empty() : Optional.of(job(args[2])));
            return Command.DONE;
        }
        if (args[0].equals("--version")) {
            terminal.result("Sparkberry " + Environment.version());
            return Command.DONE;
        }
        Command command = command(args[0]);
        List<String> words = Arrays.asList(args).subList(1, args.length);
        Optional<Job> job = command.takesJob() ? findJob(command, words) : Optional.empty();
        if (words.contains("--help") || words.contains("-h")) {
            help(Optional.of(command), job);
            return Command.DONE;
        }
        List<Option<?>> jobOptions = job.map(Jobs::options).orElse(List.of());
        List<Option<?>> ownOptions = ownOptions(command);
        Map<String, String> given = new WordParser(concat(ownOptions, jobOptions), command.takesJob())
                .parse(words)
                .texts();
        Parameters own = new Parameters(ownOptions, given);
        Logging.configure(own.get(Options.VERBOSE));
        return command.execute(new Call(job, new Parameters(jobOptions, given), own, surroundings, terminal, clock));
    }

    /** The job may stand anywhere, so first all jobs' options are taken to be known. */
    private static Optional<Job> findJob(Command command, List<String> words) {
        Map<String, Option<?>> known = new LinkedHashMap<>();
        ownOptions(command).forEach(option -> known.put(option.name(), option));
        Jobs.all().forEach(job -> Jobs.options(job).forEach(option -> known.put(option.name(), option)));
        Optional<String> name = new WordParser(List.copyOf(known.values()), true)
                .parse(words.stream()
                        .filter(word -> !word.equals("--help") && !word.equals("-h"))
                        .toList())
                .job();
        return name.map(CommandLine::job);
    }

    private static List<Option<?>> ownOptions(Command command) {
        return concat(command.options(), Options.ALWAYS);
    }

    private static List<Option<?>> concat(List<Option<?>> first, List<Option<?>> second) {
        List<Option<?>> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static Command command(String name) {
        return COMMANDS.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput("unknown command '" + name + "'"
                        + Suggestion.among(
                                name,
                                COMMANDS.stream()
                                        .filter(command -> !command.summary().isEmpty())
                                        .map(Command::name)
                                        .toList())
                        + "; 'sparkberry --help' lists them"));
    }

    private static Job job(String name) {
        List<Job> jobs = Jobs.all();
        return jobs.stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput("unknown job '" + name + "'"
                        + Suggestion.among(name, jobs.stream().map(Job::name).toList())
                        + "; 'sparkberry jobs' lists them"));
    }

    private void help(Optional<Command> about, Optional<Job> job) {
        if (about.isEmpty()) {
            terminal.result("usage: sparkberry COMMAND [JOB] [OPTIONS]");
            terminal.result("");
            List<List<String>> rows = new ArrayList<>();
            for (Command command : COMMANDS) {
                if (!command.summary().isEmpty()) {
                    rows.add(List.of(command.name() + (command.takesJob() ? " JOB" : ""), command.summary()));
                }
            }
            Words.columns(rows).forEach(terminal::result);
            terminal.result("");
            terminal.result(
                    "'sparkberry COMMAND --help' tells a command's options, 'sparkberry run JOB --help' a job's.");
            return;
        }
        Command command = about.get();
        String jobWord = command.takesJob() ? " " + job.map(Job::name).orElse("JOB") : "";
        terminal.result("usage: sparkberry " + command.name() + jobWord + " [OPTIONS]");
        terminal.result(command.summary());
        terminal.result("");
        job.ifPresent(named -> {
            terminal.result(named.summary());
            Words.columns(Jobs.options(named).stream().map(CommandLine::helpRow).toList())
                    .forEach(terminal::result);
            terminal.result("");
        });
        Words.columns(ownOptions(command).stream().map(CommandLine::helpRow).toList())
                .forEach(terminal::result);
    }

    private static List<String> helpRow(Option<?> option) {
        String value = option.isSwitch() ? "" : " " + option.value();
        String defaultText =
                option.isSwitch() || option.defaultText() == null ? "" : " (default: " + option.defaultText() + ")";
        return List.of(option.flag() + value, option.description() + defaultText);
    }

    private int report(Throwable error, boolean stacktrace) {
        Throwable bad = find(error);
        if (bad != null) {
            terminal.note("sparkberry: " + oneLine(bad));
        } else {
            Throwable root = error;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            terminal.note("sparkberry: failed: " + oneLine(root) + (stacktrace ? "" : " (--stacktrace shows where)"));
        }
        if (stacktrace) {
            java.io.StringWriter trace = new java.io.StringWriter();
            error.printStackTrace(new java.io.PrintWriter(trace));
            terminal.note(trace.toString());
        }
        return bad != null ? Command.BAD_INPUT : Command.FAILED;
    }

    /** Bad input may come wrapped in what a library made of it. */
    private static @Nullable BadInput find(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadInput bad) {
                return bad;
            }
        }
        return null;
    }

    private static String oneLine(Throwable error) {
        String message = error.getMessage();
        String text = message == null || message.isBlank() ? error.getClass().getSimpleName() : message;
        return text.lines().findFirst().orElse(text).strip();
    }
}
