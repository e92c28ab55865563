package org.sparkberry.report;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.DocumentLimits;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * A finished figure. The text of it is text, in the reader's sans-serif font.
 *
 * @param svg for a file of its own, with the colours of light paper
 * @param inlineSvg for the page, whose style sheet gives the colours
 * @param width in CSS pixels
 * @param height in CSS pixels
 */
record Drawing(String svg, String inlineSvg, int width, int height) {
    /** Sharp on screens with two dots per CSS pixel, and in print at 12 cm. */
    static final int PNG_SCALE = 2;

    /** The limits are for documents from strangers. */
    private static final DocumentLimits UNLIMITED =
            new DocumentLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** Writes the figure on white paper, {@link #PNG_SCALE} dots to a CSS pixel. */
    void writePng(Path file) throws IOException {
        // The renderer knows no lists of fonts.
        String plain = svg.replace(Html.escape(SvgCleaner.FONTS), "SansSerif");
        SVGDocument document = new SVGLoader()
                .load(
                        new ByteArrayInputStream(plain.getBytes(StandardCharsets.UTF_8)),
                        null,
                        LoaderContext.builder().documentLimits(UNLIMITED).build());
        if (document == null) {
            throw new IOException("a figure could not be drawn as PNG: " + file);
        }
        BufferedImage image = new BufferedImage(PNG_SCALE * width, PNG_SCALE * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(PNG_SCALE, PNG_SCALE);
        document.render(null, graphics);
        graphics.dispose();
        ImageIO.write(image, "png", file.toFile());
    }
}
