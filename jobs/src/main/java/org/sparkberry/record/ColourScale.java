package org.sparkberry.record;

import java.util.OptionalDouble;

/**
 * How the numbers of a column become colours, and what stands beside the colour bar. The colours go from dark for the
 * least to light for the most, so that they can be told apart in grey and with any colour vision.
 *
 * @param column the numbers
 * @param label what they are, with their unit
 * @param isLogarithmic to base 10; what is not above 0 is left out
 * @param map the colours
 * @param least what has the first colour, and so has all below it; the least number that is drawn if empty
 */
public record ColourScale(String column, String label, boolean isLogarithmic, Map map, OptionalDouble least) {
    /** Colours, made for matplotlib by van der Walt and Smith (2015); bids.github.io/colormap. */
    public enum Map {
        /** From violet over green to yellow. */
        VIRIDIS,
        /** From black over red to pale yellow: for what glows on a dark ground. */
        INFERNO
    }

    public static ColourScale linear(String column, String label) {
        return new ColourScale(column, label, false, Map.VIRIDIS, OptionalDouble.empty());
    }

    public static ColourScale logarithmic(String column, String label) {
        return new ColourScale(column, label, true, Map.VIRIDIS, OptionalDouble.empty());
    }

    /** The same with other colours. */
    public ColourScale in(Map colours) {
        return new ColourScale(column, label, isLogarithmic, colours, least);
    }

    /** The same from this number on. */
    public ColourScale from(double number) {
        return new ColourScale(column, label, isLogarithmic, map, OptionalDouble.of(number));
    }
}
