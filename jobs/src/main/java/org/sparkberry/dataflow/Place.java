package org.sparkberry.dataflow;

/**
 * An executor and the machine that it runs on.
 *
 * @param host as Spark knows it
 * @param executor its number
 */
public record Place(String host, String executor) {
    /** What Spark calls the executor that is the driver: with local[N] there is no other. */
    public static final String DRIVER = "driver";

    /** The driver itself. */
    public static Place driver() {
        return new Place("this machine", DRIVER);
    }

    /** As a person knows it. */
    String inWords() {
        return executor.equals(DRIVER) ? "this process" : "executor " + executor + " on " + host;
    }
}
