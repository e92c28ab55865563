package org.sparkberry.report;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What lets-plot drew, made fit for a page: the same bytes every time (it numbers its parts at random), no style sheet
 * of its own, short numbers, words for those who cannot see it.
 */
final class SvgCleaner {
    private static final String SVG = "http://www.w3.org/2000/svg";
    static final String FONTS = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif";
    private static final Pattern RGB = Pattern.compile("rgb\\((\\d+), ?(\\d+), ?(\\d+)\\)");
    private static final Pattern FILL = Pattern.compile("fill: ?(#[0-9a-f]{6})");
    private static final Pattern FONT_SIZE = Pattern.compile("font-size: ?([0-9.]+)px");
    private static final Pattern DECIMALS = Pattern.compile("-?\\d+\\.\\d+(?:[eE]-?\\d+)?");

    private final String name;
    private final String title;
    private final String description;
    private final int fontPixels;
    private final Map<String, String> ids = new HashMap<>();

    SvgCleaner(String name, String title, String description, int fontPixels) {
        this.name = name;
        this.title = title;
        this.description = description;
        this.fontPixels = fontPixels;
    }

    Drawing clean(String raw, int width, int height) {
        Document document = parse(raw);
        Element root = document.getDocumentElement();
        cleanBelow(root);
        root.removeAttribute("class");
        root.removeAttribute("id");
        root.setAttribute("viewBox", "0 0 " + width + " " + height);
        root.setAttribute("width", "" + width);
        root.setAttribute("height", "" + height);
        root.setAttribute("font-family", FONTS);
        root.setAttribute("font-size", "" + fontPixels);
        root.setAttribute("role", "img");
        root.setAttribute("aria-labelledby", name + "-title " + name + "-desc");
        Node first = root.getFirstChild();
        root.insertBefore(words(document, "title", title), first);
        root.insertBefore(words(document, "desc", description), first);
        StringBuilder svg = new StringBuilder();
        write(root, svg);
        nameColours(root);
        StringBuilder inlineSvg = new StringBuilder();
        write(root, inlineSvg);
        return new Drawing(svg.toString(), inlineSvg.toString(), width, height);
    }

    private Element words(Document document, String tag, String text) {
        Element element = document.createElementNS(SVG, tag);
        element.setAttribute("id", name + "-" + tag);
        element.setTextContent(text);
        return element;
    }

    private void cleanBelow(Element element) {
        cleanAttributes(element);
        for (Node child : children(element)) {
            if (child instanceof Element below) {
                if (below.getTagName().equals("style")) {
                    element.removeChild(below);
                } else {
                    cleanBelow(below);
                }
            } else if (child.getTextContent().isBlank()) {
                element.removeChild(child);
            } else {
                child.setTextContent(
                        child.getTextContent().replace(Plot.ROOM, "").strip());
            }
        }
    }

    private void cleanAttributes(Element element) {
        // Only its own style sheet needs these.
        element.removeAttribute("clip-bounds-jfx");
        if (element.getTagName().equals("text")) {
            setColourAndSize(element, element.getAttribute("style"));
            List.of("style", "font-family", "fill-opacity").forEach(element::removeAttribute);
        }
        if (element.getTagName().equals("line")) {
            element.removeAttribute("fill");
        }
        if (element.getAttribute("stroke-width").matches("0(\\.0)?")) {
            List.of("stroke", "stroke-width", "stroke-opacity").forEach(element::removeAttribute);
        }
        for (String opacity : List.of("fill-opacity", "stroke-opacity")) {
            if (element.getAttribute(opacity).matches("1(\\.0)?")) {
                element.removeAttribute(opacity);
            }
        }
        if (element.hasAttribute("class")) {
            element.removeAttribute("class");
        }
        for (String attribute : attributes(element)) {
            String value = element.getAttribute(attribute);
            if (attribute.equals("id")) {
                value = id(value);
            } else if (value.startsWith("url(#")) {
                value = "url(#" + id(value.substring("url(#".length(), value.length() - 1)) + ")";
            } else {
                value = shortNumbers(hexColours(value));
            }
            element.setAttribute(attribute, value);
        }
    }

    /** Text within the panel has a style of its own, all other text a class. */
    private static void setColourAndSize(Element text, String style) {
        Matcher colour = FILL.matcher(style);
        text.setAttribute("fill", colour.find() ? colour.group(1) : Palette.INK);
        Matcher size = FONT_SIZE.matcher(style);
        if (size.find()) {
            text.setAttribute("font-size", size.group(1));
        }
    }

    private String id(String random) {
        return ids.computeIfAbsent(random, key -> name + "-" + (ids.size() + 1));
    }

    private static String hexColours(String value) {
        Matcher rgb = RGB.matcher(value);
        return rgb.replaceAll(match -> String.format(
                "#%02x%02x%02x",
                Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)), Integer.parseInt(match.group(3))));
    }

    /** To a hundredth of a pixel. */
    private static String shortNumbers(String value) {
        return DECIMALS.matcher(value).replaceAll(match -> {
            BigDecimal rounded = new BigDecimal(match.group()).setScale(2, RoundingMode.HALF_EVEN);
            return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
        });
    }

    /** Adds the classes by which the page's style sheet gives the colours of its ground. */
    private static void nameColours(Element element) {
        StringBuilder classes = new StringBuilder();
        for (String paint : List.of("fill", "stroke")) {
            String colour = Palette.name(element.getAttribute(paint));
            if (!colour.isEmpty()) {
                classes.append(classes.isEmpty() ? "" : " ")
                        .append(paint)
                        .append('-')
                        .append(colour);
            }
        }
        if (!classes.isEmpty()) {
            element.setAttribute("class", classes.toString());
        }
        for (Node child : children(element)) {
            if (child instanceof Element below) {
                nameColours(below);
            }
        }
    }

    private static List<Node> children(Element element) {
        List<Node> children = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            children.add(child);
        }
        return children;
    }

    private static List<String> attributes(Element element) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            names.add(element.getAttributes().item(i).getNodeName());
        }
        return names;
    }

    private static Document parse(String svg) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("lets-plot drew what is not XML", e);
        }
    }

    /** As XML without a declaration. The JDK's own writer takes longer to load than all else takes to draw. */
    private static void write(Element element, StringBuilder text) {
        text.append('<').append(element.getTagName());
        for (String attribute : attributes(element)) {
            text.append(' ').append(attribute).append("=\"");
            text.append(Html.escape(element.getAttribute(attribute))).append('"');
        }
        if (!element.hasChildNodes()) {
            text.append("/>");
            return;
        }
        text.append('>');
        for (Node child : children(element)) {
            if (child instanceof Element below) {
                write(below, text);
            } else {
                text.append(Html.escape(child.getTextContent()));
            }
        }
        text.append("</").append(element.getTagName()).append('>');
    }
}
