package org.sparkberry.cli;

import java.util.Map;

/**
 * On what a command computes.
 *
 * @param master the master URL
 * @param settings of Spark for it, by their names; they may hold its secret
 */
record Target(String master, Map<String, String> settings) {
    /** Without the values of the settings: it may be printed. */
    @Override
    public String toString() {
        return "Target[" + master + "]";
    }
}
