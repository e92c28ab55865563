package org.sparkberry.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** An SVG file as a reader of paper sees it: marks at places, and the places of the ticks. */
final class DrawnSvg {
    private static final Pattern TRANSLATE = Pattern.compile("translate\\(([-0-9.]+)[ ,]+([-0-9.]+) *\\)");
    private static final Pattern POINT = Pattern.compile("([-0-9.]+) ([-0-9.]+)");

    /** A mark with its place on the paper. */
    record Mark(Element element, double left, double top) {
        double x(String attribute) {
            return left + number(attribute);
        }

        double y(String attribute) {
            return top + number(attribute);
        }

        double number(String attribute) {
            return Double.parseDouble(element.getAttribute(attribute));
        }

        String text(String attribute) {
            return element.getAttribute(attribute);
        }

        /** The corners of a path, as x and y. */
        List<double[]> corners() {
            List<double[]> corners = new ArrayList<>();
            Matcher point = POINT.matcher(element.getAttribute("d"));
            while (point.find()) {
                corners.add(new double[] {
                    left + Double.parseDouble(point.group(1)), top + Double.parseDouble(point.group(2))
                });
            }
            return corners;
        }
    }

    private final Element root;
    private final List<Mark> marks = new ArrayList<>();

    DrawnSvg(String svg) throws Exception {
        root = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
        collect(root, 0, 0);
    }

    Element root() {
        return root;
    }

    private void collect(Element element, double left, double top) {
        double x = left;
        double y = top;
        Matcher translate = TRANSLATE.matcher(element.getAttribute("transform"));
        while (translate.find()) {
            x += Double.parseDouble(translate.group(1));
            y += Double.parseDouble(translate.group(2));
        }
        marks.add(new Mark(element, x, y));
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element below) {
                collect(below, x, y);
            }
        }
    }

    /** Marks of this tag whose attribute is this. */
    List<Mark> marks(String tag, String attribute, String value) {
        return marks.stream()
                .filter(mark -> mark.element().getTagName().equals(tag)
                        && mark.text(attribute).equals(value))
                .toList();
    }

    /** Marks of this tag that have a colour there, and not none. */
    List<Mark> marksWith(String tag, String paint) {
        return marks.stream()
                .filter(mark -> mark.element().getTagName().equals(tag)
                        && mark.text(paint).startsWith("#"))
                .toList();
    }

    List<String> texts() {
        return marks.stream()
                .filter(mark -> mark.element().getTagName().equals("text"))
                .map(mark -> mark.element().getTextContent())
                .toList();
    }

    /** The labelled numbers of the x axis and where they stand. */
    Map<Double, Double> xTicks() {
        Map<Double, Double> ticks = new LinkedHashMap<>();
        numbers("middle").forEach((number, mark) -> ticks.put(number, mark.left()));
        assertThat(ticks).hasSizeGreaterThan(1);
        return ticks;
    }

    /** The labelled numbers of the y axis and where they stand; percent as shares of 1. */
    Map<Double, Double> yTicks() {
        Map<Double, Double> ticks = new LinkedHashMap<>();
        numbers("end").forEach((number, mark) -> ticks.put(number, mark.top()));
        assertThat(ticks).hasSizeGreaterThan(1);
        return ticks;
    }

    private Map<Double, Mark> numbers(String anchor) {
        Map<Double, Mark> numbers = new LinkedHashMap<>();
        for (Mark mark : marks("text", "text-anchor", anchor)) {
            String text = mark.element().getTextContent();
            if (text.matches("[0-9.]+( %)?")) {
                double number = Double.parseDouble(text.replace(" %", ""));
                numbers.put(text.endsWith("%") ? number / 100 : number, mark);
            }
        }
        return numbers;
    }

    /** Where a value stands on a linear axis with these ticks. */
    static double linear(Map<Double, Double> ticks, double value) {
        List<Double> numbers = List.copyOf(ticks.keySet());
        double a = numbers.get(0);
        double b = numbers.get(numbers.size() - 1);
        double pa = ticks.getOrDefault(a, Double.NaN);
        double pb = ticks.getOrDefault(b, Double.NaN);
        return pa + (value - a) / (b - a) * (pb - pa);
    }

    /** Where a value stands on a logarithmic axis with these ticks. */
    static double logarithmic(Map<Double, Double> ticks, double value) {
        Map<Double, Double> logs = new LinkedHashMap<>();
        ticks.forEach((number, place) -> logs.put(Math.log(number), place));
        return linear(logs, Math.log(value));
    }
}
