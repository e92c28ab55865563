package org.sparkberry.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsTest {
    /**
     * Expected: an implementation of its own in Python, of whole numbers only, checked against the known answers of
     * Random123 and xoshiro256plusplus.c before use:
     *
     * <pre>{@code
     * from hashlib import sha256
     * M = 2**64 - 1
     * def philox(k0, k1, c):
     *     for _ in range(10):
     *         p, q = 0xD2E7470EE14C6C93 * c[0], 0xCA5A826395121157 * c[2]
     *         c = [q >> 64 ^ c[1] ^ k0, q & M, p >> 64 ^ c[3] ^ k1, p & M]
     *         k0, k1 = k0 + 0x9E3779B97F4A7C15 & M, k1 + 0xBB67AE8584CAA73B & M
     *     return c
     * def state(seed, job, block, lane):
     *     return philox(seed & M, int.from_bytes(sha256(job.encode()).digest()[:8], 'big'), [block, lane, 0, 0])
     * def rotl(x, k): return (x << k | x >> 64 - k) & M
     * def draws(s):
     *     a, b, c, d = s
     *     while True:
     *         yield rotl(a + d & M, 23) + a & M
     *         t = b << 17 & M; c ^= a; d ^= b; b ^= c; a ^= d; c ^= t; d = rotl(d, 45)
     * }</pre>
     */
    @ParameterizedTest
    @CsvSource({
        "0, pi, 0, 0, 072cebd65e408c07 3cd08c4b040fc3ed 2bad9477e630a069 7583aec65d411e10, 558aacab69fee454",
        "1, pi, 0, 0, 07d1764a268bcf75 f23f484dc69f6e00 77153b46e1b9a12a 0211acc3f11d5307, 8edd4adb6490c106",
        "1, pi, 0, 7, 2b482697c587dbe5 e15aff3beab579c2 84b819d5e748293d 5cb56ac9b6417c16, dc060b43c34bdaad",
        "1, pi, 1, 0, f1f87de82e2a2ff1 e62e6b53d70a197f 0d302a2c3918ffd9 5062856229d0bc9f, 97247b5e764b5d72",
        "-1, pi, 9223372036854775807, 0,"
                + " 1ab4ac49f6c101de a3e75be1767d1559 c2b97d574e0c2089 db8c431e40985d34, ced058f9803c2255",
        "42, value-at-risk, 123456789, 3,"
                + " 233080ffd2a7f16a 35bbf3dc6d1e9ded 33819d033b54f58a 174270185a27096b, af46e87d3d452ae2",
        "42, π, 5, 1, ad770ab0d8f64075 627faa5ef4bf92c0 32ca7a3c7782c35b 68eb497072228735, be1c9714ae01719f"
    })
    void aStreamStartsWithTheStateOfItsReferenceVector(
            long seed, String job, long block, int lane, String state, String firstDraw) {
        Streams streams = new Streams(seed, job);

        long[] actual = streams.state(block, lane);
        assertThat("%016x %016x %016x %016x".formatted(actual[0], actual[1], actual[2], actual[3]))
                .isEqualTo(state);
        assertThat("%016x".formatted(streams.stream(block, lane).nextLong())).isEqualTo(firstDraw);
    }

    @Test
    void theStatesOfLanesLieSideBySideWordByWord() {
        Streams streams = new Streams(9, "any");
        long[] states = streams.states(3, 8);

        assertThat(states).hasSize(32);
        for (int lane = 0; lane < 8; lane++) {
            for (int word = 0; word < 4; word++) {
                assertThat(states[word * 8 + lane]).isEqualTo(streams.state(3, lane)[word]);
            }
        }
    }

    @Test
    void aBlockThatNeedsOneStreamGetsItsFirstLane() {
        Streams streams = new Streams(9, "any");

        assertThat(streams.stream(3)).usingRecursiveComparison().isEqualTo(streams.stream(3, 0));
    }

    @Test
    void seedJobBlockAndLaneEachMakeAnotherStream() {
        Set<Long> words = new HashSet<>();
        int streams = 0;
        for (long seed : new long[] {0, 1, -1, Long.MIN_VALUE, 1L << 32}) {
            for (String job : new String[] {"pi", "Pi", "pi ", "p", "", "value-at-risk"}) {
                for (long block : new long[] {0, 1, 2, 1L << 32, Long.MAX_VALUE}) {
                    for (int lane = 0; lane < 8; lane++) {
                        for (long word : new Streams(seed, job).state(block, lane)) {
                            words.add(word);
                        }
                        streams++;
                    }
                }
            }
        }
        // False alarm: that two of 4800 words agree by chance: 4800²/2/2^64 = 6·10^−13.
        assertThat(words).hasSize(4 * streams);
    }

    @Test
    void theOrderOfCallsDoesNotMatter() {
        Streams streams = new Streams(1, "pi");
        streams.stream(1).nextLong();
        streams.stream(0, 7).nextLong();

        // The first draw of (1, pi, 0, 7) above.
        assertThat("%016x".formatted(streams.stream(0, 7).nextLong())).isEqualTo("dc060b43c34bdaad");
    }

    @Test
    void streamsThatTravelledAreTheSameStreams() throws IOException, ClassNotFoundException {
        Streams streams = new Streams(-5, "pi");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(streams);
        }
        Streams travelled;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            travelled = (Streams) in.readObject();
        }

        for (int lane = 0; lane < 8; lane++) {
            assertThat(travelled.state(77, lane)).isEqualTo(streams.state(77, lane));
        }
    }

    @Test
    void firstDrawsOfNeighbouringBlocksAreUniformAndUncorrelated() {
        int blocks = 100_000;
        Streams streams = new Streams(20, "neighbours");
        double[] first = new double[blocks];
        for (int block = 0; block < blocks; block++) {
            first[block] = streams.stream(block).nextDouble();
        }
        int cells = 256;
        long[] counts = new long[cells];
        Arrays.stream(first).forEach(u -> counts[(int) (u * cells)]++);
        double expected = (double) blocks / cells;
        double chiSquared = Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();

        // False alarm: 2·10^−6 for the chi-square, 6·10^−7 (5 standard deviations) for each of 2 correlations.
        ChiSquaredDistribution distribution = ChiSquaredDistribution.of(cells - 1);
        assertThat(distribution.cumulativeProbability(chiSquared)).isBetween(1e-6, 1 - 1e-6);
        assertUncorrelated(Arrays.copyOf(first, blocks - 1), Arrays.copyOfRange(first, 1, blocks));
        assertUncorrelated(Arrays.copyOf(first, blocks - 8), Arrays.copyOfRange(first, 8, blocks));
    }

    @Test
    void streamsOfNeighbouringLanesBlocksSeedsAndJobsAreUncorrelated() {
        // False alarm: 6·10^−7 (5 standard deviations) for each of 73 pairs: 4·10^−5 in all.
        for (int lane = 0; lane < 8; lane++) {
            for (long block = 0; block < 3; block++) {
                double[] stream = doubles(30, "pi", block, lane);
                assertUncorrelated(stream, doubles(30, "pi", block, lane + 1));
                assertUncorrelated(stream, doubles(30, "pi", block + 1, lane));
                assertUncorrelated(stream, doubles(31, "pi", block, lane));
            }
        }
        assertUncorrelated(doubles(30, "pi", 0, 0), doubles(30, "pj", 0, 0));
    }

    private static double[] doubles(long seed, String job, long block, int lane) {
        RandomStream stream = new Streams(seed, job).stream(block, lane);
        double[] doubles = new double[10_000];
        Arrays.setAll(doubles, i -> stream.nextDouble());
        return doubles;
    }

    /** With uniform x and y, 12·Σ(x − ½)(y − ½)/√n has mean 0 and variance 1, and is normal for large n. */
    private static void assertUncorrelated(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (x[i] - 0.5) * (y[i] - 0.5);
        }
        assertThat(12 * sum / Math.sqrt(x.length)).isBetween(-5.0, 5.0);
    }
}
