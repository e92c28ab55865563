package org.sparkberry.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Timings;

final class HeldOutTest {
    /** Predicted 10, 20, 30 and 40 where 8, 20, 40 and 50 were measured: errors 25 %, 0, 25 %, 20 %. */
    @Test
    void errorsAndCoverageByHand() {
        Fits any = Fits.of(FitsTest.runs(false, FitsTest::amdahl, 0, 1, 1, 1, 2, 4));
        HeldOut heldOut = new HeldOut(
                4,
                any,
                List.of(
                        new HeldOut.Point(8, 1, 8, new Interval(10, 7, 13)),
                        new HeldOut.Point(16, 1, 20, new Interval(20, 20, 20)),
                        new HeldOut.Point(32, 1, 40, new Interval(30, 25, 39)),
                        new HeldOut.Point(64, 1, 50, new Interval(40, 51, 60))));

        assertThat(heldOut.meanError()).isCloseTo(0.175, within(1e-12));
        assertThat(heldOut.medianError()).isCloseTo(0.225, within(1e-12));
        assertThat(heldOut.worstError()).isCloseTo(0.25, within(1e-12));
        assertThat(heldOut.coverage()).isEqualTo(0.5);
    }

    /** Exact data are foretold exactly. */
    @Test
    void whatFollowsTheLawIsForetold() {
        HeldOut heldOut = HeldOut.of(FitsTest.runs(false, FitsTest::amdahl, 0.0001, 3, 1, 1, 2, 4, 8, 16, 32), 8);

        assertThat(heldOut.points()).extracting(HeldOut.Point::n).containsExactly(16, 32);
        assertThat(heldOut.worstError()).isLessThan(0.01);
        assertThat(heldOut.fits().timings().runs()).hasSize(12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "16 | --fit-up-to: no run has more than 16 executors, so nothing is held out",
                "2 | --fit-up-to: 2 leaves fewer than three distinct n to fit; set it to 4 or more"
            })
    void nothingToFitOrToCheck(int upTo, String message) {
        Timings timings = FitsTest.runs(false, FitsTest::amdahl, 0.01, 3, 1, 1, 2, 4, 8, 16);

        assertThatThrownBy(() -> HeldOut.of(timings, upTo))
                .isInstanceOf(BadInput.class)
                .hasMessage(message);
    }

    @Test
    void nothingBelowTheBorder() {
        Timings timings = FitsTest.runs(false, FitsTest::amdahl, 0.01, 3, 1, 4, 8, 16);

        assertThatThrownBy(() -> HeldOut.of(timings, 2))
                .isInstanceOf(BadInput.class)
                .hasMessage("--fit-up-to: no run has 2 executors or fewer, so nothing can be fitted");
    }
}
