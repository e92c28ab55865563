package org.sparkberry.record;

import java.util.Map;
import org.sparkberry.model.Kernels;

/** Where something ran: machine, operating system, Java, Spark, Sparkberry. */
public final class Environment {
    private Environment() {}

    /**
     * The environment of this process.
     *
     * @param sparkVersion Spark's version
     * @param master the master URL it ran under
     */
    public static Map<String, Object> here(String sparkVersion, String master) {
        Map<String, Object> environment = Json.object();
        environment.put("host", Hardware.host());
        environment.put("machine", Hardware.machine());
        environment.put("processors", Hardware.processors());
        environment.put("memoryBytes", Json.number(Hardware.memoryBytes()));
        environment.put("architecture", System.getProperty("os.arch"));
        environment.put("operatingSystem", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        environment.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        environment.put("kernels", Kernels.inUse());
        environment.put("sparkberry", version());
        environment.put("spark", sparkVersion);
        environment.put("master", master);
        return environment;
    }

    /** This build's version, from its jar's manifest. */
    public static String version() {
        String version = Environment.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
