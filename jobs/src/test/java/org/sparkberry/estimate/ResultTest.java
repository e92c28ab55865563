package org.sparkberry.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTest {
    private static final double NAN = Double.NaN;
    private static final Estimate PI = new Estimate("pi", 3.140625, 0.0519, 3.03, 3.24, 0.0, null);
    private static final Estimate TAIL = new Estimate("tail", -0.0, NAN, NAN, NAN, 0.5, null);
    private static final List<Table.Column> COLUMNS =
            List.of(Table.Column.real("low"), Table.Column.whole("count"), Table.Column.text("remark"));
    private static final Table LOSSES = new Table(
            "losses", COLUMNS, List.of(List.of(-1.5, 7L, "flüchtig"), List.of(Double.POSITIVE_INFINITY, -1L, "")));

    /**
     * Expected, with Python 3 and nothing of ours:
     *
     * <pre>{@code
     * from hashlib import sha256; import struct
     * def q(n): return struct.pack('>q', n)
     * def d(x): return struct.pack('>d', x)
     * def t(s): b = s.encode(); return q(len(b)) + b
     * def e(n, *v): return t(n) + b''.join(map(d, v))
     * nan = struct.unpack('>d', bytes.fromhex('7ff8000000000000'))[0]
     * m = q(1000) + q(2) + e('pi', 3.140625, 0.0519, 3.03, 3.24, 0.0) + e('tail', -0.0, nan, nan, nan, 0.5)
     * m += q(1) + t('losses') + q(3) + t('low') + t('count') + t('remark') + q(2)
     * m += d(-1.5) + q(7) + t('flüchtig') + d(float('inf')) + q(-1) + t('')
     * print(sha256(m).hexdigest(), sha256(q(5) + q(0) + q(0)).hexdigest())
     * }</pre>
     */
    @Test
    void theDigestIsSha256OfTheCountTheEstimatesAndTheTables() {
        assertThat(new Result(1000, List.of(PI, TAIL), List.of(LOSSES)).digest())
                .isEqualTo("6a71130d2b64a4a88798c29de84763aa79733d6c877cb2800a80a9c321553035");
        assertThat(new Result(5, List.of(), List.of()).digest())
                .isEqualTo("8a5a79e57d534996083803116c52ffb05387d9ee3de660aed251c015d01b42a7");
    }

    @Test
    void theDigestDiffersWhenAnyBitOfAnEstimateDoes() {
        List<String> digests = new ArrayList<>(List.of(digest(PI)));
        for (int bit = 0; bit < 64; bit++) {
            for (int part = 0; part < 4; part++) {
                double[] parts = {3.140625, 0.0519, 3.03, 3.24};
                parts[part] = flip(parts[part], bit);
                digests.add(digest(new Estimate("pi", parts[0], parts[1], parts[2], parts[3], 0, null)));
            }
        }
        // The resolution's sign cannot differ: it is at least 0.
        for (int bit = 0; bit < 62; bit++) {
            digests.add(digest(new Estimate("pi", 3.140625, 0.0519, 3.03, 3.24, flip(0, bit), null)));
        }
        digests.add(digest(new Estimate("pj", 3.140625, 0.0519, 3.03, 3.24, 0, null)));
        digests.add(digest(new Estimate("pi", -0.0, 0.0519, 3.03, 3.24, 0, null)));
        digests.add(digest(new Estimate("pi", 0.0, 0.0519, 3.03, 3.24, 0, null)));

        assertThat(digests).doesNotHaveDuplicates().hasSize(1 + 4 * 64 + 62 + 3);
    }

    @Test
    void theDigestDiffersWhenAnythingInATableDoes() {
        List<List<Object>> row = List.of(List.of(-1.5, 7L, "a"));
        List<String> digests = List.of(
                digest("t", COLUMNS, row),
                digest("u", COLUMNS, row),
                digest("t", List.of(COLUMNS.get(0), Table.Column.whole("n"), COLUMNS.get(2)), row),
                digest("t", COLUMNS, List.of(List.of(Math.nextUp(-1.5), 7L, "a"))),
                digest("t", COLUMNS, List.of(List.of(-1.5, 8L, "a"))),
                digest("t", COLUMNS, List.of(List.of(-1.5, 7L, "b"))),
                digest("t", COLUMNS, List.of(row.get(0), row.get(0))),
                digest("t", COLUMNS, List.of()),
                // Letters do not run from one cell or name into the next.
                digest("t", List.of(Table.Column.text("a"), Table.Column.text("b")), List.of(List.of("ab", "c"))),
                digest("t", List.of(Table.Column.text("a"), Table.Column.text("b")), List.of(List.of("a", "bc"))),
                digest("ta", List.of(Table.Column.text(""), Table.Column.text("b")), List.of(List.of("ab", "c"))));

        assertThat(digests).doesNotHaveDuplicates();
    }

    @Test
    void theDigestDiffersWithTheCountAndTheOrder() {
        assertThat(List.of(
                        new Result(1, List.of(PI, TAIL), List.of(LOSSES)).digest(),
                        new Result(2, List.of(PI, TAIL), List.of(LOSSES)).digest(),
                        new Result(1, List.of(TAIL, PI), List.of(LOSSES)).digest(),
                        new Result(1, List.of(PI), List.of(LOSSES)).digest(),
                        new Result(1, List.of(PI, TAIL), List.of(LOSSES, LOSSES)).digest(),
                        new Result(1, List.of(PI, TAIL), List.of()).digest()))
                .doesNotHaveDuplicates();
    }

    @Test
    void whatANanCarriesDoesNotMatter() {
        // 0/0 is a NaN with its sign set on x86-64 and without on aarch64.
        double other = Double.longBitsToDouble(0xFFF8_0000_0000_1234L);
        Estimate estimate = new Estimate("tail", -0.0, other, other, other, 0.5, null);
        assertThat(Double.doubleToRawLongBits(other)).isNotEqualTo(Double.doubleToRawLongBits(NAN));

        assertThat(digest(estimate)).isEqualTo(digest(TAIL));
        assertThat(digest("t", COLUMNS, List.of(List.of(other, 1L, ""))))
                .isEqualTo(digest("t", COLUMNS, List.of(List.of(NAN, 1L, ""))));
    }

    @Test
    void theKnownAnswerIsNoPartOfTheDigest() {
        assertThat(digest(PI.withReference(Math.PI))).isEqualTo(digest(PI));
    }

    @Test
    void doesNotChangeWithTheListsThatItWasMadeOf() {
        List<Estimate> estimates = new ArrayList<>(List.of(PI));
        List<Table> tables = new ArrayList<>(List.of(LOSSES));
        Result result = new Result(1, estimates, tables);
        estimates.clear();
        tables.clear();

        assertThat(result).isEqualTo(new Result(1, List.of(PI), List.of(LOSSES)));
    }

    private static double flip(double x, int bit) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(x) ^ (1L << bit));
    }

    private static String digest(Estimate estimate) {
        return new Result(1, List.of(estimate), List.of()).digest();
    }

    private static String digest(String table, List<Table.Column> columns, List<List<Object>> rows) {
        return new Result(1, List.of(), List.of(new Table(table, columns, rows))).digest();
    }
}
