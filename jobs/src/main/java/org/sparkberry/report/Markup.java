package org.sparkberry.report;

/** SVG in the making. */
final class Markup {
    private static final double HUNDREDTHS = 100;

    private final StringBuilder text = new StringBuilder();

    /** A number of pixels, to a hundredth. */
    static String pixels(double value) {
        long hundredths = Math.round(value * HUNDREDTHS);
        long whole = Math.abs(hundredths) / 100;
        long part = Math.abs(hundredths) % 100;
        String sign = hundredths < 0 ? "-" : "";
        if (part == 0) {
            return sign + whole;
        }
        return sign + whole + (part % 10 == 0 ? "." + part / 10 : part < 10 ? ".0" + part : "." + part);
    }

    /** An element without anything in it: its name, then names and values of attributes in turn. */
    Markup element(String tag, Object... namesAndValues) {
        open(tag, namesAndValues);
        text.setLength(text.length() - 1);
        text.append("/>");
        return this;
    }

    /** The beginning of an element. */
    Markup open(String tag, Object... namesAndValues) {
        text.append('<').append(tag);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            text.append(' ').append(namesAndValues[i]).append("=\"");
            text.append(value instanceof Number number ? pixels(number.doubleValue()) : Html.escape((String) value));
            text.append('"');
        }
        text.append('>');
        return this;
    }

    Markup close(String tag) {
        text.append("</").append(tag).append('>');
        return this;
    }

    /** Words at a place; the anchor is {@code start}, {@code middle} or {@code end}. */
    Markup words(double x, double y, String anchor, String colour, double size, String words, Object... further) {
        Object[] attributes = new Object[8 + further.length];
        System.arraycopy(
                new Object[] {
                    "transform",
                    "translate(" + pixels(x) + " " + pixels(y) + ")",
                    "text-anchor",
                    anchor,
                    "fill",
                    colour,
                    "font-size",
                    size
                },
                0,
                attributes,
                0,
                8);
        System.arraycopy(further, 0, attributes, 8, further.length);
        open("text", attributes);
        text.append(Html.escape(words));
        return close("text");
    }

    /** An element that holds words. */
    Markup holding(String tag, String words, Object... namesAndValues) {
        open(tag, namesAndValues);
        text.append(Html.escape(words));
        return close(tag);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
