package org.sparkberry.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Compared with the JDK's sets of bits. */
class BlockRangesTest {
    private static final int NUMBERS = 40;

    @Test
    void unionAndDifferenceAreThoseOfSets() {
        Random random = new Random(1);
        for (int trial = 0; trial < 2000; trial++) {
            BitSet a = some(random);
            BitSet b = some(random);
            BitSet union = (BitSet) a.clone();
            union.or(b);
            BitSet difference = (BitSet) a.clone();
            difference.andNot(b);
            assertThat(numbers(ranges(a).plus(ranges(b)))).isEqualTo(numbers(union));
            assertThat(numbers(ranges(a).minus(ranges(b)))).isEqualTo(numbers(difference));
            // One form for one set.
            assertThat(ranges(a).plus(ranges(b))).isEqualTo(ranges(union)).hasSameHashCodeAs(ranges(union));
        }
    }

    @Test
    void aSliceIsTakenByPlaceNotByNumber() {
        BlockRanges ranges = BlockRanges.ofBounds(List.of(10L, 13L, 20L, 22L));
        assertThat(numbers(ranges.slice(2, 4))).containsExactly(12L, 20L);
        assertThat(ranges.slice(0, 99)).isEqualTo(ranges);
        assertThat(ranges.slice(3, 3).isEmpty()).isTrue();
        assertThat(ranges).hasToString("10–12, 20–21");
    }

    @Test
    void whatIsNoSetOfRangesIsRefused() {
        assertThatThrownBy(() -> BlockRanges.of(2, 1)).isInstanceOf(IllegalArgumentException.class);
        for (List<Long> bounds : List.of(List.of(1L), List.of(2L, 2L), List.of(0L, 3L, 3L, 4L), List.of(-1L, 3L))) {
            assertThatThrownBy(() -> BlockRanges.ofBounds(bounds))
                    .as(bounds.toString())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static BitSet some(Random random) {
        BitSet set = new BitSet(NUMBERS);
        int share = random.nextInt(11);
        for (int i = 0; i < NUMBERS; i++) {
            set.set(i, random.nextInt(10) < share);
        }
        return set;
    }

    private static BlockRanges ranges(BitSet set) {
        List<Long> bounds = new ArrayList<>();
        for (int from = set.nextSetBit(0); from >= 0; from = set.nextSetBit(set.nextClearBit(from))) {
            bounds.add((long) from);
            bounds.add((long) set.nextClearBit(from));
        }
        return BlockRanges.ofBounds(bounds);
    }

    private static List<Long> numbers(BitSet set) {
        return set.stream().asLongStream().boxed().toList();
    }

    private static List<Long> numbers(BlockRanges ranges) {
        LongStream.Builder numbers = LongStream.builder();
        ranges.forEach(numbers::add);
        return numbers.build().boxed().toList();
    }
}
