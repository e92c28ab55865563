package org.sparkberry.record;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** What Linux says about this machine. What it does not say is reported as unknown, never guessed. */
public final class Hardware {
    /** Where Raspberry Pi OS installs the firmware's command, and where older releases did. */
    private static final List<Path> VCGENCMD = List.of(Path.of("/usr/bin/vcgencmd"), Path.of("/opt/vc/bin/vcgencmd"));

    private static final int FIRMWARE_DEADLINE_SECONDS = 2;

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
        for (Path command : VCGENCMD) {
            if (Files.isExecutable(command)) {
                return throttling(command);
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong throttling(Path command) {
        try {
            Process process = new ProcessBuilder(command.toString(), "get_throttled")
                    .redirectErrorStream(true)
                    .start();
            if (!process.waitFor(FIRMWARE_DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return OptionalLong.empty();
            }
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return throttlingBits(answer);
        } catch (IOException e) {
            return OptionalLong.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
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
