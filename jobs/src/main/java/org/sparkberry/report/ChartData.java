package org.sparkberry.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkberry.estimate.Estimate;
import org.sparkberry.estimate.Result;
import org.sparkberry.estimate.Table;
import org.sparkberry.record.Layer;
import org.sparkberry.record.Layer.Filter;
import org.sparkberry.record.Layer.Mark;
import org.sparkberry.record.Panel;
import org.sparkberry.scaling.InWords;

/** Finds what a panel draws in a result. All throw IllegalArgumentException for what the result has not. */
final class ChartData {
    private static final Pattern CELL = Pattern.compile("\\{([^{}]+)}");

    private final Result result;

    ChartData(Result result) {
        this.result = result;
    }

    /**
     * One of several panels alike, or the only one.
     *
     * @param title above it
     * @param series what is drawn in it
     */
    record Facet(String title, List<Series> series) {}

    /** The panels that a declared one stands for; without those that have nothing to draw. */
    List<Facet> facets(Panel panel) {
        List<Optional<Filter>> parts = new ArrayList<>();
        if (panel.each().isPresent()) {
            String column = panel.each().get();
            Set<Object> values = new LinkedHashSet<>();
            for (Layer layer : panel.layers()) {
                if (layer.mark() != Mark.RULE) {
                    values.addAll(distinct(table(layer), column));
                }
            }
            values.forEach(value -> parts.add(Optional.of(new Filter(column, value))));
        } else {
            parts.add(Optional.empty());
        }
        List<Facet> facets = new ArrayList<>();
        for (Optional<Filter> part : parts) {
            List<Series> series = new ArrayList<>();
            for (Layer layer : panel.layers()) {
                series.addAll(series(panel, layer, part));
            }
            series.removeIf(one -> one.drawn().findAny().isEmpty());
            if (series.stream().anyMatch(one -> one.layer().mark() != Mark.RULE)) {
                facets.add(
                        new Facet(part.map(filter -> title(panel, filter)).orElse(panel.title()), List.copyOf(series)));
            }
        }
        return facets;
    }

    private String title(Panel panel, Filter part) {
        Table table = panel.layers().stream()
                .filter(layer -> layer.mark() != Mark.RULE)
                .map(this::table)
                .filter(one -> distinct(one, part.column()).contains(part.value()))
                .findFirst()
                .orElseThrow();
        List<Object> row = rows(table, List.of(part)).get(0);
        Matcher cell = CELL.matcher(panel.title());
        return cell.replaceAll(match -> Matcher.quoteReplacement(text(row.get(index(table, match.group(1))))));
    }

    private List<Series> series(Panel panel, Layer layer, Optional<Filter> part) {
        if (layer.mark() == Mark.RULE) {
            double value = result.estimates().stream()
                    .filter(estimate -> estimate.name().equals(layer.source()))
                    .mapToDouble(Estimate::value)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no estimate is named " + layer.source()));
            return List.of(new Series(layer, layer.legend(), List.of(new double[] {finite(value)}), new double[0]));
        }
        Table table = table(layer);
        List<Filter> filters = new ArrayList<>();
        layer.filter().ifPresent(filters::add);
        part.ifPresent(filters::add);
        List<List<Object>> rows = rows(table, filters);
        if (layer.by().isEmpty()) {
            return List.of(series(panel, layer, layer.legend(), table, rows));
        }
        int by = index(table, layer.by().get());
        Map<Object, List<List<Object>>> groups = new LinkedHashMap<>();
        rows.forEach(row ->
                groups.computeIfAbsent(row.get(by), value -> new ArrayList<>()).add(row));
        if (groups.size() == 1) {
            // One thing needs no key.
            return List.of(series(panel, layer, "", table, rows));
        }
        String before = layer.legend().isEmpty() ? "" : layer.legend() + " ";
        return groups.entrySet().stream()
                .map(group -> series(panel, layer, before + text(group.getKey()), table, group.getValue()))
                .toList();
    }

    private static Series series(Panel panel, Layer layer, String key, Table table, List<List<Object>> rows) {
        List<double[]> columns = new ArrayList<>();
        for (int i = 0; i < layer.columns().size(); i++) {
            boolean isLast = i == layer.columns().size() - 1;
            columns.add(numbers(table, layer.columns().get(i), rows, (isLast ? panel.y() : panel.x()).isLogarithmic()));
        }
        double[] values = layer.colours()
                .map(scale -> numbers(table, scale.column(), rows, scale.isLogarithmic()))
                .orElse(new double[0]);
        return new Series(layer, key, columns, values);
    }

    /** NaN for those that cannot be drawn. */
    private static double[] numbers(Table table, String column, List<List<Object>> rows, boolean aboveZero) {
        int index = index(table, column);
        if (table.columns().get(index).kind() == Table.Kind.TEXT) {
            throw new IllegalArgumentException("column " + column + " of table " + table.name() + " has no numbers");
        }
        double[] numbers = new double[rows.size()];
        Arrays.setAll(numbers, row -> {
            double number = finite(((Number) rows.get(row).get(index)).doubleValue());
            return aboveZero && number <= 0 ? Double.NaN : number;
        });
        return numbers;
    }

    private static double finite(double number) {
        return Math.abs(number) <= Double.MAX_VALUE ? number : Double.NaN;
    }

    private static List<List<Object>> rows(Table table, List<Filter> filters) {
        List<List<Object>> rows = table.rows();
        for (Filter filter : filters) {
            int index = index(table, filter.column());
            rows = rows.stream()
                    .filter(row -> row.get(index).equals(filter.value()))
                    .toList();
        }
        return rows;
    }

    private static Set<Object> distinct(Table table, String column) {
        int index = index(table, column);
        if (table.columns().get(index).kind() == Table.Kind.REAL) {
            throw new IllegalArgumentException("column " + column + " of table " + table.name()
                    + " has no text and no whole numbers, of which each could have a panel");
        }
        Set<Object> values = new LinkedHashSet<>();
        table.rows().forEach(row -> values.add(row.get(index)));
        return values;
    }

    private Table table(Layer layer) {
        return result.tables().stream()
                .filter(table -> table.name().equals(layer.source()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no table is named " + layer.source()));
    }

    private static int index(Table table, String column) {
        List<String> names = table.columns().stream().map(Table.Column::name).toList();
        int index = names.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "table " + table.name() + " has no column " + column + ", but " + String.join(", ", names));
        }
        return index;
    }

    private static String text(Object cell) {
        return cell instanceof Double real ? InWords.short3(real) : cell.toString();
    }
}
