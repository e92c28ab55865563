package org.sparkberry.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparkberry.record.Chart;
import org.sparkberry.record.Layer.Mark;
import org.sparkberry.record.Panel;
import org.sparkberry.report.ChartData.Facet;

/**
 * The panels of a chart as they stand on paper, row by row.
 *
 * @param cells the panels
 * @param columns how many stand side by side
 * @param colours of series, by their keys; the same in all panels
 */
record ChartCells(List<Cell> cells, int columns, Map<String, String> colours) {
    private static final int WANTED_TICKS = 5;
    private static final int WANTED_TICKS_IF_SMALL = 3;
    private static final int SMALL_COLUMNS = 3;

    /**
     * @param panel as declared
     * @param facet what of it is drawn here
     * @param scales the same for all facets of the panel
     * @param isFirst whether this is the panel's first
     * @param isNamedX whether the x axis has labels here, not only below
     * @param isNamedY whether the y axis has labels here, not only to the left
     */
    record Cell(Panel panel, Facet facet, PanelScales scales, boolean isFirst, boolean isNamedX, boolean isNamedY) {
        /** Whether the colour bar is the whole chart's. */
        boolean sharesColours() {
            return panel.each().isPresent() && scales.colours().isPresent();
        }

        boolean hasOwnColours() {
            return panel.each().isEmpty() && scales.colours().isPresent();
        }

        /** The names in the legend of the declared panel; none below the first of several alike. */
        Set<String> legend() {
            Set<String> names = new LinkedHashSet<>();
            if (isFirst) {
                facet.series().stream()
                        .filter(series -> series.layer().mark() != Mark.HEAT_MAP
                                && !series.isColoured()
                                && !series.key().isEmpty())
                        .forEach(series -> names.add(series.key()));
            }
            return names;
        }
    }

    static ChartCells of(Chart chart, ChartData data, Ground ground) {
        List<Panel> panels = new ArrayList<>();
        List<List<Facet>> facets = new ArrayList<>();
        for (Panel panel : chart.panels()) {
            List<Facet> some = data.facets(panel);
            if (!some.isEmpty()) {
                panels.add(panel);
                facets.add(some);
            }
        }
        int count = facets.stream().mapToInt(List::size).sum();
        int columns = Math.max(1, Math.min(chart.columns(), count));
        int ticks = columns >= SMALL_COLUMNS ? WANTED_TICKS_IF_SMALL : WANTED_TICKS;
        Map<String, String> colours = new LinkedHashMap<>();
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < panels.size(); i++) {
            PanelScales scales = PanelScales.of(panels.get(i), facets.get(i), columns == 1 ? 2 * ticks : ticks, ticks);
            int end = cells.size() + facets.get(i).size();
            int first = cells.size();
            for (Facet facet : facets.get(i)) {
                facet.series().stream()
                        .filter(series -> !series.layer().isFaint() && !series.isColoured())
                        .forEach(series -> colours.computeIfAbsent(series.key(), key -> ground.series(colours.size())));
                boolean isShared = panels.get(i).each().isPresent();
                boolean isFirst = cells.size() == first;
                cells.add(new Cell(
                        panels.get(i),
                        facet,
                        scales,
                        isFirst,
                        !isShared || cells.size() + columns >= end,
                        !isShared || isFirst || cells.size() % columns == 0));
            }
        }
        return new ChartCells(cells, columns, colours);
    }

    int rows() {
        return (cells.size() + columns - 1) / columns;
    }

    /** The cells of a row, from left to right. */
    List<Cell> row(int row) {
        return cells.subList(row * columns, Math.min(cells.size(), (row + 1) * columns));
    }

    /** The cells of a column, from top to bottom. */
    List<Cell> column(int column) {
        List<Cell> some = new ArrayList<>();
        for (int i = column; i < cells.size(); i += columns) {
            some.add(cells.get(i));
        }
        return some;
    }
}
