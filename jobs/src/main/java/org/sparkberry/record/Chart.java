package org.sparkberry.record;

import java.util.List;

/**
 * A figure as data: what a job says of it, and what {@code run} draws of the result's tables, as
 * {@code figures/NAME.svg} and {@code .png} in the run's directory. For example, a table {@code heights} with the
 * columns {@code seconds} and {@code metres}:
 *
 * <pre>{@code
 * Chart.of("fall", "A falling stone", "It falls the faster the longer it falls.",
 *         Panel.of(Axis.linear("time (s)"), Axis.linear("height (m)"),
 *                 Layer.line("heights", "seconds", "metres")));
 * }</pre>
 *
 * @param name of its files: lower-case letters, digits and hyphens
 * @param heading above it
 * @param caption below it: what to look at
 * @param panels its parts
 * @param columns how many panels stand side by side
 * @param isDark on a black ground, as the sky
 */
public record Chart(String name, String heading, String caption, List<Panel> panels, int columns, boolean isDark) {
    public Chart {
        if (!name.matches("[a-z0-9][a-z0-9-]*")) {
            throw new IllegalArgumentException(
                    "a chart's name is of lower-case letters, digits and hyphens, not '" + name + "'");
        }
        panels = List.copyOf(panels);
        if (panels.isEmpty()) {
            throw new IllegalArgumentException("chart " + name + " has no panels");
        }
        if (columns < 1 || columns > 12) {
            throw new IllegalArgumentException("chart " + name + ": 1 to 12 columns, not " + columns);
        }
    }

    /** With the panels below each other, on white. */
    public static Chart of(String name, String heading, String caption, Panel... panels) {
        return new Chart(name, heading, caption, List.of(panels), 1, false);
    }

    /** The same with so many panels side by side. */
    public Chart inColumns(int number) {
        return new Chart(name, heading, caption, panels, number, isDark);
    }

    /** The same on a black ground. */
    public Chart onBlack() {
        return new Chart(name, heading, caption, panels, columns, true);
    }
}
