package org.sparkberry.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void hereIsThisProcess() {
        assertThat(HostState.here().pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(HostState.here().host()).isEqualTo(Hardware.host());
    }

    private static HostState state(long throttling) {
        return new HostState("pi3", 4711, throttling);
    }
}
