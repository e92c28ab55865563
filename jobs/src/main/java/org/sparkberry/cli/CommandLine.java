package org.sparkberry.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
            new JobsCommand(),
            new RunCommand(),
            new VerifyCommand(),
            new SweepCommand(),
            new FitCommand(),
            new PlanCommand(),
            new ReportCommand(),
            new InvocationCommand());

    /** Commands of the launcher, which starts them without Java, and what they do. */
    private static final List<LauncherCommand> OF_THE_LAUNCHER = List.of(
            new LauncherCommand(
                    "cluster",
                    " VERB",
                    "sets up and looks after a cluster of real (or virtual) Pis: init, doctor, up, verify …"),
            new LauncherCommand(
                    "virtual", " VERB", "Raspberry Pis as booted hosts on this Linux machine, to rehearse and measure"),
            new LauncherCommand("notebook", "", "starts Jupyter on the results that come with it, or on one's own"));

    /** @param words that follow the name in help */
    private record LauncherCommand(String name, String words, String summary) {}

    private static final Set<String> HELP = Set.of("--help", "-h", "help");
    /** Fits the smallest usual terminal. */
    private static final int HELP_WIDTH = 80;

    private static final int LONGEST_LINE = 2000;

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
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            return dispatch(List.of(args));
        } catch (Throwable e) {
            return report(e, Arrays.asList(args).contains(Options.STACKTRACE.flag()));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private int dispatch(List<String> args) throws IOException {
        if (args.isEmpty() || HELP.contains(args.get(0))) {
            List<String> words =
                    args.stream().filter(word -> !HELP.contains(word)).toList();
            return words.isEmpty() ? overview() : help(command(words.get(0)), words.subList(1, words.size()));
        }
        List<String> words = args.subList(1, args.size());
        if (args.get(0).equals("--version")) {
            new WordParser(List.of(), false, "sparkberry --help").parse(words);
            terminal.result("Sparkberry " + Environment.version());
            return Command.DONE;
        }
        Command command = command(args.get(0));
        if (command.options().contains(JobJars.OPTION)) {
            JobJars.addFrom(words);
        }
        if (words.contains("--help") || words.contains("-h")) {
            return help(command, command.subject() == Command.Subject.JOB ? jobAmong(words) : List.of());
        }
        boolean takesJob = command.subject() == Command.Subject.JOB;
        Optional<Job> job = takesJob ? findJob(command, words) : Optional.empty();
        List<Option<?>> jobOptions = job.map(Jobs::options).orElse(List.of());
        List<Option<?>> ownOptions = ownOptions(command);
        job.ifPresent(named -> checkNames(named, ownOptions, command));
        String help = "sparkberry " + command.name()
                + job.map(named -> " " + named.name()).orElse("") + " --help";
        WordParser.Parsed parsed = new WordParser(
                        concat(ownOptions, jobOptions), command.subject() != Command.Subject.NOTHING, help)
                .parse(words);
        Map<String, String> given = parsed.texts();
        Parameters own = new Parameters(ownOptions, given);
        if (command.mayStartSpark()) {
            Logging.configure(own.get(Options.VERBOSE));
        } else {
            Logging.none();
        }
        return command.execute(new Call(
                job,
                takesJob ? Optional.empty() : parsed.word(),
                new Parameters(jobOptions, given),
                own,
                surroundings,
                terminal,
                clock));
    }

    /**
     * The job that is named. It may stand anywhere, so all jobs' options are taken to be known; what is wrong with them
     * the parser says that knows only the options of this job.
     */
    private static Optional<Job> findJob(Command command, List<String> words) {
        Map<String, Option<?>> known = new LinkedHashMap<>();
        Jobs.all().forEach(job -> Jobs.options(job).forEach(option -> known.put(option.name(), option)));
        List<Option<?>> own = ownOptions(command);
        own.forEach(option -> known.put(option.name(), option));
        WordParser.Parsed parsed;
        try {
            parsed = new WordParser(List.copyOf(known.values()), true, "sparkberry " + command.name() + " --help")
                    .parse(words);
        } catch (BadInput e) {
            return Optional.of(words.stream()
                    .filter(CommandLine::isJob)
                    .findFirst()
                    .map(CommandLine::job)
                    .orElseThrow(() -> e));
        }
        if (parsed.word().isEmpty()) {
            own.forEach(option -> known.remove(option.name()));
            parsed.texts().keySet().stream()
                    .filter(known::containsKey)
                    .findFirst()
                    .ifPresent(name -> {
                        throw new BadInput("which job is --" + name + " for? 'sparkberry jobs' lists the jobs");
                    });
        }
        return parsed.word().map(CommandLine::job);
    }

    private static void checkNames(Job job, List<Option<?>> ownOptions, Command command) {
        for (Option<?> option : Jobs.options(job)) {
            if (ownOptions.stream().anyMatch(own -> own.name().equals(option.name()))) {
                throw new BadInput(job.getClass().getName() + ": its option " + option.flag()
                        + " has the name of one of '" + command.name() + "' itself; give it another one");
            }
        }
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
                .orElseThrow(() -> unknownCommand(name));
    }

    private static BadInput unknownCommand(String name) {
        if (isJob(name)) {
            return new BadInput("'" + name + "' is a job, not a command: did you mean 'sparkberry run " + name + "'?");
        }
        if (OF_THE_LAUNCHER.stream().anyMatch(command -> command.name().equals(name))) {
            return new BadInput("'" + name + "' is done by the launcher: './sparkberry " + name + " --help'");
        }
        String advice = "'sparkberry --help' lists the commands";
        if (name.startsWith("-")) {
            return new BadInput("the command comes first, before " + name + "; " + advice);
        }
        List<String> names = Stream.concat(
                        COMMANDS.stream().filter(command -> !command.isHidden()).map(Command::name),
                        OF_THE_LAUNCHER.stream().map(LauncherCommand::name))
                .toList();
        return new BadInput("unknown command '" + name + "'" + Suggestion.among(name, names, advice));
    }

    /** The first name of a job; else the first word, if it can only be meant as one. */
    private static List<String> jobAmong(List<String> words) {
        return words.stream()
                .filter(CommandLine::isJob)
                .findFirst()
                .or(() -> Optional.of(words.get(0)).filter(word -> !word.startsWith("-")))
                .map(List::of)
                .orElse(List.of());
    }

    private static boolean isJob(String name) {
        return Jobs.all().stream().anyMatch(job -> job.name().equals(name));
    }

    private static Job job(String name) {
        List<Job> jobs = Jobs.all();
        return jobs.stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput("unknown job '" + name + "'"
                        + Suggestion.among(
                                name, jobs.stream().map(Job::name).toList(), "'sparkberry jobs' lists the jobs")));
    }

    private int overview() {
        terminal.result("usage: sparkberry COMMAND [JOB|FILE] [OPTIONS]");
        terminal.result("");
        List<List<String>> rows = new ArrayList<>();
        for (Command command : COMMANDS) {
            if (!command.isHidden()) {
                rows.add(List.of(command.name() + command.subject().inHelp(), command.summary()));
            }
        }
        OF_THE_LAUNCHER.forEach(command -> rows.add(List.of(command.name() + command.words(), command.summary())));
        Words.columns(rows, HELP_WIDTH).forEach(terminal::result);
        terminal.result("");
        terminal.result("'sparkberry COMMAND --help' shows a command's options,");
        terminal.result("'sparkberry run JOB --help' those of a job too");
        return Command.DONE;
    }

    /** @param words after the command: the name of a job or nothing */
    private int help(Command command, List<String> words) {
        boolean takesJob = command.subject() == Command.Subject.JOB;
        Optional<Job> job = new WordParser(List.of(), takesJob, "sparkberry " + command.name() + " --help")
                .parse(words)
                .word()
                .map(CommandLine::job);
        String subject =
                job.map(named -> " " + named.name()).orElse(command.subject().inHelp());
        terminal.result("usage: sparkberry " + command.name() + subject + " [OPTIONS]");
        paragraph(command.summary());
        job.ifPresent(named -> {
            terminal.result("");
            paragraph(named.name() + ": " + named.summary());
            options(Jobs.options(named));
        });
        terminal.result("");
        options(ownOptions(command));
        if (takesJob && job.isEmpty()) {
            terminal.result("");
            terminal.result("'sparkberry " + command.name() + " JOB --help' shows the options of a job too");
        }
        return Command.DONE;
    }

    private void paragraph(String text) {
        Words.wrap(text, HELP_WIDTH).forEach(terminal::result);
    }

    private void options(List<Option<?>> options) {
        Words.columns(options.stream().map(CommandLine::helpRow).toList(), HELP_WIDTH)
                .forEach(terminal::result);
    }

    private static List<String> helpRow(Option<?> option) {
        String value = option.isSwitch() ? "" : " " + option.value();
        String defaultText =
                option.isSwitch() || option.defaultText() == null ? "" : " (default: " + option.defaultText() + ")";
        return List.of(option.flag() + value, option.description() + defaultText);
    }

    private int report(Throwable error, boolean stacktrace) {
        if (isGoingDown()) {
            // A signal (Ctrl-C) stopped the work; what broke because of that is of no interest.
            terminal.note("sparkberry: stopped");
            return Command.FAILED;
        }
        BadInput bad = find(error);
        if (bad != null) {
            terminal.note("sparkberry: " + oneLine(bad));
        } else {
            Throwable root = error;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            String words = JobFailure.inWords(root, JobJars::hold)
                    .map(CommandLine::oneLine)
                    .orElse(oneLine(root));
            terminal.note("sparkberry: failed: " + words
                    + (root instanceof OutOfMemoryError ? " (set SPARK_DRIVER_MEMORY higher, such as 2g)" : "")
                    + (stacktrace ? "" : " (--stacktrace shows where)"));
        }
        if (stacktrace) {
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace, true));
            terminal.note(trace.toString().stripTrailing());
        }
        return bad != null ? Command.BAD_INPUT : Command.FAILED;
    }

    /** Whether this JVM is shutting down: it takes no more hooks then. */
    private static boolean isGoingDown() {
        Thread hook = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Bad input may come wrapped in what a library made of it. */
    private static @Nullable BadInput find(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadInput bad) {
                return bad;
            }
            if (cause instanceof InvalidPathException path) {
                return new BadInput(
                        "'" + path.getInput() + "' has characters that file names cannot have in this locale"
                                + " (set LC_ALL=C.UTF-8)",
                        path);
            }
        }
        return null;
    }

    /** One line that no text of a user's file can break or colour. */
    private static String oneLine(Throwable error) {
        String message = error.getMessage();
        String text = message == null || message.isBlank() ? error.getClass().getSimpleName() : message.strip();
        if (!(error instanceof BadInput)) {
            text = text.lines().findFirst().orElse(text).strip();
        }
        return oneLine(text);
    }

    private static String oneLine(String words) {
        String text = words.replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t")
                .replaceAll("\\p{Cc}", "?");
        return text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + " …";
    }
}
