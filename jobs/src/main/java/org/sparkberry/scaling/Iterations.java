package org.sparkberry.scaling;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.sparkberry.record.CoreSeconds;

/**
 * The valid iterations of an invocation after warm-up.
 *
 * @param inOrder where the time of each went; at least one, all known
 */
record Iterations(List<CoreSeconds> inOrder) {
    /** Of a part or the total, in core-seconds per iteration. */
    double mean(ToDoubleFunction<CoreSeconds> what) {
        return mean(what, inOrder);
    }

    /** What the mean iteration computed longer than those of the later half did; 0 with a single iteration. */
    double warmUp() {
        int middle = (inOrder.size() + 1) / 2;
        List<CoreSeconds> later = inOrder.subList(Math.min(middle, inOrder.size() - 1), inOrder.size());
        return mean(CoreSeconds::computeSeconds) - mean(CoreSeconds::computeSeconds, later);
    }

    private static double mean(ToDoubleFunction<CoreSeconds> what, List<CoreSeconds> iterations) {
        return iterations.stream().mapToDouble(what).average().orElseThrow();
    }
}
