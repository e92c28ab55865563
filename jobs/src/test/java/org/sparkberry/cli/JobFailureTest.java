package org.sparkberry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.NotSerializableException;
import org.junit.jupiter.api.Test;

/** What is said when a job breaks; {@code ExampleIT} has real ones. */
final class JobFailureTest {
    @Test
    void aFailureInAJobsOwnCodeIsPlaced() {
        StackTraceElement[] frames = {
            new StackTraceElement("java.lang.Math", "addExact", "Math.java", 903),
            new StackTraceElement("own.Needle$Drop", "compute", "Needle.java", 31),
            new StackTraceElement("org.sparkberry.dataflow.SingleThread", "estimate", "SingleThread.java", 14)
        };
        assertThat(JobFailure.inWords(thrown(new ArithmeticException("long overflow"), frames), JobFailureTest::own))
                .hasValue("java.lang.ArithmeticException in own.Needle$Drop.compute (Needle.java:31): long overflow");
        assertThat(JobFailure.inWords(thrown(new IllegalStateException(), frames), JobFailureTest::own))
                .hasValue("java.lang.IllegalStateException in own.Needle$Drop.compute (Needle.java:31)");
    }

    @Test
    void aFailureOfSparkOrOursIsNotBlamedOnTheJob() {
        assertThat(JobFailure.inWords(
                        thrown(
                                new IllegalStateException("stopped"),
                                new StackTraceElement("org.apache.spark.SparkContext", "stop", "SparkContext.scala", 1),
                                new StackTraceElement("org.sparkberry.cli.Main", "main", "Main.java", 20)),
                        JobFailureTest::own))
                .isEmpty();
    }

    @Test
    void whatCannotTravelIsNamedWithTheCure() {
        // Kryo's and Spark's own words.
        assertThat(JobFailure.inWords(
                        new IllegalArgumentException("Class is not registered: own.Needle$Count\nNote: To"
                                + " register this class use: kryo.register(own.Needle$Count.class);"),
                        JobFailureTest::own))
                .hasValue("own.Needle$Count travels between processes and is not registered with Kryo: list it in"
                        + " travels() of the job");
        assertThat(JobFailure.inWords(
                        new NotSerializableException("own.Table\nSerialization stack:\n\t- object not serializable"),
                        JobFailureTest::own))
                .hasValue("own.Table travels to the executors and is not java.io.Serializable: make it so, or keep it"
                        + " out of the model");
    }

    private static boolean own(String className) {
        return className.startsWith("own.");
    }

    private static Throwable thrown(Throwable error, StackTraceElement... frames) {
        error.setStackTrace(frames);
        return error;
    }
}
