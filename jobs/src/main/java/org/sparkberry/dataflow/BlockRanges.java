package org.sparkberry.dataflow;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/** A set of block numbers, kept as disjoint ranges: never a list of blocks. Immutable. */
final class BlockRanges implements Serializable {
    private static final long serialVersionUID = 1;

    static final BlockRanges NONE = new BlockRanges(new long[0]);

    /** First number and end of each range in turn, ascending; a range never begins where another ends. */
    private final long[] bounds;

    private BlockRanges(long[] bounds) {
        this.bounds = bounds;
    }

    /** The numbers from {@code first} up to, not including, {@code end}. */
    static BlockRanges of(long first, long end) {
        if (first > end) {
            throw new IllegalArgumentException("no range: " + first + " to " + end);
        }
        return first == end ? NONE : new BlockRanges(new long[] {first, end});
    }

    /** What {@link #bounds} gave. */
    static BlockRanges ofBounds(List<Long> bounds) {
        long[] copy = bounds.stream().mapToLong(Long::longValue).toArray();
        for (int i = 0; i < copy.length; i++) {
            if (copy.length % 2 != 0 || copy[i] <= (i == 0 ? -1 : copy[i - 1])) {
                throw new IllegalArgumentException("no ranges: " + bounds);
            }
        }
        return new BlockRanges(copy);
    }

    /** First number and end of each range in turn. */
    List<Long> bounds() {
        return Arrays.stream(bounds).boxed().toList();
    }

    boolean isEmpty() {
        return bounds.length == 0;
    }

    /** How many numbers. */
    long count() {
        long count = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            count += bounds[i + 1] - bounds[i];
        }
        return count;
    }

    /** Every number, ascending. */
    void forEach(LongConsumer consumer) {
        for (int i = 0; i < bounds.length; i += 2) {
            for (long number = bounds[i]; number < bounds[i + 1]; number++) {
                consumer.accept(number);
            }
        }
    }

    /** The numbers of this, of the other, or of both. */
    BlockRanges plus(BlockRanges other) {
        return combine(other, (ours, theirs) -> ours || theirs);
    }

    /** The numbers of this that are not the other's. */
    BlockRanges minus(BlockRanges other) {
        return combine(other, (ours, theirs) -> ours && !theirs);
    }

    /** The numbers at these places of the ascending order, the end not included. */
    BlockRanges slice(long fromPlace, long endPlace) {
        List<Long> slice = new ArrayList<>();
        long place = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            long length = bounds[i + 1] - bounds[i];
            long from = Math.max(0, fromPlace - place);
            long end = Math.min(length, endPlace - place);
            if (from < end) {
                slice.add(bounds[i] + from);
                slice.add(bounds[i] + end);
            }
            place += length;
        }
        return new BlockRanges(slice.stream().mapToLong(Long::longValue).toArray());
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof BlockRanges other && Arrays.equals(bounds, other.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bounds.length; i += 2) {
            text.append(i == 0 ? "" : ", ").append(bounds[i]).append('–').append(bounds[i + 1] - 1);
        }
        return text.toString();
    }

    private interface Membership {
        boolean holds(boolean ours, boolean theirs);
    }

    /** Sweeps over the ends of both, in which alone membership changes. */
    private BlockRanges combine(BlockRanges other, Membership membership) {
        long[] result = new long[bounds.length + other.bounds.length];
        int length = 0;
        int i = 0;
        int j = 0;
        while (i < bounds.length || j < other.bounds.length) {
            long at = Math.min(
                    i < bounds.length ? bounds[i] : Long.MAX_VALUE,
                    j < other.bounds.length ? other.bounds[j] : Long.MAX_VALUE);
            while (i < bounds.length && bounds[i] == at) {
                i++;
            }
            while (j < other.bounds.length && other.bounds[j] == at) {
                j++;
            }
            // Past an odd number of ends is inside a range; a range open in the result has an odd length so far.
            boolean inside = membership.holds(i % 2 == 1, j % 2 == 1);
            if (inside != (length % 2 == 1)) {
                result[length++] = at;
            }
        }
        return new BlockRanges(Arrays.copyOf(result, length));
    }
}
