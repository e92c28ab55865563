package org.sparkberry.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HardwareTest {
    @Test
    void throttlingBitsAreReadFromTheFirmwaresAnswer() {
        // raspberrypi.com, "Raspberry Pi OS: vcgencmd": get_throttled answers throttled= and a hexadecimal bit pattern.
        assertThat(Hardware.throttlingBits("throttled=0x0")).isEqualTo(OptionalLong.of(0));
        assertThat(Hardware.throttlingBits("throttled=0x50005")).isEqualTo(OptionalLong.of(0b101_0000_0000_0000_0101));
        assertThat(Hardware.throttlingBits("throttled=0xF000f")).isEqualTo(OptionalLong.of(0xF000F));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "VCHI initialization failed",
                "Can't open device file: /dev/vcio",
                "error=1 error_msg=\"Command not registered\"",
                "throttled=",
                "throttled=0x",
                "throttled=0xFFFFFFFFFFFFFFFFF",
                "throttled=0x0 and more",
            })
    void anotherAnswerIsNoBits(String answer) {
        assertThat(Hardware.throttlingBits(answer)).isEmpty();
    }

    /** Lines of a Raspberry Pi 4's /proc/vmstat; meaning: Linux, include/linux/vm_event_item.h, both are in pages. */
    @Test
    void swappedPagesAreThoseInAndOut() {
        assertThat(Hardware.swappedPages("pgpgin 861512\npgpgout 402333\npswpin 17\npswpout 4212\npgfree 99\n"))
                .hasValue(17 + 4212);
        assertThat(Hardware.swappedPages("pswpin 0\npswpout 0\nzswpin 7\nzswpout 8\n"))
                .hasValue(0);
        assertThat(Hardware.swappedPages("nr_free_pages 7\n")).isEmpty();
        assertThat(Hardware.swappedPages("pswpin x\npswpout 3\n")).isEmpty();
    }

    /** The second way to the same number: awk, and getconf for the size of a page. */
    @Test
    void swappedBytesAreThoseOfTheKernelsPages() throws IOException {
        String sum = "BEGIN {s = 0} /^pswp(in|out) /{s += $2} END {printf \"%d\", s}";
        long before = Long.parseLong(output("awk", sum, "/proc/vmstat"));
        long bytes = Hardware.swappedBytes().orElseThrow();
        long after = Long.parseLong(output("awk", sum, "/proc/vmstat"));
        long page = Long.parseLong(output("getconf", "PAGE_SIZE"));
        assertThat(Hardware.pageBytes()).hasValue(page);
        assertThat(bytes).isBetween(before * page, after * page).satisfies(all -> assertThat(all % page)
                .isZero());
    }

    /** kernel.org, "Generic Thermal Sysfs driver": temp is in millidegree Celsius. */
    @Test
    void theKernelsTemperatureIsInThousandthsOfADegree() {
        assertThat(Hardware.kernelCelsius("48312\n")).hasValue(48.312);
        assertThat(Hardware.kernelCelsius("-5000\n")).hasValue(-5);
        assertThat(Hardware.kernelCelsius("\n")).isEmpty();
        assertThat(Hardware.kernelCelsius("N/A")).isEmpty();
    }

    /** raspberrypi.com, "Raspberry Pi OS: vcgencmd": measure_temp. */
    @Test
    void theFirmwaresTemperatureIsInDegrees() {
        assertThat(Hardware.firmwareCelsius("temp=45.0'C")).hasValue(45);
        assertThat(Hardware.firmwareCelsius("temp=82.7'C")).hasValue(82.7);
        assertThat(Hardware.firmwareCelsius("error=1 error_msg=\"Command not registered\""))
                .isEmpty();
        assertThat(Hardware.firmwareCelsius("temp='C")).isEmpty();
    }

    @Test
    void hostIsWhatUnameSays() throws IOException {
        assertThat(Hardware.host()).isEqualTo(output("uname", "-n"));
    }

    @Test
    void memoryIsWhatGetconfSays() throws IOException {
        long pages = Long.parseLong(output("getconf", "_PHYS_PAGES"));
        long pageBytes = Long.parseLong(output("getconf", "PAGE_SIZE"));
        assertThat(Hardware.memoryBytes()).hasValue(pages * pageBytes);
        assertThat(Hardware.availableMemoryBytes().orElseThrow()).isPositive().isLessThan(pages * pageBytes);
    }

    @Test
    void machineAndProcessorsAreKnownOnLinux() {
        assertThat(Hardware.machine()).isNotBlank().doesNotContain("\0", "\n");
        assertThat(Hardware.processors()).isPositive();
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
