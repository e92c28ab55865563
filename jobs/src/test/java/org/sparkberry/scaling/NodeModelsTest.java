package org.sparkberry.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkberry.record.BadInput;

final class NodeModelsTest {
    private static final String HEADER =
            "key,name,cores,ramMebibytes,networkMegabits,boardSource,wattsIdle,wattsBusy,powerSource,"
                    + "wattsLinpack,gigaflops,linpackSource,priceDollars,priceDate,priceSource\n";
    private static final String GOOD = "pi,A Pi,4,1024,100,https://a,1,2,https://b,3,4,https://c,5,2026-01,https://d\n";

    static java.util.List<NodeModel> all() {
        return NodeModels.load().all();
    }

    /** The ranges are what Raspberry Pis with four cores can be at all: a slip of a decimal point falls out of them. */
    @ParameterizedTest
    @MethodSource("all")
    void everyFigureIsPlausible(NodeModel model) {
        assertThat(model.cores()).isEqualTo(4);
        assertThat(model.ramMebibytes()).isBetween(512, 16_384);
        assertThat(Integer.bitCount(model.ramMebibytes())).isEqualTo(1);
        assertThat(model.networkMegabits()).isBetween(30.0, 1000.0);
        assertKnownIsBetween(model.wattsIdle(), 0.5, 4);
        assertKnownIsBetween(model.wattsBusy(), 2, 12);
        assertKnownIsBetween(model.wattsLinpack(), 2, 15);
        assertKnownIsBetween(model.gigaflops(), 0.3, 40);
        assertKnownIsBetween(model.priceDollars(), 10, 400);
        // Linpack is the heaviest load there is.
        assertThat(model.wattsLinpack() < model.wattsBusy()).isFalse();
    }

    private static void assertKnownIsBetween(double figure, double least, double most) {
        if (!Double.isNaN(figure)) {
            assertThat(figure).isBetween(least, most);
        }
    }

    /**
     * As rounded in a list of 2026 that was put together from the README of geerlingguy/top500-benchmark (under Linpack)
     * and the results of geerlingguy/sbc-reviews (idle, stress-ng, price).
     */
    @ParameterizedTest
    @CsvSource({
        "pi5-8gb, 2.8, 9.7, 12.7, 35.2, 80",
        "pi4-8gb, 1.6, 5.0, 7.2, 11.9, 75",
        "cm4-8gb, 2.5, 4.6, 5.2, 11.4, 75",
        "pi400, 2.7, 5.2, 6.4, 11.1, 70",
        "cm5-4gb, 2.4, 8.5, 9.2, 32.2, 70",
        "zero2w, 0.6, NaN, 2.1, 0.37, 15"
    })
    void theFiguresAreThePublishedOnes(
            String key, double idle, double busy, double linpack, double gigaflops, double price) {
        NodeModel model = NodeModels.load().find(key);
        assertThat(model.wattsIdle()).isEqualTo(idle);
        assertThat(model.wattsBusy()).isEqualTo(Double.valueOf(busy));
        assertThat(model.wattsLinpack()).isEqualTo(linpack);
        assertThat(model.gigaflops()).isCloseTo(gigaflops, within(0.05));
        assertThat(model.priceDollars()).isCloseTo(price, within(0.05));
    }

    @Test
    void whatNobodyPublishedIsNotKnown() {
        NodeModel model = NodeModels.load().find("pi4-4gb");
        assertThat(model.wattsIdle()).isNaN();
        assertThat(model.wattsBusy()).isNaN();
        assertThat(model.powerSource()).isEmpty();
    }

    @Test
    void anUnknownModelListsTheKnownOnes() {
        assertThatThrownBy(() -> NodeModels.parse(HEADER + GOOD + GOOD.replace("pi,", "pj,"))
                        .find("pi6"))
                .isInstanceOf(BadInput.class)
                .hasMessage("--node: unknown model 'pi6'; known are pi, pj; for another give --price, --watts-idle and"
                        + " --watts-busy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://a  | ''        | pi: cores has no source; give its address: ''",
                "https://b  | a book    | pi: wattsIdle has no source; give its address: 'a book'",
                "https://c  | http://c  | pi: wattsLinpack has no source; give its address: 'http://c'",
                "https://d  | ''        | pi: priceDollars has no source; give its address: ''",
                "'1,2,'     | '3,2,'    | pi: wattsBusy must be at least wattsIdle: 2.0",
                "'1,2,'     | '-1,2,'   | pi: wattsIdle must be from 0.0 to 100000.0: -1.0",
                "'3,4,'     | '3,0,'    | pi: gigaflops must be from 0.001 to 1.0E9: 0.0",
                "2026-01    | yesterday | 'pi: priceDate must be like 2023-09, and there with the price: ''yesterday'''",
                "5,         | ','       | 'pi: priceDate must be like 2023-09, and there with the price: ''2026-01'''",
                "pi         | PI        | 'PI: needs a key of small letters, digits and hyphens, and a name'",
                "A Pi       | ' '       | 'pi: needs a key of small letters, digits and hyphens, and a name'",
                "4,         | 'four,'   | 'line 2, column cores: not of type int: ''four'''",
                "'A Pi,'    | ''        | line 2: 14 cells for 15 columns"
            })
    void aBrokenRowIsRefused(String part, String broken, String message) {
        assertThatThrownBy(() -> NodeModels.parse(HEADER + GOOD.replaceFirst(part, broken)))
                .isInstanceOf(BadInput.class)
                .hasMessage("nodes.csv, " + message);
    }

    @Test
    void aKeyThatComesTwiceIsRefused() {
        assertThatThrownBy(() -> NodeModels.parse(HEADER + GOOD + GOOD))
                .isInstanceOf(BadInput.class)
                .hasMessage("nodes.csv, pi: comes twice; drop one");
    }
}
