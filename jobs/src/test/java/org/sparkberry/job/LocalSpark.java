package org.sparkberry.job;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.sql.SparkSession;

/** A silent Spark of one thread in this process, for jobs that read their input with it. */
final class LocalSpark {
    private LocalSpark() {}

    static SparkSession start() {
        System.setProperty("log4j2.configurationFile", "classpath:org/sparkberry/cli/log4j2-quiet.properties");
        Configurator.setRootLevel(Level.OFF);
        return SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
    }
}
