package org.sparkberry.estimate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a job found: its estimates and tables, and the digest of their bits.
 *
 * @param trials how many trials the result rests on
 * @param estimates in the order in which a person should read them
 * @param tables further tables, often none
 */
public record Result(long trials, List<Estimate> estimates, List<Table> tables) {
    public Result {
        estimates = List.copyOf(estimates);
        tables = List.copyOf(tables);
    }

    /** A result without tables. */
    public static Result of(long trials, Estimate... estimates) {
        return new Result(trials, List.of(estimates), List.of());
    }

    /**
     * SHA-256 over the count of trials and the bits of every estimate (but its reference) and every cell of every
     * table, as 64 hexadecimal digits. Times, hosts and layouts have no part in it.
     */
    public String digest() {
        Sink sink = new Sink();
        sink.whole(trials);
        sink.whole(estimates.size());
        for (Estimate estimate : estimates) {
            sink.text(estimate.name());
            sink.real(estimate.value());
            sink.real(estimate.standardError());
            sink.real(estimate.low());
            sink.real(estimate.high());
            sink.real(estimate.resolution());
        }
        sink.whole(tables.size());
        for (Table table : tables) {
            sink.text(table.name());
            sink.whole(table.columns().size());
            table.columns().forEach(column -> sink.text(column.name()));
            sink.whole(table.rows().size());
            table.rows().forEach(row -> row.forEach(sink::cell));
        }
        return HexFormat.of().formatHex(sink.sha256.digest());
    }

    private static final class Sink {
        private final MessageDigest sha256;

        Sink() {
            try {
                sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        void cell(Object cell) {
            if (cell instanceof Long whole) {
                whole(whole);
            } else if (cell instanceof Double real) {
                real(real);
            } else {
                text((String) cell);
            }
        }

        void whole(long value) {
            sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(value).flip());
        }

        /** One NaN stands for all, so that its payload, which machines differ in, does not count. */
        void real(double value) {
            whole(Double.doubleToLongBits(value));
        }

        void text(String value) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            whole(bytes.length);
            sha256.update(bytes);
        }
    }
}
