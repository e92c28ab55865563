package org.sparkberry.cluster;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.util.List;
import org.apache.spark.serializer.KryoRegistrator;
import org.sparkberry.dataflow.Share;
import org.sparkberry.dataflow.Shared;
import org.sparkberry.dataflow.SparkSteps;
import org.sparkberry.estimate.ControlledMeans;
import org.sparkberry.estimate.Estimator;
import org.sparkberry.estimate.ExactSum;
import org.sparkberry.estimate.Histogram;
import org.sparkberry.estimate.Moments;
import org.sparkberry.estimate.Proportion;
import org.sparkberry.estimate.Quantiles;
import org.sparkberry.job.Job;
import org.sparkberry.job.Jobs;
import org.sparkberry.model.ExercisePolicy;
import org.sparkberry.model.Losses;
import org.sparkberry.record.HostState;

/** Every class that travels between processes: with {@code spark.kryo.registrationRequired} no other can. */
public final class Registration implements KryoRegistrator {
    /** In this order, which both ends share. */
    static final List<Class<?>> CLASSES = List.of(
            Estimator[].class,
            ControlledMeans.class,
            ExactSum[].class,
            ExactSum.class,
            Histogram.class,
            Moments.class,
            Proportion.class,
            Quantiles.class,
            Share.class,
            ExercisePolicy.class,
            Losses.class,
            ExecutorState.class,
            ExecutorState[].class,
            HostState.class,
            long[][].class,
            double[][].class,
            SparkSteps.Part.class,
            SparkSteps.Part[].class);

    @Override
    public void registerClasses(Kryo kryo) {
        CLASSES.forEach(type -> register(kryo, type));
        kryo.register(Shared.Carried.class, new JavaSerializer());
        JobClasses.ALL.forEach(type -> register(kryo, type));
    }

    /** Looked up once: Spark makes a Kryo for every few tasks, and a search of all jars takes longer than a task. */
    private static final class JobClasses {
        static final List<Class<?>> ALL = Jobs.all().stream()
                .map(Job::travels)
                .<Class<?>>flatMap(List::stream)
                .toList();
    }

    private static void register(Kryo kryo, Class<?> type) {
        if (type.isRecord()) {
            Serializer<Record> serializer = new RecordSerializer();
            kryo.register(type, serializer);
        } else {
            kryo.register(type);
        }
    }
}
