package org.sparkberry.dataflow;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.jhdf.HdfFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkberry.model.waves.Strain;
import org.sparkberry.record.BadInput;
import org.sparkberry.record.Hardware;

/**
 * Reads datasets: tables with Spark SQL, strain with jHDF. The driver alone opens the file, through Hadoop's FileSystem, so that a cluster needs
 * no shared storage.
 */
public final class Tables {
    private static final String CORRUPT = "_sparkberry_corrupt_line";
    /** Spark's own limit. */
    private static final int MOST_COLUMNS = 20_480;
    /** How much of a file a message quotes. */
    private static final int LONGEST_QUOTE = 60;

    private static final int MOST_LISTED = 20;

    private final Supplier<SparkSession> session;
    private final Path home;

    /**
     * @param session asked for a session only when something is read
     * @param home where Sparkberry's own {@code datasets/} is: a relative path that is not below the working folder is
     *     looked for there
     */
    public Tables(Supplier<SparkSession> session, Path home) {
        this.session = session;
        this.home = home;
    }

    /**
     * Reads columns of decimal numbers from a CSV file with a header. The schema is declared: the wanted columns are
     * doubles, all others are not looked at.
     *
     * @throws BadInput if the file is missing or is not such a file: a column is missing or stands twice, a cell is
     *     empty or not a number, a line has too few or too many cells; the message names file, line and column
     */
    public Numbers numbers(String location, List<String> columns) {
        List<Integer> lineNumbers = new ArrayList<>();
        List<String> data = new ArrayList<>();
        List<String> lines = text(location).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                data.add(lines.get(i));
                lineNumbers.add(i + 1);
            }
        }
        if (data.isEmpty()) {
            throw new BadInput(location + ": is empty; a CSV file with a header line was expected");
        }
        List<String> header = header(location, data.remove(0), columns);
        lineNumbers.remove(0);
        List<Row> rows = parse(header, columns, data);
        double[][] numbers = new double[rows.size()][columns.size()];
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            boolean whole = row.getAs(CORRUPT) == null;
            for (int j = 0; j < columns.size(); j++) {
                Double value = row.getAs("c" + header.indexOf(columns.get(j)));
                whole &= value != null;
                numbers[i][j] = value == null ? Double.NaN : value;
            }
            if (!whole) {
                throw new BadInput(location + ", line " + lineNumbers.get(i) + ": "
                        + fault(header, columns, rows.get(i), data.get(i)));
            }
        }
        return new Numbers(location, columns, lineNumbers, numbers);
    }

    /**
     * Reads the strain of gravitational-wave detectors, a file of the Gravitational Wave Open Science Center each.
     *
     * @return of two detectors or more, all from the same time on and of the same length, at
     *     {@value Strain#HERTZ} Hz
     * @throws BadInput if a file is missing or is not such a file, has gaps, or the files do not go together
     */
    public List<Strain> strains(List<String> locations) {
        List<Strain> strains = new ArrayList<>();
        for (String location : locations) {
            Strain strain = StrainFile.read(location, () -> hdf(location));
            for (int i = 0; i < strains.size(); i++) {
                Strain other = strains.get(i);
                if (other.detector().equals(strain.detector())) {
                    throw new BadInput(location + ": is of the detector " + strain.detector() + ", as is "
                            + locations.get(i) + "; give a file for each detector");
                }
                if (other.gpsStart() != strain.gpsStart() || other.size() != strain.size()) {
                    throw new BadInput(location + ": " + span(strain) + ", but " + locations.get(i) + ": " + span(other)
                            + "; give files of the same time");
                }
            }
            strains.add(strain);
        }
        if (strains.size() < 2) {
            throw new BadInput(locations.get(0) + ": is of one detector; a signal is what two detectors see at the same"
                    + " time: give a file for each, with a comma between them");
        }
        return strains;
    }

    private static String span(Strain strain) {
        return strain.size() / Strain.HERTZ + " s from GPS " + strain.gpsStart();
    }

    private HdfFile hdf(String location) {
        Optional<Path> local = local(location);
        if (local.isPresent() && !Files.isReadable(local.get())) {
            throw new BadInput(location + ": cannot be read: permission denied");
        }
        return local.map(HdfFile::new).orElseGet(() -> HdfFile.fromBytes(bytes(location)));
    }

    /** What is wrong with a line of data. */
    private static String fault(List<String> header, List<String> columns, Row row, String line) {
        List<String> cells = cells(line);
        if (cells.size() != header.size()) {
            return "has " + cells.size() + (cells.size() == 1 ? " cell" : " cells") + ", but the header has "
                    + header.size() + ": '" + shortened(line) + "'";
        }
        for (String column : columns) {
            int index = header.indexOf(column);
            if (row.getAs("c" + index) == null) {
                String cell = cells.get(index);
                return cell.isEmpty()
                        ? "the cell of column " + column + " is empty"
                        : "the cell of column " + column + " must be a number (such as 1234.5), not '" + shortened(cell)
                                + "'";
            }
        }
        return "cannot be read as CSV: '" + shortened(line) + "'";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }

    /** All columns get a name of our own, so that no name in the file can be taken for SQL. */
    private List<Row> parse(List<String> header, List<String> wanted, List<String> data) {
        StructType schema = new StructType();
        for (int i = 0; i < header.size(); i++) {
            schema = schema.add(
                    "c" + i, wanted.contains(header.get(i)) ? DataTypes.DoubleType : DataTypes.StringType, true);
        }
        schema = schema.add(CORRUPT, DataTypes.StringType, true);
        SparkSession spark = session.get();
        return spark.read()
                .schema(schema)
                .option("mode", "PERMISSIVE")
                .option("columnNameOfCorruptRecord", CORRUPT)
                .option("ignoreLeadingWhiteSpace", true)
                .option("ignoreTrailingWhiteSpace", true)
                // Without this, columns that nobody asks for are not parsed, and a ragged line goes unseen.
                .option("columnPruning", false)
                .csv(spark.createDataset(data, Encoders.STRING()).coalesce(1))
                .collectAsList();
    }

    private static List<String> header(String location, String line, List<String> wanted) {
        List<String> header = cells(line);
        for (String column : wanted) {
            if (!header.contains(column)) {
                throw new BadInput(location + ": has no column '" + column + "'" + instead(header));
            }
        }
        if (new HashSet<>(header).size() < header.size()) {
            throw new BadInput(location + ": a column stands twice in the header: " + listed(header));
        }
        return header;
    }

    private static String instead(List<String> header) {
        if (header.size() == 1 && header.get(0).matches(".*[;\t|].*")) {
            return "; its cells must be separated by commas, and the header is '" + shortened(header.get(0)) + "'";
        }
        return "; it has " + listed(header);
    }

    private static String listed(List<String> names) {
        List<String> first = names.stream()
                .limit(MOST_LISTED)
                .map(name -> name.isEmpty() ? "''" : shortened(name))
                .toList();
        return String.join(", ", first) + (names.size() > MOST_LISTED ? " and more" : "");
    }

    /** The cells of one line, as Spark's reader would cut it. */
    private static List<String> cells(String line) {
        CsvParserSettings settings = new CsvParserSettings();
        settings.getFormat().setComment('\0');
        settings.setMaxCharsPerColumn(-1);
        settings.setMaxColumns(MOST_COLUMNS);
        String[] cells;
        try {
            cells = new CsvParser(settings).parseLine(line);
        } catch (TextParsingException e) {
            return List.of(line);
        }
        return Arrays.stream(cells == null ? new String[0] : cells)
                .map(cell -> cell == null ? "" : cell)
                .toList();
    }

    private String text(String location) {
        byte[] bytes = bytes(location);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') < 0) {
                return text.startsWith("\uFEFF") ? text.substring(1) : text;
            }
        } catch (CharacterCodingException e) {
            // Said below.
        }
        throw new BadInput(location + ": is not text in UTF-8; export it as CSV in UTF-8");
    }

    private byte[] bytes(String location) {
        Optional<Path> local = local(location);
        try {
            if (local.isEmpty()) {
                return remote(location);
            }
            requireFits(location, Files.size(local.get()));
            return Files.readAllBytes(local.get());
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw new BadInput(location + ": no such file", e);
        } catch (UnsupportedFileSystemException e) {
            throw new BadInput(
                    location + ": no file system of that kind is known; give a file of this machine or on hdfs://", e);
        } catch (IOException e) {
            throw new BadInput(location + ": cannot be read: " + BadInput.reason(e), e);
        }
    }

    /** Beside the bytes stand what they say: the text, its lines and Spark's rows, or strain. */
    private static void requireFits(String location, long bytes) {
        long most = Hardware.heapBytes() / 8;
        if (bytes > most) {
            throw new BadInput(location + ": is too large, " + (bytes >> 20) + " MiB of at most " + (most >> 20)
                    + " (set SPARK_DRIVER_MEMORY higher)");
        }
    }

    /** Where the file is on this machine: then it is read before Spark starts. Empty for another file system. */
    private Optional<Path> local(String location) {
        Path here = location.startsWith("file:") ? path(location) : Path.of(location);
        Path ours = home.resolve(here);
        Path path = !Files.exists(here) && Files.exists(ours) ? ours : here;
        if (!Files.exists(path)) {
            if (!location.startsWith("file:") && location.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
                return Optional.empty();
            }
            throw new BadInput(location + ": no such file"
                    + (path.isAbsolute() ? "" : " (looked for in " + Path.of("").toAbsolutePath() + ")"));
        }
        if (!Files.isRegularFile(path)) {
            throw new BadInput(
                    location + ": is " + (Files.isDirectory(path) ? "a folder" : "a device or pipe") + ", not a file");
        }
        return Optional.of(path);
    }

    private static Path path(String uri) {
        try {
            return Path.of(URI.create(uri));
        } catch (IllegalArgumentException e) {
            throw new BadInput(uri + ": must be like file:///home/pi/levels.csv", e);
        }
    }

    private byte[] remote(String location) throws IOException {
        Configuration settings = session.get().sparkContext().hadoopConfiguration();
        try {
            org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(location);
            try (FileSystem files = FileSystem.newInstance(path.toUri(), settings)) {
                requireFits(location, files.getFileStatus(path).getLen());
                try (FSDataInputStream in = files.open(path)) {
                    return in.readAllBytes();
                }
            }
        } catch (BadInput e) {
            throw e;
        } catch (IllegalArgumentException e) {
            // So Hadoop reports what is wrong with an address, or with the host in it.
            throw new IOException(
                    e.getCause() instanceof UnknownHostException host ? BadInput.reason(host) : e.getMessage(), e);
        } catch (RuntimeException e) {
            // So it reports that the classes of a file system are not on the class path.
            throw new UnsupportedFileSystemException(location);
        }
    }
}
