package org.sparkberry.record;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the processors of this machine have done since it started, in the kernel's ticks (a tick is a hundredth of a
 * second of one processor).
 *
 * <p>Two readings tell how much other programs used in between. The kernel counts for processes and for processors in
 * different ways, so that the difference is right to some hundredths of a second and no better.
 *
 * @param busyTicks of all processors: user, nice, system and steal (other guests of the same hardware); interrupts are
 *     nobody's
 * @param totalTicks of all processors, busy or not
 * @param familyTicks what a process and all that descend from it have used, their ended children too
 */
public record ProcessorTime(long busyTicks, long totalTicks, long familyTicks) {
    private static final Path PROC = Path.of("/proc");

    /** Of the line {@code cpu} in /proc/stat, split at blanks (proc_stat(5)): user, nice, system, steal. */
    private static final int[] BUSY = {1, 2, 3, 8};
    /** User to steal: guest times, which follow, are within user and nice. */
    private static final int[] TOTAL = {1, 2, 3, 4, 5, 6, 7, 8};
    /** Of /proc/PID/stat after the command, split at blanks (proc_pid_stat(5)): utime, stime, cutime, cstime. */
    private static final int[] USED = {11, 12, 13, 14};

    private static final int PARENT = 1;

    /**
     * Now, for the process that started this one and all that descend from it.
     *
     * @param withVirtualPis whether the virtual Pis on this machine belong to the family
     * @return empty where there is no /proc
     */
    public static Optional<ProcessorTime> ofParentsFamily(boolean withVirtualPis) {
        return ProcessHandle.current().parent().flatMap(parent -> of(parent.pid(), withVirtualPis, PROC));
    }

    /** Now, for the process with this number and all that descend from it. */
    static Optional<ProcessorTime> of(long pid, boolean withVirtualPis, Path proc) {
        try {
            long family = family(pid, withVirtualPis, proc);
            String[] cpu = Files.readAllLines(proc.resolve("stat")).get(0).split("\\s+");
            return Optional.of(new ProcessorTime(sum(cpu, BUSY), sum(cpu, TOTAL), family));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The share of all processors' time since an earlier reading of the same family that others used, from 0 to 1; NaN
     * if no time has passed.
     */
    public double otherShareSince(ProcessorTime earlier) {
        long elapsed = totalTicks - earlier.totalTicks;
        long others = (busyTicks - earlier.busyTicks) - (familyTicks - earlier.familyTicks);
        return elapsed > 0 ? Math.max(0, others) / (double) elapsed : Double.NaN;
    }

    private static long family(long root, boolean withVirtualPis, Path proc) throws IOException {
        Map<Long, Long> ticks = new HashMap<>();
        Map<Long, List<Long>> children = new HashMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                Optional<String[]> fields = fields(process.resolve("stat"));
                if (fields.isPresent()) {
                    long pid = Long.parseLong(process.getFileName().toString());
                    long parent = Long.parseLong(fields.get()[PARENT]);
                    ticks.put(pid, sum(fields.get(), USED));
                    children.computeIfAbsent(parent, none -> new ArrayList<>()).add(pid);
                }
            }
        }
        Set<Long> family = new HashSet<>();
        Deque<Long> left = new ArrayDeque<>(List.of(root));
        while (!left.isEmpty()) {
            long pid = left.pop();
            family.add(pid);
            left.addAll(children.getOrDefault(pid, List.of()));
        }
        if (withVirtualPis) {
            for (long pid : ticks.keySet()) {
                if (VirtualPis.own(proc.resolve("" + pid))) {
                    family.add(pid);
                }
            }
        }
        return family.stream().mapToLong(pid -> ticks.getOrDefault(pid, 0L)).sum();
    }

    /** Empty if the process has just ended. */
    private static Optional<String[]> fields(Path stat) {
        try {
            String text = Files.readString(stat);
            // The command before it, in parentheses, may hold blanks and parentheses itself.
            return Optional.of(text.substring(text.lastIndexOf(')') + 2).split(" "));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long sum(String[] fields, int[] which) {
        long sum = 0;
        for (int index : which) {
            sum += Long.parseLong(fields[index]);
        }
        return sum;
    }
}
