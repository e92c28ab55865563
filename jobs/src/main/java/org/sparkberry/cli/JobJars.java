package org.sparkberry.cli;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.sparkberry.job.Job;
import org.sparkberry.job.Option;
import org.sparkberry.record.BadInput;

/**
 * Jars with jobs of a user's own. They are added to the class path of this process before any word is taken for a job,
 * as spark-submit does with its own {@code --jars}; from there, executors and invocations get them.
 */
final class JobJars {
    static final Option<List<Path>> OPTION =
            Option.list("jars", "FILE.jar,…", null, "jars with jobs of your own, and with what these need", Path::of);

    private static final String SERVICES = "META-INF/services/" + Job.class.getName();
    /** Whatever holds this class holds a Sparkberry of its own. */
    private static final String OURS = Job.class.getName().replace('.', '/') + ".class";

    private JobJars() {}

    /**
     * Adds the jars that the words name to the class path.
     *
     * @throws BadInput if a file is no jar, or no jar has a job
     */
    static void addFrom(List<String> words) {
        String equalSign = OPTION.flag() + "=";
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith(equalSign)) {
                add(OPTION.read().apply(word.substring(equalSign.length())));
            } else if (word.equals(OPTION.flag())
                    && i + 1 < words.size()
                    && !words.get(i + 1).startsWith("--")) {
                add(OPTION.read().apply(words.get(i + 1)));
            }
        }
    }

    /**
     * Adds these jars to the class path: to the context class loader of this thread and of those that it starts.
     *
     * @throws BadInput if a file is no jar, or none of them has a job
     */
    static void add(List<Path> jars) {
        if (jars.isEmpty()) {
            return;
        }
        Map<String, Path> byName = new LinkedHashMap<>();
        boolean hasJob = false;
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            Path jar = jars.get(i);
            hasJob |= hasJob(jar);
            // Executors fetch jars into one folder.
            Path twin = byName.put(jar.getFileName().toString(), jar);
            if (twin != null) {
                throw new BadInput("--jars: " + twin + " and " + jar + " have the same file name; rename one of them");
            }
            urls[i] = url(jar);
        }
        if (!hasJob) {
            throw new BadInput("--jars: no job in " + String.join(", ", byName.keySet())
                    + ": the class of a job must be" + " named in " + SERVICES + " of its jar");
        }
        Thread thread = Thread.currentThread();
        thread.setContextClassLoader(new URLClassLoader(urls, thread.getContextClassLoader()));
    }

    /**
     * The jars beside Sparkberry's own on the class path: by this program's {@code --jars} or by spark-submit's.
     *
     * @throws BadInput if one has the file name of Sparkberry's jar
     */
    static List<Path> added(Path application) {
        List<Path> jars = urlClassLoaders()
                .flatMap(loader -> Arrays.stream(loader.getURLs()))
                .map(url -> Path.of(URI.create(url.toString())))
                .filter(jar -> !jar.equals(application))
                .distinct()
                .toList();
        jars.stream()
                .filter(jar -> jar.getFileName().equals(application.getFileName()))
                .findFirst()
                .ifPresent(jar -> {
                    throw new BadInput("--jars: " + jar + " has the file name of Sparkberry's own jar; rename it");
                });
        return jars;
    }

    /** The option with these jars, as it is typed after a job's name; nothing without jars. */
    static String asTyped(List<Path> jars) {
        return jars.isEmpty()
                ? ""
                : " " + OPTION.flag() + " " + jars.stream().map(Path::toString).collect(Collectors.joining(","));
    }

    /** Whether the class of this name is in one of the jars, of which Sparkberry's own is none. */
    static boolean hold(String className) {
        String ours =
                "jar:" + JobJars.class.getProtectionDomain().getCodeSource().getLocation();
        return urlClassLoaders()
                .map(loader -> loader.findResource(className.replace('.', '/') + ".class"))
                .anyMatch(found -> found != null && !found.toString().startsWith(ours));
    }

    private static Stream<URLClassLoader> urlClassLoaders() {
        return Stream.<ClassLoader>iterate(
                        Thread.currentThread().getContextClassLoader(), Objects::nonNull, ClassLoader::getParent)
                .filter(URLClassLoader.class::isInstance)
                .map(URLClassLoader.class::cast);
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("every file has a URL", e);
        }
    }

    private static boolean hasJob(Path jar) {
        if (Files.isDirectory(jar)) {
            throw new BadInput("--jars: " + jar + " is a folder; give the file of a jar");
        }
        if (!Files.exists(jar)) {
            throw new BadInput("--jars: " + jar + ": no such file" + lookedFor(jar));
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            if (zip.getEntry(OURS) != null) {
                throw new BadInput("--jars: " + jar + " has Sparkberry's own classes in it; build it without them (in"
                        + " Maven: scope provided)");
            }
            return zip.getEntry(SERVICES) != null;
        } catch (ZipException e) {
            throw new BadInput("--jars: " + jar + " is not a jar", e);
        } catch (IOException e) {
            throw new BadInput("--jars: " + jar + " cannot be read: " + BadInput.reason(e), e);
        }
    }

    private static String lookedFor(Path jar) {
        return jar.isAbsolute() ? "" : " (looked for in " + Path.of("").toAbsolutePath() + ")";
    }
}
