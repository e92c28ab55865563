package org.sparkberry.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Meaning of the bits: raspberrypi.com, "Raspberry Pi OS: vcgencmd", get_throttled. */
class HostStateTest {
    @ParameterizedTest
    @CsvSource({"0, under-voltage", "1, frequency capped", "2, throttled", "3, soft temperature limit"})
    void whatHoldsTheHostBackNowCounts(int bit, String meaning) {
        assertThat(state(1L << bit).heldBackSince(state(0))).hasValue(meaning + " on pi3");
    }

    @ParameterizedTest
    @CsvSource({"16, under-voltage", "17, frequency capped", "18, throttled", "19, soft temperature limit"})
    void whatHeldTheHostBackInBetweenCountsThoughItIsOver(int bit, String meaning) {
        assertThat(state(1L << bit).heldBackSince(state(0))).hasValue(meaning + " on pi3");
    }

    @ParameterizedTest
    @CsvSource({"0, under-voltage", "1, frequency capped", "2, throttled", "3, soft temperature limit"})
    void whatHeldTheHostBackAtTheBeginningCounts(int bit, String meaning) {
        assertThat(state(1L << (bit + 16)).heldBackSince(state(1L << bit | 1L << (bit + 16))))
                .hasValue(meaning + " on pi3");
    }

    @ParameterizedTest
    @CsvSource({"16", "17", "18", "19"})
    void whatHappenedBeforeTheBeginningDoesNotCount(int bit) {
        assertThat(state(1L << bit).heldBackSince(state(1L << bit))).isEmpty();
    }

    @Test
    void anUntroubledHostWasNotHeldBack() {
        assertThat(state(0).heldBackSince(state(0))).isEmpty();
    }

    @Test
    void bitsOfOtherMeaningDoNotCount() {
        assertThat(state(0xFFF0_FFF0L).heldBackSince(state(0))).isEmpty();
    }

    @Test
    void withoutTheFirmwareNothingIsKnown() {
        assertThat(state(-1).heldBackSince(state(-1))).isEmpty();
        assertThat(state(-1).heldBackSince(state(0))).isEmpty();
        assertThat(state(0xF).heldBackSince(state(-1))).isEmpty();
    }

    /** 0x50005: under-voltage and throttled, both now and before; 0xe0000: what happened at some time since the start. */
    @Test
    void theFirmwaresWordsAreTakenAsItMeansThem() {
        assertThat(state(0x50005).invalidSince(state(0x50005))).containsExactly("under-voltage on pi3");
        assertThat(state(0x50005).invalidSince(state(0))).containsExactly("under-voltage on pi3");
        assertThat(state(0xe0000).invalidSince(state(0xe0000))).isEmpty();
        assertThat(state(0xe0000).invalidSince(state(0))).containsExactly("frequency capped on pi3");
    }

    @Test
    void whatSwappedMoreThanAMebibyteDoesNotCount() {
        assertThat(swapped(12 << 20).invalidSince(swapped(0))).containsExactly("swapped 12 MiB on pi3");
        assertThat(swapped(5 << 20).invalidSince(swapped(4 << 20))).isEmpty();
        assertThat(swapped((5 << 20) + 4096).invalidSince(swapped(4 << 20))).containsExactly("swapped 2 MiB on pi3");
        assertThat(swapped(12 << 20).slowedSince(swapped(0))).containsExactly("swapped 12 MiB on pi3");
    }

    @Test
    void withoutTheKernelsCountNothingIsKnownOfSwap() {
        assertThat(swapped(-1).invalidSince(swapped(0))).isEmpty();
        assertThat(swapped(12 << 20).invalidSince(swapped(-1))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3200, 3.2", "-3200, 3.2", "501, 0.5", "86400000, 86400.0"})
    void aClockThatWasSetDoesNotCount(long millis, String seconds) {
        assertThat(clock(1_795_257_696_000L + millis).invalidSince(clock(1_795_257_696_000L)))
                .containsExactly("clock of pi3 stepped by " + seconds + " s");
        assertThat(clock(millis).slowedSince(clock(0))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 500, -500, 3})
    void aClockThatIsReadALittleLateDoes(long millis) {
        assertThat(clock(millis).invalidSince(clock(0))).isEmpty();
    }

    @Test
    void everyReasonIsNamed() {
        HostState before = new HostState("pi3", 4711, 0, 0, 80, 0);
        HostState after = new HostState("pi3", 4711, 0x40004, 3 << 20, 85, 1000);
        assertThat(after.invalidSince(before))
                .containsExactly("throttled on pi3", "swapped 3 MiB on pi3", "clock of pi3 stepped by 1.0 s");
    }

    @Test
    void hereIsThisProcess() {
        assertThat(HostState.here().pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(HostState.here().host()).isEqualTo(Hardware.host());
    }

    private static HostState state(long throttling) {
        return new HostState("pi3", 4711, throttling, -1, Double.NaN, 0);
    }

    private static HostState swapped(long bytes) {
        return new HostState("pi3", 4711, -1, bytes, Double.NaN, 0);
    }

    private static HostState clock(long millis) {
        return new HostState("pi3", 4711, -1, -1, Double.NaN, millis);
    }
}
