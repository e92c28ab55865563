package org.sparkberry.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkberry.dataflow.SingleThread;
import org.sparkberry.dataflow.Tables;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Result;
import org.sparkberry.record.BadInput;

class OptionPricingTest {
    private static final OptionPricing JOB = new OptionPricing();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--type european                                      | price delta vega variance-reduction",
                "--type asian --dates 4                               | price delta vega variance-reduction",
                "--type barrier --barrier 90                          | price delta vega variance-reduction",
                "--type barrier --barrier 90 --monitoring discrete    | price variance-reduction",
                "--type lookback --right put                          | price delta vega variance-reduction",
                "--type lookback --monitoring discrete --dates 4      | price delta vega variance-reduction",
                "--type american --dates 4                            | price variance-reduction",
                "--type heston --steps 4                              | price delta variance-reduction",
                "--type european --sampling random                    | price delta vega variance-reduction",
                "--type european --sampling random --control-variate off | price delta vega",
            })
    void everyTypeHasItsEstimates(String typed, String names) {
        Result result = run(typed + " --trials 5000");

        assertThat(result.trials()).isEqualTo(5000);
        assertThat(result.estimates().stream().map(Estimate::name)).containsExactly(names.split(" "));
        assertThat(result.estimates()).allSatisfy(estimate -> {
            assertThat(estimate.standardError()).isPositive();
            assertThat(estimate.low()).isLessThan(estimate.high());
            // False alarm: 6·10^-7 (5 standard deviations) for each of 15 known answers.
            estimate.z().ifPresent(z -> assertThat(z).isBetween(-5.0, 5.0));
        });
    }

    @Test
    void theDefaultIsTheEuropeanCallOfTheTextbooks() {
        Result result = run("--trials 20000");
        Estimate price = result.estimates().get(0);

        // Black and Scholes: S=K=100, r=5 %, σ=20 %, T=1.
        assertThat(price.reference()).isCloseTo(10.450583572185565, within(1e-12));
        assertThat(price.value()).isCloseTo(10.450583572185565, within(5 * price.standardError()));
    }

    @Test
    void anAmericanOptionIsAPutUnlessSaidOtherwise() {
        String terms = "--type american --spot 36 --strike 40 --rate 0.06 --dates 10 --trials 2000";
        // Longstaff and Schwartz 2001, table 1, with 50 dates: 4.472; 10 dates are worth some cents less.
        assertThat(run(terms).estimates().get(0).value()).isBetween(4.40, 4.48);
        assertThat(run(terms + " --right put").digest()).isEqualTo(run(terms).digest());
        assertThat(run(terms + " --right call").digest())
                .isNotEqualTo(run(terms).digest());
    }

    @Test
    void sharesMayBePercents() {
        assertThat(run("--rate 7.3% --volatility 25% --trials 100").digest())
                .isEqualTo(run("--rate 0.073 --volatility 0.25 --trials 100").digest());
        assertRefused("--rate 101%", "--rate: must be from -0.5 to 1, not 101%");
        assertRefused("--volatility 5%%", "--volatility: must be a number (such as 0.25 or 1e-3), not '5%%'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"european", "asian", "barrier --barrier 80", "lookback", "american", "heston"})
    void theDatesDefaultToFiftyAYear(String type) {
        String dated = type.equals("asian") || type.equals("american") ? " --dates 25" : "";
        dated = type.equals("heston") ? " --steps 25" : dated;
        String terms = "--type " + type + " --maturity 0.5 --trials 40";
        assertThat(run(terms).digest()).isEqualTo(run(terms + dated).digest());
    }

    @Test
    void trialsAreExactBesideFullBlocks() {
        for (String sampling : List.of("random", "antithetic", "sobol")) {
            for (String trials : List.of("1", "32767", "32768", "32769")) {
                assertThat(run("--sampling " + sampling + " --trials " + trials).trials())
                        .isEqualTo(Long.parseLong(trials));
            }
        }
    }

    @Test
    void withTooFewTrialsTheErrorIsNotKnown() {
        assertThat(run("--trials 1").estimates().get(0).standardError()).isNaN();
        // One block is one of Sobol's 32 randomisations, of which no error can be seen.
        assertThat(run("--trials 32768 --sampling sobol").estimates().get(0).standardError())
                .isNaN();
        assertThat(run("--trials 1048576 --sampling sobol").estimates().get(0).standardError())
                .isBetween(1e-6, 1e-3);
    }

    @Test
    void theSeedDecidesTheBits() {
        for (String type : List.of("european", "american --dates 3")) {
            String terms = "--trials 1k --type " + type;
            assertThat(run(terms).digest())
                    .isEqualTo(run(terms + " --seed 1").digest())
                    .isNotEqualTo(run(terms + " --seed 2").digest());
        }
    }

    @Test
    void putAndCallAreInParity() {
        for (String type : List.of("european", "heston --sampling sobol --steps 4")) {
            String terms = "--trials 512k --strike 110 --rate 3% --maturity 2 --type " + type;
            Estimate call = run(terms).estimates().get(0);
            Estimate put = run(terms + " --right put").estimates().get(0);

            // Call − put = S₀ − K·e^(−rT), to 5 standard errors of either.
            assertThat(call.value() - put.value())
                    .isCloseTo(100 - 110 * Math.exp(-0.06), within(5 * (call.standardError() + put.standardError())));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--barrier 90 | --barrier: --type european has none; it belongs to --type barrier",
                "--dates 5 | --dates: --type european has none; it belongs to --type asian, barrier, lookback, american",
                "--type lookback --strike 9 | --strike: --type lookback has none; it belongs to --type european, asian, barrier, american, heston",
                "--type heston --volatility 9% | --volatility: --type heston has none; it belongs to --type european, asian, barrier, lookback, american",
                "--type american --correlation 0 | --correlation: --type american has none; it belongs to --type heston",
                "--type barrier | --barrier is missing: give PRICE",
                "--type barrier --barrier 100 | --barrier: must not be the spot price 100, where the option ends or begins at once",
                "--type barrier --barrier 110 --strike 110 | --barrier: an option that knocks out at 110, before the strike 110, never pays",
                "--type barrier --barrier 90 --strike 80 --right put | --barrier: an option that knocks out at 90, before the strike 80, never pays",
                "--type barrier --barrier 90 --dates 5 | --dates: continuous monitoring has none; add --monitoring discrete",
                "--type lookback --dates 5 | --dates: continuous monitoring has none; add --monitoring discrete",
                "--volatility 3 --maturity 2 | --maturity: the volatility times the root of the maturity must be at most 3, not 4.24: the mean of such prices rests on paths too rare to be drawn",
                "--type heston --mean-variance 4 --maturity 3 | --maturity: the root of the variance times the root of the maturity must be at most 3, not 3.46: the mean of such prices rests on paths too rare to be drawn",
                "--volatility -0.2 | --volatility: must be from 0.001 to 3, not -0.2",
                "--volatility 0 | --volatility: must be from 0.001 to 3, not 0",
                "--spot 0 | --spot: must be from 0.001 to 1000000, not 0",
                "--strike 1e7 | --strike: must be from 0.001 to 1000000, not 1e7",
                "--maturity 51 | --maturity: must be from 0.001 to 50, not 51",
                "--rate x | --rate: must be a number (such as 0.25 or 1e-3), not 'x'",
                "--type asian --dates 1001 | --dates: must be at most 1000, not 1001",
                "--type heston --steps 501 | --steps: must be at most 500, not 501",
                "--type heston --correlation -1.1 | --correlation: must be from -1 to 1, not -1.1",
                "--type digital | --type: must be european or asian or barrier or lookback or american or heston, not 'digital'",
                "--right buy | --right: must be call or put, not 'buy'",
                "--sampling halton | --sampling: must be random or antithetic or sobol, not 'halton'",
            })
    void whatDoesNotGoTogetherIsRefusedInOneLine(String typed, String message) {
        assertRefused(typed, message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--volatility 3 --maturity 1 --strike 1e6 --spot 1e6",
                "--volatility 0.001 --maturity 0.001 --spot 0.001 --strike 0.001",
                "--type asian --dates 1000 --maturity 50 --rate 1",
                "--type asian --dates 1000 --sampling sobol",
                "--type american --dates 100 --rate -0.5",
                "--type american --dates 1",
                "--type barrier --barrier 1e6 --knock in",
                "--type barrier --barrier 100.0000001 --monitoring discrete --strike 1",
                "--type lookback --rate 0",
                "--type lookback --volatility 3 --maturity 1 --monitoring discrete",
                "--type heston --variance 0 --volatility-of-variance 10 --correlation 1",
                "--type heston --variance 4 --mean-variance 4 --volatility-of-variance 0.001 --correlation -1",
                "--type heston --reversion 100 --steps 1 --sampling sobol",
                "--type heston --reversion 0.01 --volatility-of-variance 10 --correlation -1 --maturity 20",
            })
    void theCornersOfTheRangesAreComputed(String typed) {
        Result result = run(typed + " --trials 300");

        assertThat(result.estimates()).allSatisfy(estimate -> assertThat(estimate.value())
                .satisfiesAnyOf(value -> assertThat(value).isFinite(), value -> assertThat(estimate.name())
                        .isEqualTo("variance-reduction")));
    }

    private static void assertRefused(String typed, String message) {
        assertThatThrownBy(() -> run(typed + " --trials 10"))
                .isInstanceOf(BadInput.class)
                .hasMessage(message);
    }

    private static Result run(String typed) {
        Map<String, String> texts = new HashMap<>();
        String[] words =
                Arrays.stream(typed.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new);
        for (int i = 0; i < words.length; i += 2) {
            texts.put(words[i].substring(2), words[i + 1]);
        }
        Tables none = new Tables(
                () -> {
                    throw new AssertionError("options need no Spark");
                },
                Path.of(""));
        return JOB.prepare(new Parameters(Jobs.options(JOB), texts), none).run(new SingleThread());
    }
}
