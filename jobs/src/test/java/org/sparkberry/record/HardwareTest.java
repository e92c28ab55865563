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
