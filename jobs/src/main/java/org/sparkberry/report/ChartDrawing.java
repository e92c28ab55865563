package org.sparkberry.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.sparkberry.estimate.Result;
import org.sparkberry.record.Chart;
import org.sparkberry.report.ChartCells.Cell;
import org.sparkberry.report.PanelDrawing.Frame;

/**
 * Draws a chart: its heading, its panels in a grid, its caption. Not by lets-plot, which draws the report's figures: it
 * cannot make the frames of different panels stand in line, and takes longer to start than all this takes to draw.
 */
final class ChartDrawing {
    private static final double WIDTH = 880;
    private static final double PAD = 20;
    private static final double HEADING_PIXELS = 17;
    private static final double CAPTION_PIXELS = 12.5;
    private static final double CAPTION_LINE = 18;
    private static final double TITLE_PIXELS = 13;
    private static final double TITLE_ROOM = 22;
    private static final double KEY_PIXELS = 22;
    private static final double KEY_GAP = 18;
    private static final double LONE_HEIGHT = 360;
    private static final double STACKED_HEIGHT = 220;
    private static final double HEIGHT_PER_WIDTH = 0.85;
    private static final double MOST_HEIGHT = 640;
    private static final double GAP = 12;

    private final Chart chart;
    private final ChartCells cells;
    private final Ground ground;
    private final Markup svg = new Markup();

    private ChartDrawing(Chart chart, ChartCells cells, Ground ground) {
        this.chart = chart;
        this.cells = cells;
        this.ground = ground;
    }

    /**
     * Empty if no panel has anything to draw.
     *
     * @throws IllegalArgumentException if the chart names what the result has not
     */
    static Optional<Drawing> of(Chart chart, Result result) {
        Ground ground = chart.isDark() ? Ground.DARK : Ground.LIGHT;
        ChartCells cells = ChartCells.of(chart, new ChartData(result), ground);
        return cells.cells().isEmpty() ? Optional.empty() : Optional.of(new ChartDrawing(chart, cells, ground).draw());
    }

    private Drawing draw() {
        List<Double> lefts = new ArrayList<>();
        double sides = 2 * PAD + sharedBar().map(ChartDrawing::barRoom).orElse(0.0);
        double right = most(cells.cells(), cell -> cell.hasOwnColours() ? barRoom(cell) + GAP : GAP);
        for (int column = 0; column < cells.columns(); column++) {
            lefts.add(most(cells.column(column), ChartDrawing::leftRoom));
            sides += lefts.get(column) + right;
        }
        double width = frameWidth((WIDTH - sides) / cells.columns());
        double paperWidth = Math.rint(sides + cells.columns() * width);

        Markup body = svg;
        double y = PAD + HEADING_PIXELS;
        body.words(PAD, y, "start", ground.ink(), HEADING_PIXELS, chart.heading(), "font-weight", "bold");
        y += GAP;
        double firstTop = 0;
        double lastBottom = 0;
        int number = 0;
        for (int row = 0; row < cells.rows(); row++) {
            double top = most(cells.row(row), this::topRoom);
            double x = PAD;
            double bottom = 0;
            for (int column = 0; column < cells.row(row).size(); column++) {
                Cell cell = cells.row(row).get(column);
                x += lefts.get(column);
                Frame frame = new Frame(x, y + top, width, height(cell, width));
                cell(cell, frame, ++number);
                x += width + right;
                bottom = Math.max(bottom, frame.bottom());
            }
            firstTop = row == 0 ? y + top : firstTop;
            lastBottom = bottom;
            y = bottom + most(cells.row(row), ChartDrawing::bottomRoom);
        }
        if (sharedBar().isPresent()) {
            Frame all = new Frame(
                    PAD, firstTop, paperWidth - 2 * PAD - barRoom(sharedBar().get()), lastBottom - firstTop);
            bar(sharedBar().get(), all, "shared");
        }
        y += GAP;
        for (String line : TextWidth.lines(chart.caption(), CAPTION_PIXELS, paperWidth - 2 * PAD)) {
            y += CAPTION_LINE;
            body.words(PAD, y, "start", ground.muted(), CAPTION_PIXELS, line);
        }
        return finished((int) paperWidth, (int) Math.ceil(y + PAD));
    }

