package org.sparkberry.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class Philox4x64Test {
    @Test
    void givesTheKnownAnswersOfRandom123() {
        // Random123 (Salmon et al., D. E. Shaw Research), tests/kat_vectors, its three lines "philox4x64 10".
        assertThat(words("0000000000000000 0000000000000000", "0 0 0 0"))
                .isEqualTo("16554d9eca36314c db20fe9d672d0fdc d7e772cee186176b 7e68b68aec7ba23b");
        assertThat(words(
                        "ffffffffffffffff ffffffffffffffff",
                        "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff"))
                .isEqualTo("87b092c3013fe90b 438c3c67be8d0224 9cc7d7c69cd777b6 a09caebf594f0ba0");
        // The digits of pi: first the counter, then the key.
        assertThat(words(
                        "452821e638d01377 be5466cf34e90c6c",
                        "243f6a8885a308d3 13198a2e03707344 a4093822299f31d0 082efa98ec4e6c89"))
                .isEqualTo("a528f45403e61d95 38c72dbd566e9788 a5a1610e72fd18b5 57bd43b5e52b7fe6");
    }

    @Test
    void agreesWithCommonsRng() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            long[] seed = random.longs(6).toArray();
            // Commons RNG's seed is key and counter; it counts on before it draws.
            UniformRandomProvider commons = RandomSource.PHILOX_4X64.create(seed);
            long[] expected = LongStream.generate(commons::nextLong).limit(4).toArray();

            assertThat(Philox4x64.words(seed[0], seed[1], seed[2] + 1, seed[3], seed[4], seed[5]))
                    .as("key and counter %s", Arrays.toString(seed))
                    .isEqualTo(expected);
        }
    }

    /** Key, counter and answer as in kat_vectors: words of hexadecimal digits. */
    private static String words(String key, String counter) {
        long[] k = parse(key);
        long[] c = parse(counter);
        long[] words = Philox4x64.words(k[0], k[1], c[0], c[1], c[2], c[3]);
        return "%016x %016x %016x %016x".formatted(words[0], words[1], words[2], words[3]);
    }

    private static long[] parse(String words) {
        return Arrays.stream(words.split(" ", -1))
                .mapToLong(word -> Long.parseUnsignedLong(word, 16))
                .toArray();
    }
}
