package org.sparkberry.dataflow;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.nio.BufferUnderflowException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.sparkberry.model.waves.Decimation;
import org.sparkberry.model.waves.Strain;
import org.sparkberry.record.BadInput;

/**
 * Strain in the HDF5 files of the Gravitational Wave Open Science Center: {@code strain/Strain} with its attribute
 * {@code Xspacing}, {@code meta/Detector}, {@code meta/GPSstart} and {@code meta/Duration}. It is read in slices, so that
 * hours of it need no more memory than they have at {@value Strain#HERTZ} Hz.
 */
final class StrainFile {
    private static final int SLICE_SECONDS = 64;
    /** So long is the longest file that is published. */
    private static final int MOST_SECONDS = 4096;

    private final String location;
    private final HdfFile file;

    private StrainFile(String location, HdfFile file) {
        this.location = location;
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @param location how it was named, for messages
     * @throws BadInput if it is not such a file, or cannot be searched
     */
    static Strain read(String location, Supplier<HdfFile> opened) {
        try (HdfFile file = opened.get()) {
            return new StrainFile(location, file).strain();
        } catch (HdfException
                | BufferUnderflowException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | UnsupportedOperationException e) {
            throw new BadInput(
                    location + ": is not an HDF5 file, or not a whole one; get it again from https://gwosc.org", e);
        }
    }

    private Strain strain() {
        Dataset dataset = dataset("strain/Strain");
        int hertz = hertz(dataset);
        int[] dimensions = dataset.getDimensions();
        if (dimensions.length != 1) {
            throw new BadInput(location + ": strain/Strain must be one row of numbers, but has " + dimensions.length
                    + " dimensions");
        }
        long seconds = number("meta/Duration");
        if (seconds < Strain.SHORTEST_SECONDS) {
            throw new BadInput(location + ": has " + seconds + " s of strain; at least " + Strain.SHORTEST_SECONDS
                    + " s are needed to know the noise");
        }
        if (seconds > MOST_SECONDS) {
            throw new BadInput(location + ": has " + seconds + " s of strain; at most " + MOST_SECONDS
                    + " s can be searched at once");
        }
        if (dimensions[0] != seconds * hertz) {
            throw new BadInput(location + ": strain/Strain has " + dimensions[0] + " samples, but " + seconds
                    + " s (meta/Duration) at " + hertz + " Hz are " + seconds * hertz);
        }
        return new Strain(detector(), number("meta/GPSstart"), samples(dataset, hertz));
    }

    private int hertz(Dataset dataset) {
        Attribute spacing = dataset.getAttribute("Xspacing");
        if (spacing == null || !(spacing.getData() instanceof Number seconds)) {
            throw new BadInput(location + ": strain/Strain has no attribute Xspacing, the seconds between two samples;"
                    + " a strain file of https://gwosc.org was expected");
        }
        double hertz = 1 / seconds.doubleValue();
        for (int known : new int[] {Strain.HERTZ, Decimation.FACTOR * Strain.HERTZ}) {
            if (Math.abs(hertz - known) < 1e-6 * known) {
                return known;
            }
        }
        throw new BadInput(location + ": is sampled at " + (float) hertz + " Hz; files of " + Strain.HERTZ + " Hz and "
                + Decimation.FACTOR * Strain.HERTZ + " Hz can be searched");
    }

    private String detector() {
        if (data("meta/Detector") instanceof String name && name.strip().matches("[A-Z][0-9]")) {
            return name.strip();
        }
        throw new BadInput(location + ": meta/Detector must be a detector's name, such as H1");
    }

    private long number(String path) {
        if (data(path) instanceof Number number) {
            return number.longValue();
        }
        throw new BadInput(location + ": " + path + " must be a number of seconds");
    }

    private Object data(String path) {
        Object data = dataset(path).getData();
        if (data instanceof Object[] array && array.length == 1) {
            return array[0];
        }
        if (data instanceof long[] array && array.length == 1) {
            return array[0];
        }
        if (data instanceof int[] array && array.length == 1) {
            return array[0];
        }
        return data;
    }

    private Dataset dataset(String path) {
        Node node = file;
        for (String name : path.split("/", -1)) {
            node = node instanceof Group group ? group.getChild(name) : null;
        }
        if (node instanceof Dataset dataset) {
            return dataset;
        }
        throw new BadInput(location + ": has no dataset " + path + "; a strain file of https://gwosc.org was expected");
    }

    private float[] samples(Dataset dataset, int hertz) {
        int factor = hertz / Strain.HERTZ;
        int all = dataset.getDimensions()[0];
        float[] samples = new float[all / factor];
        Optional<Decimation> decimation = factor == 1 ? Optional.empty() : Optional.of(new Decimation());
        long missing = 0;
        int firstMissing = -1;
        for (int start = 0; start < all; start += SLICE_SECONDS * hertz) {
            int end = Math.min(all, start + SLICE_SECONDS * hertz);
            int from = Math.max(0, start - Decimation.REACH);
            int to = Math.min(all, end + Decimation.REACH);
            double[] slice = slice(dataset, from, to);
            for (int i = start; i < end; i++) {
                if (!(Math.abs(slice[i - from]) <= Float.MAX_VALUE)) {
                    missing++;
                    firstMissing = firstMissing < 0 ? i : firstMissing;
                }
            }
            for (int i = start; i < end; i += factor) {
                int at = i - from;
                samples[i / factor] =
                        (float) (decimation.isPresent() ? decimation.get().at(slice, at) : slice[at]);
            }
        }
        if (missing > 0) {
            throw new BadInput(
                    location + ": " + missing + " of " + all + " samples are no numbers (NaN or infinite), the"
                            + " first " + (float) firstMissing / hertz + " s after the beginning: the detector was not"
                            + " measuring; take a file without such a gap");
        }
        return samples;
    }

    private double[] slice(Dataset dataset, int from, int to) {
        Object data = dataset.getData(new long[] {from}, new int[] {to - from});
        if (data instanceof double[] doubles) {
            return doubles;
        }
        if (data instanceof float[] floats) {
            double[] doubles = new double[floats.length];
            Arrays.setAll(doubles, i -> floats[i]);
            return doubles;
        }
        throw new BadInput(location + ": strain/Strain must be of floating-point numbers");
    }
}
