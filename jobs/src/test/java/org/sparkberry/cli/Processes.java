package org.sparkberry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The processes and folders that an embedded cluster consists of, by the folder that its command lines name. */
final class Processes {
    private static final String FOLDER_PREFIX = "sparkberry-cluster-";

    private Processes() {}

    /** The folders of embedded clusters in this folder for temporary files. */
    static List<Path> clusterFolders(Path temporary) throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith(FOLDER_PREFIX))
                    .toList();
        }
    }

    /** Living processes whose command line has this text: masters, workers, executors name their cluster's folder. */
    static List<ProcessHandle> with(String text) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(text))
                .toList();
    }

    /** The arguments of a process, from /proc; empty when it is gone or a zombie. */
    static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }
}
