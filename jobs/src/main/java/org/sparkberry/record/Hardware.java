package org.sparkberry.record;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** What Linux says about this machine. What it does not say is reported as unknown, never guessed. */
public final class Hardware {
    /** Where Raspberry Pi OS installs the firmware's command, and where older releases did. */
    private static final List<Path> VCGENCMD = List.of(Path.of("/usr/bin/vcgencmd"), Path.of("/opt/vc/bin/vcgencmd"));

    private static final int FIRMWARE_DEADLINE_SECONDS = 2;
    private static final double MILLIS = 1e3;
    /** The kernel's key of the page size among what it tells every program at its start: getauxval(3). */
    private static final long AT_PAGESZ = 6;

    private Hardware() {}

    /** The board ("Raspberry Pi 4 Model B Rev 1.4") where the device tree names one, else the processor. */
    public static String machine() {
        return read(Path.of("/proc/device-tree/model"))
                .map(text -> text.replace("\0", "").strip())
                .or(() -> field(Path.of("/proc/cpuinfo"), "model name"))
                .orElse("unknown");
    }

    /** Processors that this Java process may use. */
    public static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Bytes of memory in the machine. */
    public static OptionalLong memoryBytes() {
        return memory("MemTotal");
    }

    /** Bytes of memory that new programs could have without swapping. */
    public static OptionalLong availableMemoryBytes() {
        return memory("MemAvailable");
    }

    /**
     * Bytes that were moved out to swap or in from it since the machine's start, to a compressed part of the memory
     * too. Empty where the kernel does not count them.
     */
    public static OptionalLong swappedBytes() {
        OptionalLong pageBytes = pageBytes();
        OptionalLong pages =
                read(Path.of("/proc/vmstat")).map(Hardware::swappedPages).orElse(OptionalLong.empty());
        return pages.isPresent() && pageBytes.isPresent()
                ? OptionalLong.of(pages.getAsLong() * pageBytes.getAsLong())
                : OptionalLong.empty();
    }

    /** The pages in and out in a text such as that of {@code /proc/vmstat}. */
    static OptionalLong swappedPages(String vmstat) {
        List<String> counts = vmstat.lines()
                .filter(line -> line.matches("pswp(in|out) \\d{1,18}"))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
        return counts.size() == 2
                ? OptionalLong.of(Long.parseLong(counts.get(0)) + Long.parseLong(counts.get(1)))
                : OptionalLong.empty();
    }

    /** Not 4 KiB everywhere: a Pi 5 has pages of 16 KiB. */
    static OptionalLong pageBytes() {
        try {
            ByteBuffer told = ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/self/auxv")))
                    .order(ByteOrder.nativeOrder());
            while (told.remaining() >= 2 * Long.BYTES) {
                long key = told.getLong();
                long value = told.getLong();
                if (key == AT_PAGESZ) {
                    return OptionalLong.of(value);
                }
            }
            return OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** The temperature of the processor, by the kernel's first sensor, else by the firmware. Empty where none tells. */
    public static OptionalDouble celsius() {
        OptionalDouble kernel = read(Path.of("/sys/class/thermal/thermal_zone0/temp"))
                .map(Hardware::kernelCelsius)
                .orElse(OptionalDouble.empty());
        return kernel.isPresent()
                ? kernel
                : firmware("measure_temp").map(Hardware::firmwareCelsius).orElse(OptionalDouble.empty());
    }

    /** The degrees in the kernel's thousandths of one. */
    static OptionalDouble kernelCelsius(String text) {
        return text.strip().matches("-?\\d{1,6}")
                ? OptionalDouble.of(Integer.parseInt(text.strip()) / MILLIS)
                : OptionalDouble.empty();
    }

    /** The degrees in an answer such as {@code temp=45.0'C}. */
    static OptionalDouble firmwareCelsius(String answer) {
        return answer.matches("temp=-?\\d{1,3}(\\.\\d{1,3})?'C")
                ? OptionalDouble.of(Double.parseDouble(answer.substring("temp=".length(), answer.length() - 2)))
                : OptionalDouble.empty();
    }

    /** Bytes that the heap of this Java process may take. */
    public static long heapBytes() {
        return Runtime.getRuntime().maxMemory();
    }

    /** This machine's name. */
    public static String host() {
        return read(Path.of("/proc/sys/kernel/hostname")).map(String::strip).orElseGet(() -> {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "unknown";
            }
        });
    }

    /**
     * The firmware's throttling bits: 0 under-voltage now, 1 frequency capped now, 2 throttled now, 3 soft temperature
     * limit now; 16 to 19 the same at any time since the start. Empty where there is no such firmware.
     */
    public static OptionalLong throttling() {
        return firmware("get_throttled").map(Hardware::throttlingBits).orElse(OptionalLong.empty());
    }

    /** What the firmware's command answers; empty where there is none, or it does not answer. */
    private static Optional<String> firmware(String question) {
        return VCGENCMD.stream().filter(Files::isExecutable).findFirst().flatMap(command -> ask(command, question));
    }

    private static Optional<String> ask(Path command, String question) {
        try {
            Process process = new ProcessBuilder(command.toString(), question)
                    .redirectErrorStream(true)
                    .start();
            if (!process.waitFor(FIRMWARE_DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return Optional.of(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The bits in an answer such as {@code throttled=0x50005}. */
    static OptionalLong throttlingBits(String answer) {
        if (!answer.matches("throttled=0x[0-9a-fA-F]{1,8}")) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(answer.substring("throttled=0x".length()), 16));
    }

    private static OptionalLong memory(String name) {
        return field(Path.of("/proc/meminfo"), name)
                .filter(text -> text.matches("\\d+ kB"))
                .map(text -> OptionalLong.of(1024 * Long.parseLong(text.substring(0, text.length() - 3))))
                .orElse(OptionalLong.empty());
    }

    /** The first value of a file of lines {@code name : value}. */
    private static Optional<String> field(Path file, String name) {
        return read(file).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(name) && line.contains(":"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
