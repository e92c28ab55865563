package org.sparkberry.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.sparkberry.estimate.Table;

/** Writes a table as CSV (for every reader) and as Parquet (typed), one file each. */
final class TableFiles {
    private TableFiles() {}

    static void write(Path directory, Table table) throws IOException {
        List<Path> files = files(directory, table);
        SafeFile.write(files.get(0), csv(table));
        parquet(files.get(1), table);
    }

    /** The files that a table becomes: CSV and Parquet. */
    static List<Path> files(Path directory, Table table) {
        return List.of(directory.resolve(table.name() + ".csv"), directory.resolve(table.name() + ".parquet"));
    }

    static String csv(Table table) {
        StringBuilder text = new StringBuilder();
        text.append(CsvRows.csv(table.columns().stream().map(Table.Column::name).toList()))
                .append('\n');
        for (List<Object> row : table.rows()) {
            text.append(CsvRows.csv(row.stream().map(CsvRows::text).toList())).append('\n');
        }
        return text.toString();
    }

    /** Uncompressed, so that it is written the same with or without native libraries. */
    static void parquet(Path file, Table table) throws IOException {
        MessageType schema = schema(table);
        SimpleGroupFactory groups = new SimpleGroupFactory(schema);
        SafeFile.replace(file, beside -> {
            try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(beside))
                    .withConf(new PlainParquetConfiguration())
                    .withType(schema)
                    .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
                    .build()) {
                for (List<Object> row : table.rows()) {
                    writer.write(group(groups, table, row));
                }
            }
        });
    }

    private static Group group(SimpleGroupFactory groups, Table table, List<Object> row) {
        Group group = groups.newGroup();
        for (int i = 0; i < row.size(); i++) {
            String column = table.columns().get(i).name();
            Object cell = row.get(i);
            if (cell instanceof Long whole) {
                group.add(column, whole);
            } else if (cell instanceof Double real) {
                group.add(column, real);
            } else {
                group.add(column, (String) cell);
            }
        }
        return group;
    }

    private static MessageType schema(Table table) {
        Types.MessageTypeBuilder builder = Types.buildMessage();
        for (Table.Column column : table.columns()) {
            switch (column.kind()) {
                case WHOLE -> builder.required(PrimitiveTypeName.INT64).named(column.name());
                case REAL -> builder.required(PrimitiveTypeName.DOUBLE).named(column.name());
                case TEXT ->
                    builder.required(PrimitiveTypeName.BINARY)
                            .as(LogicalTypeAnnotation.stringType())
                            .named(column.name());
            }
        }
        return builder.named(table.name().replace('-', '_'));
    }
}
