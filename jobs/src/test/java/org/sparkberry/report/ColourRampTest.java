package org.sparkberry.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColourRampTest {
    /** Colours of matplotlib 3.11, {@code colormaps[name](i)} of i from 0 to 255. */
    @ParameterizedTest
    @CsvSource({
        "0, #440154, #000004",
        "64, #3b528b, #57106e",
        "127, #21908d, #ba3655",
        "200, #70cf57, #fb9d07",
        "255, #fde725, #fcffa4",
    })
    void theColoursAreThoseOfMatplotlib(int i, String viridis, String inferno) {
        assertThat(farthest(ColourRamp.VIRIDIS.hexAt(i / 255.0), viridis)).isLessThanOrEqualTo(6);
        assertThat(farthest(ColourRamp.INFERNO.hexAt(i / 255.0), inferno)).isLessThanOrEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"-1, #440154", "0, #440154", "1, #fde725", "7, #fde725"})
    void beyondTheEndsAreTheColoursOfTheEnds(double share, String colour) {
        assertThat(ColourRamp.VIRIDIS.hexAt(share)).isEqualTo(colour);
    }

    /** How far red, green or blue are apart, whichever is farthest. */
    static int farthest(String one, String other) {
        int most = 0;
        for (int i = 1; i < 7; i += 2) {
            int a = Integer.parseInt(one.substring(i, i + 2), 16);
            int b = Integer.parseInt(other.substring(i, i + 2), 16);
            most = Math.max(most, Math.abs(a - b));
        }
        return most;
    }
}
