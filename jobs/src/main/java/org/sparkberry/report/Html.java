package org.sparkberry.report;

import java.util.List;

/** HTML in the making. All text is escaped; only {@link #raw} takes markup. */
final class Html {
    private final StringBuilder text = new StringBuilder();

    /** Text with the characters that mean something in HTML made harmless. */
    static String escape(String words) {
        return words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                // Not even an escaped one is allowed in XML and HTML.
                .replaceAll("[\\p{Cc}&&[^\\t\\n\\r]]", "\uFFFD");
    }

    /** Markup as it is. */
    Html raw(String markup) {
        text.append(markup).append('\n');
        return this;
    }

    /** An element that holds words. */
    Html element(String tag, String words) {
        return raw("<" + tag + ">" + escape(words) + "</" + tag + ">");
    }

    /** The same with a class. */
    Html element(String tag, String cssClass, String words) {
        return raw("<" + tag + " class=\"" + cssClass + "\">" + escape(words) + "</" + tag + ">");
    }

    /** A table; a line end in a cell is one. */
    Html table(String caption, List<String> head, List<List<String>> rows, boolean figures) {
        raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + escape(caption) + "\">");
        raw("<table" + (figures ? " class=\"figures\"" : "") + ">");
        element("caption", caption);
        raw("<thead><tr>");
        head.forEach(cell -> raw("<th scope=\"col\">" + escape(cell) + "</th>"));
        raw("</tr></thead>").raw("<tbody>");
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("<tr><th scope=\"row\">" + escape(row.get(0)) + "</th>");
            row.subList(1, row.size()).forEach(cell -> line.append("<td>")
                    .append(escape(cell).replace("\n", "<br>"))
                    .append("</td>"));
            raw(line.append("</tr>").toString());
        }
        return raw("</tbody></table></div>");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