    private Drawing finished(int width, int height) {
        Markup whole = new Markup()
                .open(
                        "svg",
                        "xmlns",
                        "http://www.w3.org/2000/svg",
                        "viewBox",
                        "0 0 " + width + " " + height,
                        "width",
                        width,
                        "height",
                        height,
                        "font-family",
                        SvgCleaner.FONTS,
                        "role",
                        "img",
                        "aria-labelledby",
                        chart.name() + "-title " + chart.name() + "-desc")
                .holding("title", chart.heading(), "id", chart.name() + "-title")
                .holding("desc", chart.caption(), "id", chart.name() + "-desc")
                .element("rect", "width", width, "height", height, "fill", ground.paper());
        String text = whole + svg.toString() + "</svg>";
        return new Drawing(text, text, width, height);
    }

    private void cell(Cell cell, Frame frame, int number) {
        if (!cell.facet().title().isEmpty()) {
            double y = frame.top() - 7;
            svg.words(
                    frame.left(),
                    y,
                    "start",
                    ground.ink(),
                    TITLE_PIXELS,
                    cell.facet().title());
        }
        legend(cell, frame);
        new PanelDrawing(cell.panel(), cell.scales(), ground, cells.colours())
                .draw(svg, frame, cell.facet().series(), chart.name() + "-" + number, cell.isNamedY(), cell.isNamedX());
        if (cell.hasOwnColours()) {
            bar(cell, frame, "colours-" + number);
        }
    }

    /** In a line above the frame and its title, from the left. */
    private void legend(Cell cell, Frame frame) {
        double x = frame.left();
        double y = frame.top() - 8 - (cell.facet().title().isEmpty() ? 0 : TITLE_ROOM);
        for (String name : cell.legend()) {
            boolean isFaint = cell.facet().series().stream()
                    .anyMatch(series ->
                            series.key().equals(name) && series.layer().isFaint());
            String colour = isFaint ? ground.muted() : cells.colours().getOrDefault(name, ground.series(0));
            svg.element(
                    "line",
                    "x1",
                    x,
                    "y1",
                    y - 4,
                    "x2",
                    x + KEY_PIXELS,
                    "y2",
                    y - 4,
                    "stroke",
                    colour,
                    "stroke-width",
                    isFaint ? 1 : 3);
            x += KEY_PIXELS + PanelDrawing.LABEL_GAP;
            svg.words(x, y, "start", ground.muted(), PanelDrawing.TEXT_PIXELS, name);
            x += TextWidth.of(name, PanelDrawing.TEXT_PIXELS) + KEY_GAP;
        }
    }

    private void bar(Cell cell, Frame frame, String id) {
        ColourBar.draw(
                svg,
                frame,
                cell.scales().colours().orElseThrow(),
                cell.scales().colour().orElseThrow(),
                ground,
                chart.name() + "-" + id);
    }

    private Optional<Cell> sharedBar() {
        return cells.cells().stream().filter(Cell::sharesColours).findFirst();
    }

    private static double barRoom(Cell cell) {
        return ColourBar.room(cell.scales().colour().orElseThrow());
    }

    private static double most(List<Cell> some, ToDoubleFunction<Cell> room) {
        return some.stream().mapToDouble(room).max().orElse(0);
    }

    private static double leftRoom(Cell cell) {
        return cell.isNamedY()
                ? PanelDrawing.TEXT_PIXELS + 10 + TextWidth.widest(cell.scales().y()) + PanelDrawing.LABEL_GAP
                : 0;
    }

    private double topRoom(Cell cell) {
        return (cell.facet().title().isEmpty() ? 8 : TITLE_ROOM)
                + (cell.legend().isEmpty() ? 0 : TITLE_ROOM);
    }

    private static double bottomRoom(Cell cell) {
        return cell.isNamedX() ? PanelDrawing.X_LABEL_DROP + PanelDrawing.X_NAME_DROP + GAP : GAP;
    }

    /** Narrower where maps would become too high. */
    private double frameWidth(double width) {
        double highest = cells.cells().stream()
                .filter(cell -> cell.panel().isToScale())
                .mapToDouble(cell -> height(cell, width))
                .max()
                .orElse(0);
        return highest > MOST_HEIGHT ? width * MOST_HEIGHT / highest : width;
    }

    private double height(Cell cell, double width) {
        if (cell.panel().isToScale()) {
            AxisScale x = cell.scales().x();
            AxisScale y = cell.scales().y();
            return width * (y.high() - y.low()) / (x.high() - x.low());
        }
        if (cells.columns() > 1) {
            return HEIGHT_PER_WIDTH * width;
        }
        return cells.cells().size() == 1 ? LONE_HEIGHT : STACKED_HEIGHT;
    }
}
