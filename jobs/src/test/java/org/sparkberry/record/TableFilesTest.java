package org.sparkberry.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkberry.estimate.Table;

class TableFilesTest {
    private static final Table TABLE = new Table(
            "tail-losses",
            List.of(Table.Column.text("name"), Table.Column.whole("count"), Table.Column.real("share")),
            List.of(
                    List.of("plain", 1L, 0.1),
                    List.of("a,b \"σ\"\n😀", Long.MIN_VALUE, Double.NaN),
                    List.of("", Long.MAX_VALUE, Double.NEGATIVE_INFINITY),
                    List.of("two words", 0L, -0.0)));

    @TempDir
    Path folder;

    @Test
    void aTableBecomesOneFileOfEachKind() throws IOException {
        TableFiles.write(folder, TABLE);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("tail-losses.csv", "tail-losses.parquet");
        }
    }

    @Test
    void csvIsThatOfRfc4180WithAnEmptyCellForWhatIsNotKnown() {
        assertThat(TableFiles.csv(TABLE))
                .isEqualTo(
                        """
                name,count,share
                plain,1,0.1
                "a,b ""σ""
                😀",-9223372036854775808,
                ,9223372036854775807,-Infinity
                two words,0,-0.0
                """);
    }

    @Test
    void parquetIsReadBackToTheBitByParquetsOwnReader() throws IOException {
        TableFiles.write(folder, TABLE);
        List<List<Object>> rows = new ArrayList<>();
        for (Group group : groups(folder.resolve("tail-losses.parquet"))) {
            rows.add(List.of(group.getString("name", 0), group.getLong("count", 0), group.getDouble("share", 0)));
        }
        assertThat(rows).isEqualTo(TABLE.rows());
    }

    @Test
    void parquetHasTypedColumns() throws IOException {
        TableFiles.write(folder, TABLE);
        // In the notation of the Dremel paper (Melnik et al. 2010), which Parquet's own tools print.
        MessageType expected = MessageTypeParser.parseMessageType(
                """
                message tail_losses {
                  required binary name (STRING);
                  required int64 count;
                  required double share;
                }
                """);
        assertThat(schema(folder.resolve("tail-losses.parquet"))).isEqualTo(expected);
    }

    @Test
    void parquetFramesItsFileAsTheFormatSays() throws IOException {
        TableFiles.write(folder, TABLE);
        byte[] bytes = Files.readAllBytes(folder.resolve("tail-losses.parquet"));
        // Apache Parquet format 2.10, "File format": the file begins and ends with the four bytes PAR1.
        byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
        assertThat(Arrays.copyOf(bytes, 4)).isEqualTo(magic);
        assertThat(Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length)).isEqualTo(magic);
    }

    @Test
    void aTableWithoutRowsIsAFileToo() throws IOException {
        TableFiles.write(folder, new Table("empty", List.of(Table.Column.real("x")), List.of()));
        assertThat(folder.resolve("empty.csv")).hasContent("x\n");
        assertThat(schema(folder.resolve("empty.parquet")).getFieldCount()).isEqualTo(1);
    }

    @Test
    void aTableThatCannotBeWrittenLeavesTheOldOne() throws IOException {
        TableFiles.write(folder, TABLE);
        byte[] before = Files.readAllBytes(folder.resolve("tail-losses.parquet"));
        Table twice = new Table(
                "tail-losses", List.of(Table.Column.real("x"), Table.Column.real("x")), List.of(List.of(1.0, 2.0)));
        assertThatThrownBy(() -> TableFiles.parquet(folder.resolve("tail-losses.parquet"), twice))
                .isInstanceOf(RuntimeException.class);
        assertThat(Files.readAllBytes(folder.resolve("tail-losses.parquet"))).isEqualTo(before);
        assertThat(folder.resolve(".tail-losses.parquet.partial")).doesNotExist();
    }

    /** The rows of a Parquet file. */
    static List<Group> groups(Path file) throws IOException {
        List<Group> groups = new ArrayList<>();
        try (ParquetReader<Group> reader = new Reader(file).build()) {
            for (Group group = reader.read(); group != null; group = reader.read()) {
                groups.add(group);
            }
        }
        return groups;
    }

    private static final class Reader extends ParquetReader.Builder<Group> {
        Reader(Path file) {
            super(new LocalInputFile(file), new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }

    private static MessageType schema(Path file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            return reader.getFileMetaData().getSchema();
        }
    }
}
