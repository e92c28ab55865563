package org.sparkberry.model.galaxy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkberry.estimate.Result;
import org.sparkberry.model.Course;
import org.sparkberry.random.Streams;

/** The bits of bodies after some steps, by one kernel. */
public final class GalaxyDigests {
    private GalaxyDigests() {}

    /** By the name of the start. */
    public static Map<String, String> all(boolean vector) {
        GravityKernel kernel = vector ? new GravitySimd() : new GravityScalar();
        Streams streams = new Streams(7, "digests");
        Map<String, String> digests = new LinkedHashMap<>();
        digests.put("galaxy-plummer", digest(PlummerSphere.bodies(300, streams), 0.02, kernel));
        digests.put("galaxy-encounter", digest(DiskEncounter.bodies(301, 0.15, streams), 0.15, kernel));
        return digests;
    }

    private static String digest(Bodies start, double softening, GravityKernel kernel) {
        NBody bodies = new NBody(start, new NBody.Settings(1, softening, 0.01, 20, 10, 0));
        Course course = Run.course(bodies, kernel);
        return new Result(20, List.of(), List.of(bodies.table("bodies", course.states()))).digest();
    }
}
