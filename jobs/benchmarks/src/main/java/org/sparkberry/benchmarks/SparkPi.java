package org.sparkberry.benchmarks;

/** What each task of Spark's example {@code org.apache.spark.examples.JavaSparkPi} does, without Spark. */
final class SparkPi {
    private static final int DARTS = 1 << 20;

    private long hits;

    long block() {
        long count = 0;
        for (int i = 0; i < DARTS; i++) {
            double x = Math.random() * 2 - 1;
            double y = Math.random() * 2 - 1;
            count += x * x + y * y <= 1 ? 1 : 0;
        }
        hits += count;
        if (hits < 0) {
            throw new IllegalStateException("overflow");
        }
        return DARTS;
    }
}
