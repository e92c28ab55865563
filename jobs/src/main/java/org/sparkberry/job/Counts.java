package org.sparkberry.job;

import java.util.List;
import java.util.stream.IntStream;
import org.sparkberry.record.BadInput;

/** Numbers of things as people type them: 1..64, 1,2,4,8. Names in messages are options' names without hyphens. */
final class Counts {
    /** More would fill no table that anybody reads. */
    private static final int MOST_NUMBERS = 1000;

    private Counts() {}

    /** The numbers from first to last, both included. */
    record Range(int first, int last) {}

    /**
     * A range, or a number as a range of one.
     *
     * @throws BadInput if the text is neither
     */
    static Range range(String name, String text, int most) {
        int dots = text.indexOf("..");
        if (dots < 0) {
            int number = (int) Quantity.whole(name, text, 1, most);
            return new Range(number, number);
        }
        String first = text.substring(0, dots);
        String last = text.substring(dots + 2);
        if (first.isEmpty() || last.isEmpty()) {
            throw new BadInput("--" + name + ": a range has two ends (such as 1..64), not '" + text + "'");
        }
        Range range = new Range((int) Quantity.whole(name, first, 1, most), (int) Quantity.whole(name, last, 1, most));
        if (range.first > range.last) {
            throw new BadInput("--" + name + ": a range goes up (such as 1..64), not '" + text + "'");
        }
        return range;
    }

    /**
     * All numbers of the ranges, ascending, each once.
     *
     * @throws BadInput if they are too many
     */
    static List<Integer> union(String name, List<Range> ranges) {
        List<Integer> numbers = ranges.stream()
                .flatMapToInt(range -> IntStream.rangeClosed(range.first, range.last))
                .distinct()
                .limit(MOST_NUMBERS + 1L)
                .sorted()
                .boxed()
                .toList();
        if (numbers.size() > MOST_NUMBERS) {
            throw new BadInput(
                    "--" + name + ": at most " + MOST_NUMBERS + " numbers (a few of them do, such as 1,2,4,8,16)");
        }
        return numbers;
    }
}
