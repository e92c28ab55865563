package org.sparkberry.dataflow;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkberry.record.BadInput;

/**
 * Reads datasets with Spark SQL. The driver alone opens the file, through Hadoop's FileSystem, so that a cluster needs
 * no shared storage.
 */
public final class Tables {
    private static final String CORRUPT = "_sparkberry_corrupt_line";

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
        List<String> lines = lines(location);
        if (lines.isEmpty()) {
            throw new BadInput(location + ": is empty; a CSV file with a header line was expected");
        }
        List<String> header = header(location, lines.get(0), columns);
        List<Integer> lineNumbers = new ArrayList<>();
        List<String> data = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                data.add(lines.get(i));
                lineNumbers.add(i + 1);
            }
        }
        List<Row> rows = parse(header, columns, data);
        double[][] numbers = new double[rows.size()][columns.size()];
        for (int i = 0; i < rows.size(); i++) {
            String where = location + ", line " + lineNumbers.get(i);
            Row row = rows.get(i);
            boolean corrupt = row.getAs(CORRUPT) != null;
            for (int j = 0; j < columns.size(); j++) {
                Double value = row.getAs("c" + header.indexOf(columns.get(j)));
                if (value == null && corrupt) {
                    throw new BadInput(where + ": not " + header.size() + " cells with a number in column "
                            + columns.get(j) + ": '" + data.get(i) + "'");
                } else if (value == null) {
                    throw new BadInput(where + ": the cell of column " + columns.get(j) + " is empty");
                }
                numbers[i][j] = value;
            }
            if (corrupt) {
                throw new BadInput(where + ": not " + header.size() + " cells: '" + data.get(i) + "'");
            }
        }
        return new Numbers(location, columns, lineNumbers, numbers);
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
        CsvParserSettings settings = new CsvParserSettings();
        String[] names = new CsvParser(settings).parseLine(line.startsWith("\uFEFF") ? line.substring(1) : line);
        List<String> header = Arrays.stream(names == null ? new String[0] : names)
                .map(name -> name == null ? "" : name)
                .toList();
        for (String column : wanted) {
            if (!header.contains(column)) {
                throw new BadInput(location + ": no column '" + column + "'; it has " + String.join(", ", header));
            }
        }
        if (new HashSet<>(header).size() < header.size()) {
            throw new BadInput(location + ": a column stands twice in the header: " + String.join(", ", header));
        }
        return header;
    }

    private List<String> lines(String location) {
        org.apache.hadoop.fs.Path path = path(location);
        try (FileSystem files = FileSystem.newInstance(
                        path.toUri(), session.get().sparkContext().hadoopConfiguration());
                FSDataInputStream in = files.open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (FileNotFoundException e) {
            throw new BadInput(location + ": no such file", e);
        } catch (UnsupportedFileSystemException e) {
            throw new BadInput(location + ": no file system of that kind is known", e);
        } catch (IOException e) {
            throw new BadInput(location + ": cannot be read: " + BadInput.reason(e), e);
        }
    }

    private org.apache.hadoop.fs.Path path(String location) {
        if (location.matches("[a-z][a-z0-9+.-]+:.*")) {
            return new org.apache.hadoop.fs.Path(location);
        }
        Path here = Path.of(location);
        Path ours = home.resolve(location);
        Path local = !Files.exists(here) && Files.exists(ours) ? ours : here;
        if (!Files.exists(local)) {
            throw new BadInput(location + ": no such file");
        }
        if (Files.isDirectory(local)) {
            throw new BadInput(location + ": is a folder, not a file");
        }
        return new org.apache.hadoop.fs.Path(local.toAbsolutePath().toUri());
    }
}
