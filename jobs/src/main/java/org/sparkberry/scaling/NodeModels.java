package org.sparkberry.scaling;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.CsvRows;

/** The node models of {@code nodes.csv}, the one file of their figures. */
public final class NodeModels {
    private static final String FILE = "nodes.csv";

    private final List<NodeModel> models;

    private NodeModels(List<NodeModel> models) {
        this.models = models;
    }

    /** Reads them. */
    public static NodeModels load() {
        try (InputStream file = Objects.requireNonNull(NodeModels.class.getResourceAsStream(FILE), FILE)) {
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads them from the file's text.
     *
     * @throws BadInput if a row is no node model, a figure is out of range or has no source, or a key comes twice
     */
    static NodeModels parse(String text) {
        List<NodeModel> models = new CsvRows<>(NodeModel.class).parse(text, FILE);
        Set<String> keys = new HashSet<>();
        for (NodeModel model : models) {
            check(model);
            if (!keys.add(model.key())) {
                throw bad(model, "comes twice; drop one");
            }
        }
        return new NodeModels(List.copyOf(models));
    }

    private static void check(NodeModel model) {
        if (!model.key().matches("[a-z0-9-]+") || model.name().isBlank()) {
            throw bad(model, "needs a key of small letters, digits and hyphens, and a name");
        }
        figure(model, "cores", model.cores(), 1, 1024, model.boardSource());
        figure(model, "ramMebibytes", model.ramMebibytes(), 1, 1 << 24, model.boardSource());
        figure(model, "networkMegabits", model.networkMegabits(), 1, 1e6, model.boardSource());
        figure(model, "wattsIdle", model.wattsIdle(), 0, 1e5, model.powerSource());
        figure(model, "wattsBusy", model.wattsBusy(), 0, 1e5, model.powerSource());
        figure(model, "wattsLinpack", model.wattsLinpack(), 0, 1e5, model.linpackSource());
        figure(model, "gigaflops", model.gigaflops(), 1e-3, 1e9, model.linpackSource());
        figure(model, "priceDollars", model.priceDollars(), 0, 1e7, model.priceSource());
        if (model.wattsBusy() < model.wattsIdle()) {
            throw bad(model, "wattsBusy must be at least wattsIdle: " + model.wattsBusy());
        }
        boolean priced = !Double.isNaN(model.priceDollars());
        if (priced != model.priceDate().matches("\\d{4}(-\\d\\d)?")) {
            throw bad(model, "priceDate must be like 2023-09, and there with the price: '" + model.priceDate() + "'");
        }
    }

    /** Unknown is allowed; known means in range and with a source. */
    private static void figure(NodeModel model, String name, double value, double least, double most, String source) {
        if (Double.isNaN(value)) {
            return;
        }
        if (!(value >= least && value <= most)) {
            throw bad(model, name + " must be from " + least + " to " + most + ": " + value);
        }
        if (!source.matches("https://\\S+( https://\\S+)*")) {
            throw bad(model, name + " has no source; give its address: '" + source + "'");
        }
    }

    private static BadInput bad(NodeModel model, String words) {
        return new BadInput(FILE + ", " + model.key() + ": " + words);
    }

    /** In the order of the file. */
    public List<NodeModel> all() {
        return models;
    }

    /**
     * The model of this key.
     *
     * @throws BadInput if there is none, with those that there are
     */
    public NodeModel find(String key) {
        return models.stream()
                .filter(model -> model.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new BadInput("--node: unknown model '" + key + "'; known are "
                        + models.stream().map(NodeModel::key).collect(Collectors.joining(", "))
                        + "; for another give --price, --watts-idle and --watts-busy"));
    }
}
