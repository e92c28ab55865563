package org.sparkberry.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon;

/**
 * A figure as the grammar of graphics has it (Wilkinson 2005): layers of marks whose aesthetics (x, y, colour …) are
 * columns of data, and scales that map the columns to the paper. It is drawn by lets-plot.
 */
final class Plot {
    private static final int FONT_PIXELS = 13;
    /** Goes after a legend's label, whose width is only estimated, and out again when it is drawn: invisible letters. */
    static final String ROOM = "\u2060\u2060\u2060";

    private static final int MARGIN_PIXELS = 24;
    private static final int KEY_PIXELS = 52;
    private static final int KEY_ROW_PIXELS = 24;
    private static final double LETTER_PIXELS = 7.6;

    private final int width;
    private int height;
    private final List<Object> layers = new ArrayList<>();
    private final List<Object> scales = new ArrayList<>();

    /** Of so many CSS pixels; each further row of the legend adds to the height. */
    Plot(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** An object with its names and values, in turn. */
    static Map<String, Object> spec(Object... namesAndValues) {
        Map<String, Object> spec = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            spec.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return spec;
    }

    /**
     * Adds marks.
     *
     * @param geom what marks
     * @param data its columns are named after the aesthetics that they are
     * @param constants aesthetics that are the same for all marks, and further settings
     */
    Plot layer(String geom, Columns data, Object... constants) {
        if (data.isEmpty()) {
            return this;
        }
        Map<String, Object> mapping = new LinkedHashMap<>();
        data.names().forEach(name -> mapping.put(name, name));
        Map<String, Object> layer = spec(constants);
        layer.put("geom", geom);
        layer.put("data", data.columns());
        layer.put("mapping", mapping);
        layer.put("tooltips", "none");
        layers.add(layer);
        return this;
    }

    /** Adds a scale of an aesthetic. */
    Plot scale(String aesthetic, Object... settings) {
        Map<String, Object> scale = spec(settings);
        scale.put("aesthetic", aesthetic);
        scales.add(scale);
        return this;
    }

    /**
     * Adds a legend of named things, which several aesthetics may tell apart.
     *
     * @param aesthetics name of the aesthetic to its values, one for each name
     */
    Plot legend(List<String> names, Map<String, List<?>> aesthetics) {
        int longest = names.stream().mapToInt(String::length).max().orElse(0);
        int fit = (int) ((width - MARGIN_PIXELS) / (KEY_PIXELS + LETTER_PIXELS * longest));
        double inARow = names.stream()
                .mapToDouble(name -> KEY_PIXELS + LETTER_PIXELS * name.length())
                .sum();
        int columns = inARow <= width - MARGIN_PIXELS ? names.size() : Math.max(1, fit);
        int rows = (names.size() + columns - 1) / columns;
        height += (rows - 1) * KEY_ROW_PIXELS;
        aesthetics.forEach((aesthetic, values) -> scale(
                aesthetic,
                "name",
                "",
                "limits",
                List.copyOf(names),
                "breaks",
                List.copyOf(names),
                "labels",
                names.stream().map(name -> name + ROOM).toList(),
                "values",
                List.copyOf(values),
                "guide",
                spec("name", "legend", "ncol", (double) columns)));
        return this;
    }

    /**
     * Draws it.
     *
     * @param name unique in the page
     * @param title read aloud in place of the figure
     * @param description what it shows
     */
    Drawing draw(String name, String title, String description) {
        Map<String, Object> plot = spec(
                "kind", "plot", "data", spec(), "mapping", spec(), "layers", layers, "scales", scales, "theme",
                theme());
        plot.put("ggsize", spec("width", (double) width, "height", (double) height));
        String raw = PlotSvgExportCommon.INSTANCE.buildSvgImageFromRawSpecs(plot, null, Plot::noRaster, false);
        return new SvgCleaner(name, title, description, FONT_PIXELS).clean(raw, width, height);
    }

    private Map<String, Object> theme() {
        Map<String, Object> theme = spec("name", "minimal2", "legend_position", "bottom", "legend_title", blank());
        for (String text : List.of("axis_title", "axis_text", "legend_text")) {
            theme.put(text, spec("name", "text", "size", (double) FONT_PIXELS, "color", Palette.INK, "blank", false));
        }
        theme.put("panel_grid", line(Palette.GRID));
        theme.put("panel_grid_minor", blank());
        theme.put("axis_line", line(Palette.MUTED));
        theme.put("axis_ticks", line(Palette.MUTED));
        theme.put("plot_background", blank());
        theme.put("panel_background", blank());
        theme.put("legend_background", blank());
        return theme;
    }

    private static Map<String, Object> line(String colour) {
        return spec("name", "line", "color", colour, "size", 1.0, "blank", false);
    }

    private static Map<String, Object> blank() {
        return spec("name", "blank", "blank", true);
    }

    private static String noRaster(int width, int height, int[] pixels) {
        throw new IllegalStateException("no layer is a raster, but one of " + Arrays.toString(new int[] {width, height})
                + " wants to be one of " + pixels.length + " pixels");
    }
}
