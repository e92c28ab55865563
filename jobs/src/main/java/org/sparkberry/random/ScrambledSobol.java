package org.sparkberry.random;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Points of Sobol's sequence in one randomisation: a random linear scramble and a random digital shift of 52 binary
 * digits, so that each point is uniform in the cube (−1, 1)ᵈ and 2ᵏ of them in a row, from a multiple of 2ᵏ on, cover it
 * evenly. (streams, randomisation, dimension) determines the scramble.
 *
 * <p>Sources: Joe and Kuo 2008, doi:10.1137/070709359 (direction numbers); Matoušek, "On the L2-discrepancy for anchored
 * boxes", J. Complexity 14 (1998), doi:10.1006/jcom.1998.0489 (the scramble); Antonov and Saleev 1979 (the order by
 * Gray's code).
 */
public final class ScrambledSobol {
    private static final int DIGITS = 52;

    private final long[][] directions;
    private final long[] current;
    private long index;

    /**
     * @param streams where the randomisations come from
     * @param randomisation its number
     * @param dimensions from 1 to {@link #mostDimensions}
     * @param first the number of the first point, from 0
     * @param points how many will be asked for, first + points at most 2⁵¹
     */
    public ScrambledSobol(Streams streams, int randomisation, int dimensions, long first, long points) {
        if (!(dimensions >= 1 && dimensions <= mostDimensions())) {
            throw new IllegalArgumentException("dimensions: " + dimensions);
        }
        if (!(first >= 0 && points >= 0 && first <= (1L << (DIGITS - 1)) - points)) {
            throw new IllegalArgumentException("points " + first + " + " + points);
        }
        int digits = Long.SIZE - Long.numberOfLeadingZeros(first + points);
        directions = new long[dimensions][digits];
        current = new long[dimensions];
        index = first;
        long gray = first ^ (first >>> 1);
        for (int dimension = 0; dimension < dimensions; dimension++) {
            RandomStream random = streams.stream(randomisation, dimension);
            long[] columns = columns(random);
            current[dimension] = random.nextLong();
            for (int digit = 0; digit < digits; digit++) {
                long direction = scrambled(DirectionNumbers.of(dimension, digit), columns);
                directions[dimension][digit] = direction;
                if ((gray >>> digit & 1) != 0) {
                    current[dimension] ^= direction;
                }
            }
        }
    }

    /** How many dimensions there are direction numbers for. */
    public static int mostDimensions() {
        return DirectionNumbers.ROWS.size() + 1;
    }

    /** The next point's coordinates, each in (−1, 1). */
    public void next(double[] centred) {
        int changed = Long.numberOfTrailingZeros(++index);
        for (int dimension = 0; dimension < current.length; dimension++) {
            centred[dimension] = Gaussian.centred(current[dimension]);
            current[dimension] ^= directions[dimension][changed];
        }
    }

    /** A lower triangular matrix over the two digits, with ones in the diagonal: column j is what digit j turns into. */
    private static long[] columns(RandomStream random) {
        long[] columns = new long[DIGITS];
        for (int j = 0; j < DIGITS; j++) {
            long diagonal = Long.MIN_VALUE >>> j;
            columns[j] = diagonal | (random.nextLong() & (diagonal - 1));
        }
        return columns;
    }

    private static long scrambled(long direction, long[] columns) {
        long scrambled = 0;
        for (int j = 0; j < DIGITS; j++) {
            if ((direction << j) < 0) {
                scrambled ^= columns[j];
            }
        }
        return scrambled;
    }

    /** Joe and Kuo's table, read once. */
    private static final class DirectionNumbers {
        static final List<long[]> ROWS = read();

        /** The direction number v of this dimension and digit, both from 0, as the leading bits of a word. */
        static long of(int dimension, int digit) {
            return dimension == 0 ? Long.MIN_VALUE >>> digit : ROWS.get(dimension - 1)[digit];
        }

        private static List<long[]> read() {
            List<long[]> rows = new ArrayList<>();
            try (InputStream table =
                            Objects.requireNonNull(ScrambledSobol.class.getResourceAsStream("new-joe-kuo-6.txt"));
                    BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.startsWith("#")) {
                        rows.add(directions(line.split(" ")));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return rows;
        }

        /** Joe and Kuo's recurrence, from a row "dimension s a m₁ … mₛ". */
        private static long[] directions(String[] row) {
            int degree = Integer.parseInt(row[1]);
            long coefficients = Long.parseLong(row[2]);
            long[] v = new long[DIGITS];
            for (int digit = 0; digit < DIGITS; digit++) {
                if (digit < degree) {
                    v[digit] = Long.parseLong(row[3 + digit]) << (Long.SIZE - 1 - digit);
                    continue;
                }
                long direction = v[digit - degree] ^ (v[digit - degree] >>> degree);
                for (int k = 1; k < degree; k++) {
                    if ((coefficients >>> (degree - 1 - k) & 1) != 0) {
                        direction ^= v[digit - k];
                    }
                }
                v[digit] = direction;
            }
            return v;
        }
    }
}
