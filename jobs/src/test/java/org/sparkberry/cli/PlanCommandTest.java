package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkberry.record.Json;

/** Expected numbers follow by hand from T(n) = 100 s + 900 s/n, of which the files have exact or scattered times. */
final class PlanCommandTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void prepare() throws IOException {
        write("exact.csv", 1);
        write("scattered.csv", 0.97, 1, 1.03);
        Files.writeString(folder.resolve("two.csv"), "n,seconds\n1,10\n2,6\n1,11\n2,5\n");
        Files.writeString(
                folder.resolve("weak.csv"), "n,seconds,trials\n1,10,100\n2,11,200\n4,12,400\n8,13,800\n16,14,1600\n");
    }

    private static void write(String name, double... factors) throws IOException {
        StringBuilder text = new StringBuilder("executors,seconds\n");
        for (int n : new int[] {1, 2, 4, 8, 16}) {
            for (double factor : factors) {
                text.append(String.format(Locale.ROOT, "%d,%.17g%n", n, factor * (100 + 900.0 / n)));
            }
        }
        Files.writeString(folder.resolve(name), text);
    }

    private static Invoked plan(String file, String options) {
        Stream<String> words = options.isEmpty() ? Stream.of() : Stream.of(options.split(" ", -1));
        return Invoked.with(
                folder,
                Stream.concat(Stream.of("plan", folder.resolve(file).toString()), words)
                        .toArray(String[]::new));
    }

    private static JsonNode json(String file, String options) throws IOException {
        Invoked invoked = plan(file, options + " --format json");
        assertThat(invoked.err()).isEmpty();
        assertThat(invoked.exitCode()).isZero();
        return Json.tree(invoked.out());
    }

    @Test
    void theTableComesFirstThenTheAdviceThenWhatIsAssumed() {
        Invoked plan = plan(
                "exact.csv",
                "--nodes 1,4,16,65 --price 31.5576 --years 1 --watts-idle 3 --watts-busy 8 --electricity 0.36/kWh"
                        + " --deadline 330s --cloud-price 0.36/h --cloud-speed 5");
        assertThat(plan.err()).isEmpty();
        assertThat(plan.exitCode()).isZero();
        // 4 nodes: 325 s, 8900 J = 2.472 Wh, 1300·1e-6 + 8900·1e-7 = 0.00219. Cloud: 200 s at 1e-4.
        assertThat(plan.out())
                .matches("(?s).*\\n  nodes +seconds +speedup +efficiency +idle +energy \\(Wh\\)"
                        + " +cost of 1,000 runs +within 5 min 30 s\\n.*")
                .containsPattern("\\n  4 +325\\.0+ ± \\S+ +3\\.0769\\d* ± \\S+ +76\\.92\\d* ± \\S+ %"
                        + " +23\\.07\\d* ± \\S+ % +2\\.4722\\d* ± \\S+ +2\\.190+ ± \\S+ +yes\\n")
                .containsPattern("\\n  65 \\* .* yes\\n  cloud +200\\.0+ ± \\S+ +5 +– +– +– +20\\.0+ ± \\S+ +yes\\n")
                .contains(
                        "\n  * more than 4 times the 16 executors measured: no advice rests on it\n",
                        "\n  fastest            16 nodes: 156.25",
                        "\n  within 5 min 30 s  4 nodes, for sure (325.0",
                        "\n  least energy       1 node: 2.22",
                        "\n  cheapest           1 node: 1.80",
                        "\n  measure next       n = 17 executors: ",
                        "\nassumed\n",
                        "\n  power        3 W when it waits, 8 W when busy\n",
                        "\n  price        31.5576 a node; all prices must be in one currency\n",
                        "\n  cloud        5 times as fast as one node, taken as exact (--cloud-speed)\n");
    }

    @Test
    void theLastOfTheNodesMayNotBeTheFastest() {
        assertThat(plan("exact.csv", "--nodes 1,2").out()).contains(" s; more nodes than 2 may be faster\n");
    }

    @Test
    void aModelsFiguresAreCalledEstimatesAndNameTheirSource() {
        assertThat(unwrapped("--node pi5-8gb"))
                .contains(
                        "2.8 W when it waits, 9.7 W when busy; estimate, measured on another board (--watts-idle, --watts-busy): https://",
                        "80 USD a node in 2023-09 (--price)",
                        "0.3 for a kWh (--electricity); households in the EU");
        assertThat(unwrapped("--node pi5-8gb --watts-idle 3 --price 100"))
                .contains("3 W when it waits, 9.7 W when busy; estimate, measured on another board (--watts-busy): ")
                .contains("100 a node; all prices must be in one currency");
    }

    /** The output for exact times without its line breaks. */
    private static String unwrapped(String options) {
        return plan("exact.csv", options).out().replaceAll("\\s+", " ");
    }

    @Test
    void withoutANodeThereIsNoEnergyAndTheWayToItIsShown() {
        assertThat(plan("exact.csv", "--nodes 1,2").out())
                .doesNotContain("Wh", "cheapest")
                .contains("  energy  and cost of the nodes: give --node MODEL, or --price, --watts-idle and"
                        + " --watts-busy\n");
    }

    @Test
    void whatCannotBeToldApartIsARange() {
        assertThat(plan("scattered.csv", "--nodes 1..64 --node pi5-8gb").out())
                .containsPattern("fastest +\\d+ to \\d+ cannot be told apart; best on average is \\d+ nodes: ")
                .containsPattern("least energy +(1 and 2|1 to \\d) cannot be told apart; best on average is 1 node: ");
    }

    @Test
    void whereNothingIsFirmThereIsNoAdvice() {
        assertThat(plan("exact.csv", "--nodes 65,100").out())
                .contains("  no advice     the runs cannot tell enough of any of these numbers of nodes\n")
                .contains("  measure next  n = 25 executors: ")
                .doesNotContain("fastest");
    }

    @Test
    void aDeadlineThatNothingMeetsIsCalledThat() {
        assertThat(plan("exact.csv", "--nodes 1..16 --deadline 100s").out())
                .contains("  within 1 min 40 s  no number of nodes that advice can rest on; the fastest takes 156");
    }

    @Test
    void jsonHasEveryNumberWithItsInterval() throws IOException {
        JsonNode plan = json(
                "scattered.csv",
                "--nodes 2,4,65 --node pi5-8gb --deadline 326s --pc-price 900" + " --pc-watts 120 --pc-speed 4");
        assertThat(plan.path("kind").asText()).isEqualTo("plan");
        assertThat(plan.path("schemaVersion").asInt()).isEqualTo(1);
        assertThat(plan.path("runs").asInt()).isEqualTo(15);
        assertThat(plan.path("mostMeasured").asInt()).isEqualTo(16);
        JsonNode four = plan.path("rows").path(1);
        assertThat(four.path("nodes").asInt()).isEqualTo(4);
        for (String name : new String[] {"seconds", "speedup", "efficiency", "idleShare", "energyJoules", "cost"}) {
            JsonNode interval = four.path(name);
            assertThat(interval.path("low").asDouble()).as(name).isPositive();
            assertThat(interval.path("low").asDouble())
                    .isLessThan(interval.path("value").asDouble());
            assertThat(interval.path("high").asDouble())
                    .isGreaterThan(interval.path("value").asDouble());
        }
        // The mean of the logarithms of 0.97, 1 and 1.03 is −0.0003.
        assertThat(four.path("seconds").path("value").asDouble()).isCloseTo(325, within(1.0));
        // 4 nodes for 325 s, busy for 1000 of 1300 node seconds: 1000·9.7 + 300·2.8 J, that is 0.0029278 kWh at 0.30,
        // and
        // 4·325 s of 3 years for 80 each.
        assertThat(four.path("energyJoules").path("value").asDouble()).isCloseTo(10_540, within(30.0));
        assertThat(four.path("cost").path("value").asDouble()).isCloseTo(0.00197687, within(6e-6));
        assertThat(four.path("inTime").asText()).isEqualTo("perhaps");
        assertThat(four.path("standing").asText()).isEqualTo("firm");
        assertThat(plan.path("rows").path(2).path("standing").asText()).isEqualTo("far");
        assertThat(plan.path("alternatives").path(0).path("name").asText()).isEqualTo("PC");
        assertThat(plan.path("alternatives")
                        .path(0)
                        .path("efficiency")
                        .path("value")
                        .isNull())
                .isTrue();
        JsonNode watts = plan.path("assumptions").path("costs").path("wattsBusy");
        assertThat(watts.path("value").asDouble()).isEqualTo(9.7);
        assertThat(watts.path("estimate").asBoolean()).isTrue();
        assertThat(watts.path("source").asText()).startsWith("https://");
        assertThat(plan.path("choices").path("time").path("nodes").asInt()).isEqualTo(4);
        assertThat(plan.path("choices")
                        .path("energy")
                        .path("notToldApart")
                        .path(0)
                        .asInt())
                .isEqualTo(2);
        assertThat(plan.path("choices").path("deadline").path("nodesForSure").isNull())
                .isTrue();
        assertThat(plan.path("choices").path("deadline").path("nodesOnAverage").asInt())
                .isEqualTo(4);
        assertThat(plan.path("measure").path(0).asInt()).isEqualTo(17);
    }

    @Test
    void jsonKeepsApartWhatWasGivenAndWhatWasNot() throws IOException {
        JsonNode given = json("exact.csv", "--price 1 --watts-idle 2 --watts-busy 3");
        JsonNode price = given.path("assumptions").path("costs").path("price");
        assertThat(price.path("source").asText()).isEqualTo("--price");
        assertThat(price.path("estimate").asBoolean(true)).isFalse();
        assertThat(given.path("assumptions").path("node").isNull()).isTrue();
        assertThat(given.path("assumptions").path("deadlineSeconds").isNull()).isTrue();
        JsonNode bare = json("exact.csv", "--nodes 1");
        assertThat(bare.path("assumptions").path("costs").isNull()).isTrue();
        assertThat(bare.path("rows").path(0).path("cost").path("value").isNull())
                .isTrue();
        assertThat(bare.path("choices").path("deadline").isNull()).isTrue();
        assertThat(bare.path("choices").path("cost").isNull()).isTrue();
    }

    /** One line that names the thing, says what is wrong and what to do. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--nodes 0                 | --nodes: must be at least 1, not 0",
                "--nodes 4..1              | --nodes: a range goes up (such as 1..64), not '4..1'",
                "--nodes 1..2000           | --nodes: at most 1000 numbers (a few of them do, such as 1,2,4,8,16)",
                "--nodes 20000             | --nodes: must be at most 10000, not 20000",
                "--executors-per-node 0    | --executors-per-node: must be at least 1, not 0",
                "--node pi6                | --node: unknown model 'pi6'; known are pi5-16gb, pi5-8gb, pi5-4gb, pi5-2gb,"
                        + " pi4-8gb, pi4-4gb, pi4-2gb, pi400, pi500, pi500plus, cm5-4gb, cm4-8gb, pi3bplus, zero2w; for"
                        + " another give --price, --watts-idle and --watts-busy",
                "--node pi4-4gb            | --watts-idle: pi4-4gb has no measured idle power: give it",
                "--node pi5-2gb            | --price: pi5-2gb has no price: give it",
                "--node zero2w             | --watts-busy: zero2w has no measured power of a busy node: give it",
                "--price 80                | --watts-idle: is missing: energy and cost need --price, --watts-idle and"
                        + " --watts-busy, or --node MODEL",
                "--watts-idle 3            | --price: is missing: energy and cost need --price, --watts-idle and"
                        + " --watts-busy, or --node MODEL",
                "--price -1                | --price: must be from 0 to 1000000, not -1",
                "--price lots              | --price: must be a number (such as 0.25 or 1e-3), not 'lots'",
                "--node pi5-8gb --watts-busy 2 | --watts-busy: must be at least the watts of an idle node, 2.8, not 2",
                "--watts-idle 1e9          | --watts-idle: must be from 0 to 100000, not 1e9",
                "--watts-busy NaN          | --watts-busy: must be a number (such as 0.25 or 1e-3), not 'NaN'",
                "--deadline 10             | --deadline: must be a duration above 0 (such as 90s, 10m or 2h), not '10'",
                "--electricity cheap       | --electricity: must be an amount per kWh (such as 0.30/kWh), not 'cheap'",
                "--electricity 0.3/h       | --electricity: must be an amount per kWh (such as 0.30/kWh), not '0.3/h'",
                "--electricity 0.3         | --electricity: is for the cost, which needs --node MODEL too, or --price,"
                        + " --watts-idle and --watts-busy",
                "--years 4                 | --years: is for the cost, which needs --node MODEL too, or --price,"
                        + " --watts-idle and --watts-busy",
                "--utilisation 0.5         | --utilisation: is for the cost, which needs --node MODEL too, or --price,"
                        + " --watts-idle and --watts-busy",
                "--years 0                 | --years: must be from 0.01 to 100, not 0",
                "--utilisation 0           | --utilisation: must be from 0.001 to 1, not 0",
                "--utilisation 50          | --utilisation: must be from 0.001 to 1, not 50",
                "--cloud-price 0.4/h       | --cloud-speed: is missing: give it with --cloud-price",
                "--cloud-speed 2           | --cloud-price: is missing: give it with --cloud-speed",
                "--cloud-price 0.4/kWh     | --cloud-price: must be an amount per h (such as 0.30/h), not '0.4/kWh'",
                "--cloud-speed 0           | --cloud-speed: must be from 0.001 to 1000000, not 0",
                "--pc-price 900            | --pc-watts: is missing: give it with --pc-price and --pc-speed",
                "--pc-price x              | --pc-price: must be a number (such as 0.25 or 1e-3), not 'x'",
                "--pc-watts -1             | --pc-watts: must be from 0 to 100000, not -1",
                "--pc-speed fast           | --pc-speed: must be a number (such as 0.25 or 1e-3), not 'fast'",
                "--mode weak               | a plan compares n for the same work, and in these timings it grows with n"
                        + " (weak scaling): give timings of the same work on every n (--mode strong, if they are)",
                "--n-column k              | --n-column: ~/exact.csv has no column 'k', only executors, seconds",
                "--format yaml             | --format: must be text or json, not 'yaml'"
            })
    void badInputIsOneLine(String options, String line) {
        assertThat(plan("exact.csv", options))
                .isEqualTo(new Invoked(2, "", "sparkberry: " + line.replace("~", folder.toString()) + "\n"));
    }

    @Test
    void timingsThatNoLawCanBeCheckedWithAreRefused() {
        assertThat(plan("two.csv", "").err())
                .startsWith("sparkberry: only two distinct n (1, 2): any law goes through them, so none can be checked;"
                        + " measure n = 4");
    }

    @Test
    void timingsOfWorkThatGrowsAreRefused() {
        assertThat(plan("weak.csv", "").exitCode()).isEqualTo(2);
        assertThat(plan("weak.csv", "").err()).contains("weak scaling");
        assertThat(plan("weak.csv", "--mode strong").exitCode()).isZero();
    }

    /** It is started without the classes of Spark and of its log. */
    @Test
    void sparksLogIsNotSetUp() {
        String key = "log4j2.configurationFile";
        String before = System.clearProperty(key);
        try {
            plan("exact.csv", "");
            assertThat(System.getProperty(key)).isNull();
        } finally {
            if (before != null) {
                System.setProperty(key, before);
            }
        }
    }

    @Test
    void aFileIsNeeded() {
        assertThat(Invoked.with(folder, "plan"))
                .isEqualTo(new Invoked(
                        2,
                        "",
                        "sparkberry: which file? sparkberry plan FILE.csv (a row for each run: n, seconds), or the folder"
                                + " of a sweep\n"));
    }
}
